import { stat } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import type { Finding } from '../../../domain/bureau/metro2/check/finding';
import { inWords } from '../../../domain/bureau/metro2/layout/field';
import type { ReadRecord } from '../../../domain/bureau/metro2/read/read-record';
import { CATALOGUE, type ErrorCode } from '../../../domain/errors/catalogue';
import { fail, render } from '../../../domain/errors/forbear-error';
import { checkBureauFile, type BureauCheck } from '../../bureau/check-bureau-file';
import { recordsIn } from '../../bureau/records';
import { sayRecord } from '../../bureau/say-record';
import { withExamples, type CommonOptions, type Context } from '../context';
import { sheet, table } from '../table';
import { reportingCommands } from './bureau-run';
import { wholeNumber } from './stack';

interface CheckCliOptions extends CommonOptions {
  readonly before?: string;
  readonly disputed?: string;
  readonly most: string;
}

interface ShowCliOptions extends CommonOptions {
  readonly record?: string;
  readonly account?: string;
  readonly unmask?: boolean;
}

/** `check` and `show` need no server: a file is looked at, whoever made it. */
export function bureau(context: Context): Command {
  const command = withExamples(
    new Command('bureau').description(
      'what credit bureaus are told: files by the month, corrections, answers',
    ),
    [
      'bureau set examples/us.bureau.yaml',
      'bureau run us-bureaus --month 2026-03',
      'bureau account 6214-88',
      'bureau check march.metro2',
      'bureau show march.metro2 --record 2',
    ],
  );
  for (const one of reportingCommands(context)) command.addCommand(one);
  return command.addCommand(check(context)).addCommand(show(context));
}

function check(context: Context): Command {
  const command = new Command('check')
    .description(
      'everything that is wrong with a Metro 2 file: record, field, rule; nothing of a person is shown',
    )
    .argument('<file>', 'a Metro 2 file, character format, fixed blocks')
    .option('--before <file>', 'the file that was sent last: what must not change between two is compared')
    .option('--disputed <file>', 'account numbers with an open dispute, one a line')
    .option('--most <n>', 'findings that are shown; all are counted', '100')
    .option('--json', 'answer as JSON, for programs');
  const examples = [
    'bureau check march.metro2',
    'bureau check march.metro2 --before february.metro2 --disputed disputed.txt',
    'bureau check march.metro2 --most 100000 --json',
  ];
  return withExamples(command, examples).action(async (file: string, options: CheckCliOptions) => {
    const progress = await progressBar(context, file);
    try {
      const checked = await checkBureauFile(file, {
        most: wholeNumber('--most', options.most),
        today: latestToday(),
        onProgress: progress.show,
        ...(options.before === undefined ? {} : { before: options.before }),
        ...(options.disputed === undefined ? {} : { disputed: options.disputed }),
      });
      progress.stop();
      if (checked.errors > 0) context.refuse();
      context.answer(options, { ...checked, findings: checked.findings.map(asJson) }, () => say(checked));
    } finally {
      progress.stop();
    }
  });
}

/** A file may be made on the other side of the date line: its today is the latest there is. */
function latestToday(): string {
  return new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
}

function asJson(finding: Finding): Finding & { readonly message: string } {
  return { ...finding, message: render(finding.code, finding.args) };
}

function say({ file, records, errors, warnings, byCode, findings, leftOff }: BureauCheck): string {
  const total = `${records} records, ${errors} errors, ${warnings} warnings.`;
  if (errors + warnings === 0) return `${file}: nothing is wrong. ${total}`;
  const places = table(
    ['record', 'segment', 'field', 'at', 'value', 'rule', 'what'],
    findings.map((finding) => [
      finding.record,
      finding.segment,
      finding.field === null ? null : inWords(finding.field),
      finding.at,
      finding.value,
      finding.severity === 'warning' ? `${finding.rule} (warning)` : finding.rule,
      finding.code,
    ]),
  );
  // With many findings the same sentence a hundred times would hide the others: each is said once, with its number.
  const example = new Map<string, Finding>();
  for (const finding of findings) if (!example.has(finding.code)) example.set(finding.code, finding);
  const kinds = Object.entries(byCode)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => {
      const args = example.get(code)?.args ?? {};
      const alike = findings.every((finding) => finding.code !== code || sameArgs(finding.args, args));
      return `${count} × ${alike ? render(code as ErrorCode, args) : `${code}: ${general(code)}`}`;
    });
  const more = leftOff === 0 ? [] : [`${leftOff} more are not shown; --most ${errors + warnings} shows all.`];
  return [places, ...more, '', ...kinds, '', `${file}: ${total}`].join('\n');
}

function sameArgs(a: Finding['args'], b: Finding['args']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The sentence of a code whose findings differ: placeholders stay as names. */
function general(code: string): string {
  const { says, do: help } = CATALOGUE[code as ErrorCode];
  return `${says}. ${help}`.replace(/\{(\w+)\}/g, '…');
}

function show(context: Context): Command {
  const command = new Command('show')
    .description('a record of a Metro 2 file in words; what is personal is masked')
    .argument('<file>', 'a Metro 2 file, character format, fixed blocks')
    .option('--record <n>', 'number of the record, the header being 1', '1')
    .option('--account <number>', 'the record of that account number instead')
    .option('--unmask', 'show names, numbers and addresses too')
    .option('--json', 'answer as JSON, for programs');
  const examples = [
    'bureau show march.metro2',
    'bureau show march.metro2 --record 2',
    'bureau show march.metro2 --account 6214-88 --json',
  ];
  return withExamples(command, examples).action(async (file: string, options: ShowCliOptions) => {
    const number = wholeNumber('--record', options.record ?? '1');
    const found = await find(file, number, options.account);
    const { raw, record } = found;
    const fields = sayRecord(found, options.unmask === true);
    const value = {
      ...{ file, record: raw.number, offset: raw.offset, kind: record?.kind ?? null, bytes: raw.text.length },
      flaws: found.flaws.map(({ code, args = {} }) => ({ code, args, message: render(code, args) })),
      fields,
    };
    context.answer(options, value, () => {
      const rows = fields.map((field) => [field.segment, field.at, field.field, field.value, field.means]);
      return [
        sheet([
          ['record', raw.number],
          ['kind', record?.kind ?? 'not readable'],
          ['bytes', raw.text.length],
        ]),
        ...value.flaws.map(({ message }) => message),
        ...(rows.length === 0 ? [] : [table(['segment', 'at', 'field', 'value', 'means'], rows)]),
      ].join('\n');
    });
  });
}

/** Reads no further than the record. Error BUREAU_RECORD_UNKNOWN. */
async function find(file: string, number: number, account: string | undefined): Promise<ReadRecord> {
  for await (const read of recordsIn(file)) {
    const { raw, record } = read;
    if (account === undefined ? raw.number === number : isOf(record, account)) return read;
  }
  return fail(
    'BUREAU_RECORD_UNKNOWN',
    { wanted: account === undefined ? `record ${number}` : 'by its account number' },
    { file },
  );
}

function isOf(record: ReadRecord['record'], account: string): boolean {
  return record?.kind === 'data' && record.base.values.consumerAccountNumber === account;
}

const SHOWN_AFTER_MS = 1000;

/** On a terminal a bar, for what takes longer than a second; elsewhere nothing, so that logs stay short. */
async function progressBar(
  context: Context,
  file: string,
): Promise<{ show: (sofar: { bytes: number; records: number }) => void; stop: () => void }> {
  if (!context.terminal.isTTY) return { show: () => undefined, stop: () => undefined };
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const bar = new SingleBar({
    format: '{bar} {percentage} %, {records} records, {duration_formatted}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const since = Date.now();
  let shown = false;
  return {
    show: ({ bytes, records }) => {
      if (!shown && Date.now() - since < SHOWN_AFTER_MS) return;
      if (!shown) bar.start(Math.max(1, size), bytes, { records });
      shown = true;
      bar.update(bytes, { records });
    },
    stop: () => bar.stop(),
  };
}
