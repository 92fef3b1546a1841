import { Command } from 'commander';
import { countCuts, listCuts, plansInForce, type PlanCut, type PlanInForce } from '../../../book/bound-plans';
import type { Db } from '../../../book/open-book';
import { isIsoDate } from '../../../domain/calendar/day';
import { localDate } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import { exponentOf } from '../../../domain/read-money';
import { csvLine } from '../../../domain/csv-line';
import { common, type CommonOptions, type Context } from '../context';
import { table } from '../table';
import { capacityOf } from './report';

interface ShowOptions extends CommonOptions {
  readonly day?: string;
  readonly lender?: string;
  readonly csv?: boolean;
}

/** Cut pieces of a plan that are shown; as CSV all of them. */
const SHOWN = 100;
const ALL = 10_000_000;

/** The plans that bind on a day, who decided them and why, and what they cut. */
export function showPlan(context: Context): Command {
  const command = new Command('show')
    .description('the plan that binds on a day: who decided it, why, and every piece of work that it cut')
    .option('--day <date>', 'the day, as YYYY-MM-DD (today)')
    .option('--lender <name>', 'of one lender; else of all')
    .option('--csv', 'every cut as CSV');
  const examples = ['plan show', 'plan show --day 2026-03-02 --csv > cut.csv', 'plan show --json'];
  return common(command, examples).action((own: ShowOptions, self: Command) => {
    // Options that the plan itself has as well are taken by it when they stand here.
    const options: ShowOptions = { ...own, ...self.optsWithGlobals<ShowOptions>() };
    return show(context, options);
  });
}

interface Shown extends PlanInForce {
  readonly counts: Awaited<ReturnType<typeof countCuts>>;
  readonly cuts: readonly PlanCut[];
}

async function show(context: Context, options: ShowOptions): Promise<void> {
  if (options.day !== undefined && !isIsoDate(options.day))
    fail('OPTION_WRONG', { option: '--day', wanted: 'a day as YYYY-MM-DD' });
  const limit = options.csv === true ? ALL : SHOWN;
  const plans = await context.withClient(options, (client) => {
    const day = options.day ?? localDate(client.now(), capacityOf({}).zone);
    return shown(client.book.db, day, options.lender ?? null, limit);
  });
  if (options.csv === true) return context.terminal.out(asCsv(plans));
  context.answer(options, plans, () =>
    plans.length === 0 ? 'No plan binds on that day.' : plans.map(asText).join('\n\n'),
  );
}

async function shown(db: Db, day: string, lender: string | null, limit: number): Promise<Shown[]> {
  const plans = await plansInForce(db, day, lender);
  return Promise.all(
    plans.map(async (plan) => ({
      ...plan,
      counts: await countCuts(db, plan.id),
      cuts: await listCuts(db, plan.id, limit),
    })),
  );
}

const HEAD = ['account', 'step', 'anchor', 'n', 'channel', 'queue', 'became', 'instead', 'gain_per_minute'];

function cutRow(cut: PlanCut): string[] {
  const exponent = exponentOf(cut.currency);
  return [
    ...[cut.account, cut.step, cut.anchor, String(cut.n), cut.channel, cut.queue ?? ''],
    ...[cut.became, cut.instead ?? '', `${(cut.gain / 10 ** exponent).toFixed(4)} ${cut.currency}`, cut.why],
  ];
}

function asCsv(plans: readonly Shown[]): string {
  const rows = plans.flatMap(({ lender, day, id, cuts }) =>
    cuts.map((cut) => [lender, day, id, ...cutRow(cut)]),
  );
  return [['lender', 'day', 'plan', ...HEAD, 'why'], ...rows].map(csvLine).join('\n');
}

function asText(plan: Shown): string {
  const { id, lender, day, decidedBy, role, why, madeAt, counts, cuts } = plan;
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  const by = `${decidedBy}${role === null ? '' : ` (${role})`}`;
  const said = `Plan ${id} of ${lender} binds on ${day}: decided by ${by} at ${madeAt}, because: ${why}.`;
  if (all === 0) return `${said}\nIt cuts nothing.`;
  const parts = counts.map(({ became, channel, n }) => `${n} ${channel} ${became}`);
  const more = all > cuts.length ? `, the ${cuts.length} that would bring most` : '';
  const rows = cuts.map(cutRow);
  return [
    said,
    `${all} pieces of work are cut (${parts.join(', ')})${more}:`,
    table([...HEAD.map((name) => name.replace(/_/g, ' ')), 'why'], rows),
  ].join('\n');
}
