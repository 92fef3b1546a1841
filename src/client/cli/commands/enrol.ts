import { stat } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { SingleBar } from 'cli-progress';
import { findStrategy, strategyByHash } from '../../../book/strategies';
import { fail } from '../../../domain/errors/forbear-error';
import { strategyOf } from '../../../domain/strategy/document/compile';
import type { Strategy } from '../../../domain/strategy/strategy';
import { interruption } from '../../../stack/interruption';
import type { ForbearClient } from '../../client';
import { enrolPortfolio, type EnrolInto, type EnrolOptions, type EnrolResult } from '../../enrol/enrol';
import { common, readText, type CommonOptions, type Context } from '../context';
import { strategyFile } from '../shipped';
import { sheet, table } from '../table';
import { wholeNumber } from './stack';

interface EnrolCliOptions extends CommonOptions {
  readonly strategy: string;
  readonly lender: string;
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly rate?: string;
  readonly encoding?: string;
  readonly format?: 'csv' | 'jsonl';
  readonly delimiter?: string;
  readonly country?: string;
  readonly language?: string;
  readonly zone?: string;
  readonly ignore: readonly string[];
}

export function enrol(context: Context): Command {
  const command = new Command('enrol')
    .description(
      'enrol a portfolio: check each row, write people and accounts to the book, start the accounts',
    )
    .argument('<file>', 'CSV with a header, or JSON lines; docs/enrol.md lists the columns')
    .requiredOption(
      '--strategy <name>',
      'published strategy: name, name@version or hash; a document with --dry-run',
    )
    .option('--lender <name>', 'lender of rows that name none', 'lender')
    .option('--dry-run', 'only check: neither the book nor Temporal is changed, and none is needed')
    .option('--rejects <file>', 'where rows go that cannot be enrolled (FILE.rejects.csv)')
    .option('--rate <n>', 'most accounts started a second')
    .option('--encoding <name>', 'encoding of the file, when it is not found rightly')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'jsonl']))
    .option('--delimiter <char>', 'between the fields of a CSV')
    .option('--country <code>', 'country of telephone numbers without one, such as CN')
    .option('--language <tag>', 'language of people whose row names none')
    .option('--zone <zone>', 'time zone of rows that name none (that of the strategy)')
    .option('--ignore <columns...>', 'columns that are not read', []);
  const examples = [
    'enrol examples/portfolio.csv --strategy standard-card --dry-run',
    'enrol cards.csv --strategy standard-card@2 --lender bank --country CN',
    'enrol loans.jsonl --strategy consumer-loan --rejects bad.csv --rate 20 --json',
  ];
  return common(command, examples).action((file: string, options: EnrolCliOptions) =>
    options.dryRun === true ? checkOnly(context, file, options) : enrolling(context, file, options),
  );
}

/** Compares with the book too, where one can be reached; a strategy's document is enough otherwise. */
async function checkOnly(context: Context, file: string, options: EnrolCliOptions): Promise<void> {
  const document = strategyFile(options.strategy);
  if (document !== null) {
    const strategy = strategyOf(readText(document), document);
    return run(context, file, options, strategy, { kind: 'check' });
  }
  return context.withClient(options, async (client) => {
    const { strategy } = await published(client, options.strategy);
    return run(context, file, options, strategy, { kind: 'check', db: client.book.db });
  });
}

function enrolling(context: Context, file: string, options: EnrolCliOptions): Promise<void> {
  return context.withClient(options, async (client) => {
    const { strategy, found } = await published(client, options.strategy);
    const into = { kind: 'enrol', desk: client.desk, strategy: found, now: client.now() } as const;
    return run(context, file, options, strategy, into);
  });
}

async function published({ book }: ForbearClient, name: string) {
  const found = await findStrategy(book.db, name);
  return { found, strategy: await strategyByHash(book.db, found.hash) };
}

async function run(
  context: Context,
  file: string,
  options: EnrolCliOptions,
  strategy: Strategy,
  into: EnrolInto,
): Promise<void> {
  if (options.delimiter !== undefined && options.delimiter.length !== 1)
    fail('OPTION_WRONG', { option: '--delimiter', wanted: 'one character' });
  const rejects = options.rejects ?? `${file}.rejects.csv`;
  const stopped = interruption();
  const progress = await progressBar(context, file);
  const { encoding, format, delimiter, language, country } = options;
  const given: EnrolOptions = {
    rejects,
    ignore: options.ignore,
    signal: stopped.signal,
    onProgress: progress.show,
    defaults: {
      lender: options.lender,
      product: strategy.product,
      currency: strategy.currency,
      zone: options.zone ?? strategy.zone,
      only: { product: strategy.product, currency: strategy.currency },
      ...(language === undefined ? {} : { language }),
      ...(country === undefined ? {} : { country }),
    },
    ...(encoding === undefined ? {} : { encoding }),
    ...(format === undefined ? {} : { format }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(options.rate === undefined ? {} : { rate: wholeNumber('--rate', options.rate) }),
  };
  try {
    const result = await enrolPortfolio(file, into, given);
    progress.stop();
    if (result.rejected > 0) context.refuse();
    if (stopped.signal.aborted) context.exitCode = stopped.exitCode();
    context.answer(options, { ...result, rejects: result.rejected > 0 ? rejects : null }, () =>
      say(result, into.kind === 'check', rejects, stopped.signal.aborted),
    );
  } finally {
    progress.stop();
    stopped.dispose();
  }
}

function say(result: EnrolResult, dry: boolean, rejects: string, stopped: boolean): string {
  const lines = sheet([
    ['rows', result.rows],
    [dry ? 'can be enrolled' : 'enrolled', result.good],
    ['known already', result.again],
    ['rejected', result.rejected],
    ['started', dry ? null : result.started],
  ]);
  const codes = Object.entries(result.byCode).sort(([, a], [, b]) => b - a);
  const why = codes.length === 0 ? '' : `\n${table(['reason', 'rows'], codes)}\nThe rows are in ${rejects}.`;
  return `${lines}${why}${stopped ? '\nStopped before the end: run it again to go on.' : ''}`;
}

const BYTES_A_ROW = 120;

/** On a terminal a bar, from the size of the file; elsewhere nothing, so that logs stay short. */
async function progressBar(
  context: Context,
  file: string,
): Promise<{ show: (sofar: EnrolResult) => void; stop: () => void }> {
  if (!context.terminal.isTTY) return { show: () => undefined, stop: () => undefined };
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const bar = new SingleBar({
    format: '{bar} {value} rows, {rejected} rejected, {started} started, {duration_formatted}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let total = Math.max(1, Math.round(size / BYTES_A_ROW));
  let shown = false;
  return {
    show: ({ rows, rejected, started }) => {
      if (!shown) bar.start(total, 0, { rejected, started });
      shown = true;
      if (rows > total) bar.setTotal((total = rows));
      bar.update(rows, { rejected, started });
    },
    stop: () => bar.stop(),
  };
}
