import { Command } from 'commander';
import { SingleBar } from 'cli-progress';
import { creditAnew } from '../../../book/credits';
import { forgetFigures } from '../../../book/morning/rebuild';
import { isIsoDate } from '../../../domain/calendar/day';
import { localDate } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import { FIGURES } from '../../../domain/morning/definitions';
import type { FiguresReport } from '../../../domain/morning/report';
import { DEFAULT_CAPACITY, type Capacity } from '../../../domain/plan/capacity';
import { readCapacity } from '../../../domain/plan/capacity.schema';
import { asCsv } from '../../morning/as-csv';
import { asText } from '../../morning/as-text';
import { asHtml } from '../../morning/html/as-html';
import { bringUp, morningReport, type ReportOptions } from '../../morning/morning';
import { costReport, creditReport, keptReport, vintageReport } from '../../morning/other-reports';
import type { ForbearClient } from '../../client';
import { common, readText, withExamples, writeNamed, type CommonOptions, type Context } from '../context';
import { table } from '../table';

interface ReportCliOptions extends CommonOptions {
  readonly asOf?: string;
  readonly lender?: string;
  readonly capacity?: string;
  readonly csv?: boolean;
  readonly html?: string;
}

export function report(context: Context): Command {
  return withExamples(new Command('report').description('figures of the book, from snapshots of its days'), [
    'report morning',
    'report morning --as-of 2026-03-02 --html morning.html',
    'report vintage --by opening',
    'report kept --csv',
    'report cost --capacity examples/capacity.yaml',
    'report credit',
    'report rebuild',
  ])
    .addCommand(
      made(
        context,
        'morning',
        'the morning report: stock, flow, yesterday, today, conduct, what is odd',
        morningReport,
      ),
    )
    .addCommand(vintage(context))
    .addCommand(made(context, 'kept', 'promises kept, by number and by amount', keptReport))
    .addCommand(made(context, 'cost', 'what one unit of money received cost', costReport))
    .addCommand(made(context, 'credit', 'whom money is credited to, in the month to date', creditReport))
    .addCommand(rebuild(context))
    .addCommand(definitions(context));
}

type Make = (db: ForbearClient['book']['db'], options: ReportOptions) => Promise<FiguresReport>;

function made(context: Context, name: string, description: string, make: Make): Command {
  return shaped(new Command(name).description(description), [
    `report ${name}`,
    `report ${name} --as-of 2026-03-02 --html ${name}.html`,
    `report ${name} --lender bank --csv > ${name}.csv`,
    `report ${name} --json`,
  ]).action((options: ReportCliOptions) => show(context, options, make));
}

function vintage(context: Context): Command {
  const command = new Command('vintage')
    .description('share ever 30, 60 and 90 days past due by age of the cohort, and liquidation')
    .option('--by <month>', 'cohorts by month of opening or of entry', 'entry');
  return shaped(command, ['report vintage', 'report vintage --by opening --csv']).action(
    (options: ReportCliOptions & { readonly by: string }) => {
      const by = options.by;
      if (by !== 'opening' && by !== 'entry')
        return fail('OPTION_WRONG', { option: '--by', wanted: 'opening or entry' });
      return show(context, options, (db, given) => vintageReport(db, given, by));
    },
  );
}

function rebuild(context: Context): Command {
  const command = new Command('rebuild')
    .description(
      'forget the figures and make them again from the events; killed, the next report goes on with it. ' +
        'Before that all payments are credited anew, and what differed is counted',
    )
    .option('--credits', 'only whom payments are credited to')
    .option('--capacity <file>', 'capacity document, for its zone');
  return common(command, ['report rebuild', 'report rebuild --credits --json']).action(
    async (options: ReportCliOptions & { readonly credits?: boolean }) => {
      const capacity = capacityOf(options);
      const credits = await context.withClient(options, async (client) => {
        const { book } = client;
        const changed = await creditsAnew(context, options, book.db);
        if (options.credits === true) return changed;
        const now = client.now();
        const today = localDate(now, capacity.zone);
        await forgetFigures(book.db);
        const bar = progressOf(context, options);
        await bringUp(book.db, '0100-01-01', today, today, { lender: null, capacity, now, ...bar.option });
        bar.stop();
        return changed;
      });
      const rebuilt = options.credits !== true;
      const said = [`Payments credited anew: ${credits} differed.`];
      if (rebuilt) said.push('The figures are made again from the events.');
      context.answer(options, { rebuilt, credits }, () => said.join('\n'));
    },
  );
}

async function creditsAnew(
  context: Context,
  options: CommonOptions,
  db: ForbearClient['book']['db'],
): Promise<number> {
  const { people } = await db
    .selectFrom('people')
    .select((eb) => eb.fn.countAll<number>().as('people'))
    .executeTakeFirstOrThrow();
  const bar = progressOf(context, options);
  const changed = await creditAnew(db, 200, (done) =>
    bar.option.onProgress?.('credits', done, Number(people)),
  );
  bar.stop();
  return changed;
}

function definitions(context: Context): Command {
  const command = new Command('definitions').description(
    'what every figure of the reports means, and its unit',
  );
  return withExamples(command, ['report definitions', 'report definitions --json'])
    .option('--json', 'answer as JSON, for programs')
    .action((options: CommonOptions) =>
      context.answer(options, FIGURES, () =>
        Object.values(FIGURES)
          .map(({ title, unit, means }) => `${title} (${unit}): ${means}.`)
          .join('\n'),
      ),
    );
}

function shaped(command: Command, examples: readonly string[]): Command {
  return common(command, examples)
    .option(
      '--as-of <date>',
      'the morning that it is made for (today); figures as of the close of the day before',
    )
    .option('--lender <name>', 'of one lender; else of all, each currency apart')
    .option('--capacity <file>', 'capacity document: costs, roll targets, zone (docs/manager.md)')
    .option('--csv', 'as CSV, one line a figure with its unit and its definition')
    .option('--html <file>', 'as one HTML file with plots, to be read on a phone')
    .addHelpText(
      'after',
      '\nEvery figure is defined in the foot of the report, and by forbear report definitions.',
    );
}

async function show(context: Context, options: ReportCliOptions, make: Make): Promise<void> {
  if (options.asOf !== undefined && !isIsoDate(options.asOf))
    fail('OPTION_WRONG', { option: '--as-of', wanted: 'a day as YYYY-MM-DD' });
  const capacity = capacityOf(options);
  const bar = progressOf(context, options);
  const found = await context.withClient(options, (client) =>
    make(client.book.db, {
      lender: options.lender ?? null,
      capacity,
      now: client.now(),
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      ...bar.option,
    }),
  );
  bar.stop();
  const { html } = options;
  if (html !== undefined) {
    writeNamed(html, asHtml(found));
    return context.answer(options, { written: html }, () => `The report is written to ${html}.`);
  }
  if (options.csv === true) return context.terminal.out(asCsv(found));
  context.answer(options, found, () => asText(found, table));
}

/** The document that is named; else the assumptions that ship, with the zone of the environment. CAPACITY_*. */
export function capacityOf(
  options: { readonly capacity?: string },
  zone = process.env['FORBEAR_ZONE'],
): Capacity {
  const { capacity } = options;
  if (capacity !== undefined) return readCapacity(readText(capacity), capacity);
  return zone === undefined ? DEFAULT_CAPACITY : { ...DEFAULT_CAPACITY, zone };
}

/** A bar while the figures are brought up to the events, on a terminal only. */
export function progressOf(
  { terminal }: Context,
  options: CommonOptions,
): { readonly option: Pick<ReportOptions, 'onProgress'>; stop(): void } {
  if (!terminal.isTTY || options.json === true) return { option: {}, stop: () => undefined };
  const bar = new SingleBar({
    format: '{what} {bar} {value} of {total}',
    stream: process.stderr,
    clearOnComplete: true,
  });
  let shown = '';
  return {
    option: {
      onProgress: (what, done, of) => {
        if (shown !== what) bar.start(of, 0, { what });
        shown = what;
        bar.setTotal(Math.max(of, done));
        bar.update(done);
      },
    },
    stop: () => bar.stop(),
  };
}
