import { Command } from 'commander';
import type { PolicyAnswer, Spoken } from '../../../domain/policy/pack/answer';
import { decide } from '../../../domain/policy/pack/decide';
import { readCheck, type Check } from '../../../domain/policy/pack/document/read-check';
import { indexLedger } from '../../../domain/policy/pack/index-ledger';
import { localDate, localTime } from '../../../domain/calendar/zone';
import { loadPacks } from '../../../book/policy/shipped';
import { readText, withExamples, type CommonOptions, type Context } from '../context';
import { table, wrapped } from '../table';
import { sayCited } from './policy-look';

interface CheckOptions extends CommonOptions {
  readonly all?: boolean;
}

export function policyCheck(context: Context): Command {
  const command = new Command('check')
    .description('answer one request: allow, defer until, block or review, with every rule that spoke')
    .argument(
      '<file>',
      'a request in YAML or JSON: packs, ledger of past events, what is asked (docs/compliance.md)',
    )
    .option('--all', 'show the rules that allow it as well')
    .option('--json', 'answer as JSON, for programs');
  const examples = [
    'policy check examples/eighth-call.policy.yaml',
    'policy check case.yaml --all',
    'policy check case.yaml --json',
  ];
  return withExamples(command, examples).action((file: string, options: CheckOptions) => {
    const check = readCheck(readText(file), file);
    const answer = decide(check.request, loadPacks(check.packs), indexLedger(check.ledger), check.now);
    const failed = notAsExpected(check, answer);
    const isRefused = check.expect === null ? answer.answer !== 'allow' : failed.length > 0;
    if (isRefused) context.refuse();
    context.answer(options, { ...answer, notAsExpected: failed }, () =>
      [
        ...(check.title === null ? [] : [check.title]),
        say(answer),
        ruleTable(answer, options.all === true),
        ...standing(answer),
        ...failed,
      ].join('\n'),
    );
  });
}

/** What the document expected and the packs did not say. */
function notAsExpected({ expect }: Check, answer: PolicyAnswer): readonly string[] {
  if (expect === null) return [];
  const missed: string[] = [];
  if (expect.answer !== answer.answer) missed.push(`expected ${expect.answer}, found ${answer.answer}`);
  if (expect.until !== null && expect.until !== answer.until)
    missed.push(`expected until ${expect.until}, found ${answer.until ?? 'none'}`);
  const speaking = answer.rules.filter(({ says }) => says !== 'allow').map(({ rule }) => rule);
  for (const rule of expect.rules) if (!speaking.includes(rule)) missed.push(`expected ${rule} to speak`);
  return missed.map((line) => `Not as expected: ${line}.`);
}

function say({ answer, until, at, zones, narrowed, packs }: PolicyAnswer): string {
  const local = (moment: string) =>
    zones.map((zone) => `${localDate(moment, zone)} ${localTime(moment, zone)} in ${zone}`).join('; ');
  const said = until === null ? answer : `${answer} until ${until} (${local(until)})`;
  return [
    `${said}`,
    `asked for ${at} (${local(at)})`,
    ...(narrowed ? ['Nobody knows where the person is: it must be a good moment everywhere there.'] : []),
    `packs: ${packs.map(({ name, version, holidays }) => `${name}@${version.slice(0, 12)} (calendar ${holidays.name}@${holidays.version.slice(0, 12)})`).join(', ')}`,
  ].join('\n');
}

function ruleTable({ rules }: PolicyAnswer, all: boolean): string {
  const allowing = rules.filter(({ says }) => says === 'allow').length;
  const shown = rules.filter(({ says }) => all || says !== 'allow');
  const rest = allowing === 0 ? '' : `${allowing} more rules speak of such a request and allow it.`;
  if (shown.length === 0)
    return rest === '' ? 'No rule speaks of such a request.' : rest.replace(' more', '');
  const rows = shown.map((one) => [one.rule, said(one), wrapped(whyOf(one)), wrapped(sayCited(one.sources))]);
  const said_ = table(['rule', 'says', 'why', 'source'], rows);
  return all || rest === '' ? said_ : `${said_}\n${rest}`;
}

const said = ({ says, until }: Spoken): string => (until === null ? says : `${says} until\n${until}`);
const whyOf = ({ sentence, why }: Spoken): string => (why === null ? sentence : `${sentence} Here: ${why}.`);

function standing({ duties, clocks }: PolicyAnswer): readonly string[] {
  return [
    ...duties.map(({ rule, must, by }) => `still to be done: ${must.join(' or ')} before ${by} (${rule})`),
    ...clocks.map(
      ({ rule, clock, expires }) =>
        `the ${clock} clock runs ${expires === null ? 'from a day that is not known' : `until ${expires}`} (${rule})`,
    ),
  ];
}
