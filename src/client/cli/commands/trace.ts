import { Command } from 'commander';
import { formatMoney } from '../../../domain/money';
import { strategyOf } from '../../../domain/strategy/document/compile';
import type { Strategy } from '../../../domain/strategy/strategy';
import { playTrace, type Played, type TraceDay } from '../../../lab/trace';
import { readTrace } from '../../../lab/trace-document';
import { readText, withExamples, type CommonOptions, type Context } from '../context';
import { documentNamed } from './strategy';

interface TraceOptions extends CommonOptions {
  readonly all?: boolean;
  readonly strategy?: string;
}

/** Needs no server at all: the core alone plays the file. */
export function trace(context: Context): Command {
  const command = new Command('trace')
    .description("play one account's dated events through the decision core, without any server")
    .argument('<file>', 'a trace in YAML or JSON, see docs/trace.md')
    .option('--strategy <name>', 'another strategy than the one that the file names')
    .option('--all', 'every day, also those on which nothing happened')
    .option('--json', 'answer as JSON, for programs');
  const examples = [
    'trace examples/late-card.trace.yaml',
    'trace case.yaml --strategy my-card.yaml --all',
    'trace case.yaml --json',
  ];
  return withExamples(command, examples).action((file: string, options: TraceOptions) => {
    const document = readTrace(readText(file), file);
    const named = documentNamed(options.strategy ?? document.strategy);
    const strategy = strategyOf(named.text, named.file);
    const played = playTrace(document.trace(strategy, options.strategy !== undefined), strategy);
    if (played.failed.length > 0) context.refuse();
    const { days, failed } = played;
    context.answer(options, { strategy: strategy.name, days, failed }, () =>
      say(played, strategy, options.all === true),
    );
  });
}

function say({ days, failed }: Played, strategy: Strategy, all: boolean): string {
  const shown = days.filter((day, i) => all || day.happened.length > 0 || i === days.length - 1);
  const missed = failed.map(
    ({ day, field, expected, found }) =>
      `${day}: expected ${field} ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
  );
  return [
    `${strategy.title} (${strategy.name})`,
    ...shown.flatMap((day) => sayDay(day, strategy)),
    ...(missed.length === 0 ? [] : ['', 'Not as expected:', ...missed]),
  ].join('\n');
}

function sayDay(day: TraceDay, { currency }: Strategy): string[] {
  const parts = [
    day.stage ?? 'no stage',
    ...(day.path === null ? [] : [`path ${day.path}`]),
    `DPD ${day.dpd}${day.contractDpd === day.dpd ? '' : ` (contract ${day.contractDpd})`}`,
    `M${day.bucket}`,
    `past due ${formatMoney(day.pastDue, currency)} ${currency}`,
    ...day.holds.map((hold) => `${hold} hold`),
    ...(day.promise === 'open' ? ['promise open'] : []),
    ...(day.closed === null ? [] : [`closed: ${day.closed}`]),
  ];
  return [
    `${day.day}  ${parts.join(', ')}`,
    ...day.happened.map(({ what, why }) => `            ${what}${why === '' ? '' : `: ${why}`}`),
  ];
}
