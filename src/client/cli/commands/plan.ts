import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { Command } from 'commander';
import { SingleBar } from 'cli-progress';
import { exponentOf } from '../../../domain/read-money';
import { fail } from '../../../domain/errors/forbear-error';
import { gainPerUnit } from '../../../domain/plan/work';
import type { Cut, Load, Planned } from '../../../domain/plan/planner';
import type { Capacity } from '../../../domain/plan/capacity';
import { csvLine } from '../../../domain/csv-line';
import { healthLines } from '../../morning/health';
import { openLenders } from '../../../book/morning/open-work';
import type { Db } from '../../../book/open-book';
import { roleOf } from '../../../book/staff';
import type { Decided } from '../../plan/binding';
import { planBook, type Plan } from '../../plan/plan-book';
import { common, type CommonOptions, type Context } from '../context';
import { claimOf } from '../staff-claim';
import { table } from '../table';
import { capacityOf } from './report';
import { showPlan } from './plan-show';
import { wholeNumber } from './stack';

interface PlanCliOptions extends CommonOptions {
  readonly days: string;
  readonly capacity?: string;
  readonly lender?: string;
  readonly csv?: boolean;
  readonly cuts?: string;
  readonly bind?: boolean;
  readonly by?: string;
  readonly why?: string;
}

/** Cut pieces of work that an answer lists; the file of `--cuts` has all of them. */
const LISTED = 1000;
const SHOWN = 20;
const MOST_DAYS = 60;

export function plan(context: Context): Command {
  const command = new Command('plan')
    .description('steps that will come due, by the core over every journal, against what people can do')
    .option('--days <n>', 'days of the plan, today included', '1')
    .option('--capacity <file>', 'capacity document: seats, hours, minutes, chances (examples/capacity.yaml)')
    .option('--lender <name>', 'of one lender; else of all')
    .option('--csv', 'the plan as CSV, one row a day, channel, queue and segment')
    .option('--cuts <file>', 'every piece of work that is cut, as CSV, with its reason')
    .option('--bind', 'let it bind today: what it cuts waits, speaks on the cheaper channel, or is left out')
    .option('--by <ref>', 'opaque reference of who lets it bind; anybody may')
    .option('--why <text>', 'the reason, for the evidence')
    .addHelpText(
      'after',
      [
        '\nAbove capacity the least value × chance × urgency ÷ minutes is cut, whoever came first: it takes the cheaper',
        'channel, or moves a day, three at most. Notices that the law wants, steps of law and agreed times are never cut.',
        'With --bind the plan of today is obeyed: by steps that come due, by the list that people work from, and when they',
        'start. It takes the place of an earlier one of the day; later days are forecast. Without it nobody is bound. But a',
        'channel on which more than twice the largest day of eight weeks is planned for today is held until two people open',
        'it (`switch list`).',
      ].join('\n'),
    );
  const examples = [
    'plan --capacity examples/capacity.yaml',
    'plan --days 7 --capacity capacity.yaml --cuts cut.csv',
    'plan --days 3 --csv > plan.csv',
    'plan --bind --capacity capacity.yaml --by head-1 --why "two seats are ill"',
    'plan --json',
    'plan show --day 2026-03-02',
  ];
  return common(command, examples)
    .action((options: PlanCliOptions) => run(context, options))
    .addCommand(showPlan(context));
}

async function run(context: Context, options: PlanCliOptions): Promise<void> {
  const days = wholeNumber('--days', options.days);
  if (days > MOST_DAYS) fail('OPTION_WRONG', { option: '--days', wanted: `at most ${MOST_DAYS}` });
  const capacity = capacityOf(options);
  const list = cutList(capacity, options.cuts);
  const bar = progress(context, options);
  const { made, health } = await context.withClient(options, async (client) => {
    const { db } = client.book;
    const bind = options.bind === true ? await decided(context, db, options) : undefined;
    return {
      made: await planBook(db, {
        ...{ lender: options.lender ?? null, capacity, now: client.now(), days, onCut: list.add },
        ...(bind === undefined ? {} : { bind }),
        onProgress: bar.show,
      }),
      health: await healthLines(db, options.lender ?? null, client.now()),
    };
  });
  bar.stop();
  await list.end();
  if (options.csv === true) return context.terminal.out(asCsv(made));
  const { cuts, count } = list;
  context.answer(options, { ...made, cut: { count: count(), listed: cuts }, health: health.lines[0] }, () =>
    asText(made, {
      cuts,
      count: count(),
      health: health.lines[0] ?? '',
      limited: options.capacity !== undefined,
    }),
  );
}

/** Who lets the plan bind, for which lender: a capacity document is of one. OPTION_WRONG. */
async function decided(context: Context, db: Db, { by, why, lender }: PlanCliOptions): Promise<Decided> {
  if (by === undefined)
    fail('OPTION_WRONG', { option: '--by', wanted: 'given with --bind: say who decides' });
  if (why === undefined)
    fail('OPTION_WRONG', { option: '--why', wanted: 'given with --bind: say the reason' });
  const lenders = lender === undefined ? await openLenders(db) : [lender];
  const [only] = lenders;
  if (only === undefined || lenders.length > 1)
    fail('OPTION_WRONG', { option: '--lender', wanted: 'given with --bind: a plan binds one lender' });
  return { lender: only, by, why, role: await roleOf(db, claimOf(context, by)) };
}

/** The cut ones in a file as they come, and the first of them in memory. */
function cutList(capacity: Capacity, file: string | undefined) {
  const cuts: Cut[] = [];
  let count = 0;
  const out: WriteStream | null = file === undefined ? null : createWriteStream(file);
  out?.write(`${csvLine(CUT_HEAD)}\n`);
  return {
    cuts,
    count: () => count,
    add: (cut: Cut) => {
      count += 1;
      if (cuts.length < LISTED) cuts.push(cut);
      out?.write(`${csvLine(cutRow(cut, capacity))}\n`);
    },
    end: async () => {
      if (out === null) return;
      out.end();
      await once(out, 'finish');
    },
  };
}

const CUT_HEAD = [
  ...['account', 'step', 'due', 'day', 'channel', 'queue', 'segment', 'value', 'currency', 'gain_per_minute'],
  ...['moved', 'became', 'where', 'why'],
];

function cutRow({ work, day, to, where, why }: Cut, capacity: Capacity): string[] {
  const exponent = exponentOf(work.currency);
  return [
    ...[work.account, work.step, work.due, day, work.channel, work.queue ?? '', work.segment ?? ''],
    ...[(work.value / 10 ** exponent).toFixed(exponent), work.currency],
    (gainPerUnit(work, capacity) / 10 ** exponent).toFixed(4),
    ...[String(work.moved), to, where ?? '', why],
  ];
}

const PLAN_HEAD = [
  ...[
    'day',
    'channel',
    'queue',
    'segment',
    'planned',
    'moved in',
    'done',
    'fell back',
    'moved out',
    'left out',
  ],
  'minutes',
];

const planRow = (row: Planned): string[] => [
  ...[row.day, row.channel, row.queue ?? '', row.segment ?? ''],
  ...[
    row.planned,
    row.movedIn,
    row.done,
    row.fellBack,
    row.movedOut,
    row.leftOut,
    Math.round(row.minutes),
  ].map(String),
];

function asCsv({ rows }: Plan): string {
  return [PLAN_HEAD.map((name) => name.replace(/ /g, '_')), ...rows.map(planRow)].map(csvLine).join('\n');
}

interface Around {
  readonly cuts: readonly Cut[];
  readonly count: number;
  readonly health: string;
  /** Whether a capacity document was named. */
  readonly limited: boolean;
}

function asText(made: Plan, { cuts, count, health, limited }: Around): string {
  const { from, until, accounts, rows, loads } = made;
  const parts = [
    `Plan from ${from} to ${until}: the core ran over ${accounts} open accounts. Attempts, as things stand.`,
    made.bound === null
      ? 'A forecast: it binds nobody (--bind).'
      : `It binds on ${from}, as plan ${made.bound}: \`forbear plan show\` lists what it cut.`,
    health,
    rows.length === 0 ? 'Nothing comes due.' : table(PLAN_HEAD, rows.map(planRow)),
  ];
  if (loads.length > 0) parts.push(table(LOAD_HEAD, loads.map(loadRow)));
  else if (limited) parts.push('Nothing of it needs people or a machine that the capacity document bounds.');
  else parts.push('No capacity is given: nothing is cut. Name a document with --capacity.');
  for (const { lender, channel, day, planned, most } of made.unusual)
    parts.push(
      `${planned ?? 0} on ${channel} for ${day} are unusual for ${lender}, whose largest day of eight weeks had ${most}: ` +
        (day === from
          ? 'held until two people let it go (forbear switch list).'
          : 'it will be held on its day.'),
    );
  if (count > 0) {
    const shown = cuts.slice(0, SHOWN).map(({ work, day, to, where, why }) => {
      return [work.account, work.step, day, work.channel, to, where ?? '', why];
    });
    parts.push(`${count} pieces of work are cut${count > SHOWN ? `, the first ${SHOWN}` : ''}:`);
    parts.push(table(['account', 'step', 'day', 'channel', 'became', 'where', 'why'], shown));
  }
  return parts.join('\n');
}

const LOAD_HEAD = ['day', 'who', 'can', 'asked', 'used', 'full'];

function loadRow({ day, of, people, limit, asked, used }: Load): string[] {
  const unit = people ? ' min' : '';
  const full = limit === 0 ? '–' : `${Math.round((asked / limit) * 100)} %`;
  return [
    day,
    of,
    `${Math.round(limit)}${unit}`,
    `${Math.round(asked)}${unit}`,
    `${Math.round(used)}${unit}`,
    full,
  ];
}

function progress({ terminal }: Context, options: CommonOptions) {
  if (!terminal.isTTY || options.json === true) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: 'accounts {bar} {value} of {total}',
    stream: process.stderr,
    clearOnComplete: true,
  });
  let begun = false;
  return {
    show: (done: number, of: number) => {
      if (!begun) bar.start(of, 0);
      begun = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
