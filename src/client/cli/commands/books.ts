import { Command, Option } from 'commander';
import { foldRow } from '../../../book/fold';
import { factsOf } from '../../../book/journal';
import { requestPayout } from '../../../book/payouts';
import { strategyByHash } from '../../../book/strategies';
import { DAY_COUNTS, type DayCount } from '../../../domain/agreement/rate';
import { localDate } from '../../../domain/calendar/zone';
import { standing } from '../../../domain/delinquency/standing';
import { fail } from '../../../domain/errors/forbear-error';
import { AHEAD, type Ahead } from '../../../domain/ledger/loan';
import { formatMoney } from '../../../domain/money';
import type { AccountRow } from '../../../book/accounts';
import type { Db } from '../../../book/open-book';
import type { ForbearClient } from '../../client';
import { common, type Context } from '../context';
import { factCommand, momentOf, money, saySent, type FactOptions } from '../facts';

const ACCOUNT = "the book's reference or the lender's number";

interface Dated extends FactOptions {
  readonly date?: string;
}

export function charge(context: Context): Command {
  const command = new Command('charge')
    .description('costs or a fee: owed with what is past due, else with what falls due next')
    .argument('<account>', ACCOUNT)
    .argument('<amount>', "in the account's currency, such as 350.00")
    .addOption(
      new Option('--of <component>', 'what of the debt it is')
        .choices(['costs', 'late-charge'])
        .default('costs'),
    )
    .option('--date <day>', 'from which day it is owed (the day on which it happened)');
  const examples = ['charge 6214-88 350.00', 'charge 6214-88 25 --of late-charge --id fee-2026-04'];
  return factCommand<Dated & { readonly of: 'costs' | 'late-charge' }>(
    command,
    context,
    examples,
    ([, amount = ''], { of, date }, account, now) => ({
      kind: 'charge',
      amount: money(amount, account),
      valueDate: date ?? localDate(now, account.zone),
      component: of,
    }),
  );
}

export function adjust(context: Context): Command {
  const command = new Command('adjust')
    .description(
      'a correction or a credit: lowers what is owed, or raises it; what is cleared by it is cleared',
    )
    .argument('<account>', ACCOUNT)
    .argument('<amount>', "in the account's currency, such as 50.00")
    .option('--raise', 'what is owed rises by it')
    .option('--part <id>', 'of that part first, as `timeline` shows it')
    .option('--not-due', "a merchant's refund: lowers the balance and counts towards nothing that is due")
    .option('--date <day>', 'the day on which it counts (the day on which it happened)');
  const examples = ['adjust 6214-88 50.00', 'adjust 6214-88 12.50 --raise', 'adjust x3k9 1500 --not-due'];
  type Options = Dated & { readonly raise?: boolean; readonly part?: string; readonly notDue?: boolean };
  return factCommand<Options>(command, context, examples, ([, text = ''], options, account, now) => {
    const amount = money(text, account);
    const valueDate = options.date ?? localDate(now, account.zone);
    if (options.notDue === true && (options.raise === true || options.part !== undefined))
      fail('OPTION_WRONG', { option: '--not-due', wanted: 'given alone' });
    if (options.notDue === true) return { kind: 'refund', amount, valueDate, countsTowardsMinimum: false };
    return {
      kind: 'adjustment',
      amount: options.raise === true ? -amount : amount,
      valueDate,
      ...(options.part === undefined ? {} : { obligation: options.part }),
    };
  });
}

export function accelerate(context: Context): Command {
  const command = new Command('accelerate')
    .description('all that is not due falls due, or that is undone: each part is back on its own date')
    .argument('<account>', ACCOUNT)
    .option('--undo', 'it was undone, by agreement or because it was wrong');
  const examples = ['accelerate 6214-88 --by head-1', 'accelerate 6214-88 --undo'];
  return factCommand<FactOptions & { readonly undo?: boolean }>(
    command,
    context,
    examples,
    (_args, { undo }) => ({
      kind: 'acceleration',
      ...(undo === true ? { undone: true } : {}),
    }),
  );
}

export function writeOff(context: Context): Command {
  const command = new Command('write-off')
    .description('written off in the books: the debt lives on, and what comes now is recovered')
    .argument('<account>', ACCOUNT)
    .option('--undo', 'it was undone');
  const examples = ['write-off 6214-88', 'write-off 6214-88 --undo'];
  return factCommand<FactOptions & { readonly undo?: boolean }>(
    command,
    context,
    examples,
    (_args, { undo }) => ({
      kind: 'write-off',
      ...(undo === true ? { undone: true } : {}),
    }),
  );
}

interface LoanOptions extends FactOptions {
  readonly starts: string;
  readonly rate: string;
  readonly dayCount: DayCount;
  readonly penalty?: string;
  readonly grace?: string;
  readonly late?: string;
  readonly lateLeast: string;
  readonly lateMost?: string;
  readonly lateTolerance: string;
  readonly cap?: string;
  readonly ahead?: Ahead;
}

export function loan(context: Context): Command {
  const command = new Command('loan')
    .description(
      'the contract of a loan that is given whole: its parts are principal, the engine works out the rest',
    )
    .argument('<account>', ACCOUNT)
    .requiredOption('--starts <day>', 'the day from which interest runs')
    .requiredOption('--rate <percent>', 'a year, on all unpaid principal')
    .addOption(
      new Option('--day-count <convention>', 'how a year is divided')
        .choices([...DAY_COUNTS])
        .default('actual/365'),
    )
    .option('--penalty <percent>', 'a year on top, on principal past due, after its grace')
    .option('--grace <days>', 'days of grace of a part')
    .option('--late <percent>', 'late charge once a part, of what is unpaid of it after its grace')
    .option('--late-least <amount>', 'its least amount', '0')
    .option('--late-most <amount>', 'its most amount')
    .option('--late-tolerance <amount>', 'short by so much there is none', '0')
    .option('--cap <percent>', 'interest and charges together a year at most')
    .addOption(new Option('--ahead <how>', 'money beyond what is due').choices([...AHEAD]));
  const examples = [
    'loan 6214-88 --starts 2026-01-01 --rate 18 --day-count actual/360 --penalty 9 --grace 3',
    'loan 6214-88 --starts 2026-01-01 --rate 12 --late 5 --late-least 10 --late-most 30 --ahead pay-last',
  ];
  return factCommand<LoanOptions>(command, context, examples, (_args, given, account) => ({
    kind: 'loan',
    startsOn: given.starts,
    dayCount: given.dayCount,
    rate: ppm('--rate', given.rate),
    ...(given.penalty === undefined ? {} : { penaltyRate: ppm('--penalty', given.penalty) }),
    ...(given.grace === undefined ? {} : { graceDays: Number(given.grace) }),
    ...(given.late === undefined
      ? {}
      : {
          lateCharge: {
            ppm: ppm('--late', given.late),
            least: orZero(given.lateLeast, account),
            most: given.lateMost === undefined ? Number.MAX_SAFE_INTEGER : money(given.lateMost, account),
            tolerance: orZero(given.lateTolerance, account),
          },
        }),
    ...(given.cap === undefined ? {} : { capRate: ppm('--cap', given.cap) }),
    ...(given.ahead === undefined ? {} : { ahead: given.ahead }),
  }));
}

const orZero = (text: string, account: AccountRow): number =>
  /^0+([.]0+)?$/.test(text) ? 0 : money(text, account);

/** Percent with at most four decimals, in millionths. OPTION_WRONG. */
function ppm(option: string, text: string): number {
  const match = /^(\d{1,3})(?:[.](\d{1,4}))?$/.exec(text);
  if (match === null) fail('OPTION_WRONG', { option, wanted: 'a percentage such as 18 or 8.4' });
  return Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
}

export function refund(context: Context): Command {
  const command = common(
    new Command('refund')
      .description("what was paid too much is paid back: the lender's system is asked to, once")
      .argument('<account>', ACCOUNT)
      .argument('[amount]', 'at most what is overpaid (all of it)'),
    ['refund 6214-88', 'refund 6214-88 12.50 --id refund-77'],
  )
    .option('--id <id>', 'id of the fact: sent again with the same id it is the same fact')
    .option('--at <moment>', 'when it happened (now)')
    .option('--by <ref>', 'opaque reference of who says so');
  return command.action(async (ref: string, text: string | undefined, options: FactOptions) =>
    context.withAccount(options, ref, async (client, account) => {
      const now = momentOf(options.at) ?? client.now();
      const overpaid = await overpaidOf(client, client.book.db, account);
      const said = (sum: number): string => `${formatMoney(sum, account.currency)} ${account.currency}`;
      const { id, by } = options;
      // Said again it is the same fact still: that much, on that day.
      const before = (await factsOf(client.book.db, account.ref)).find((fact) => fact.id === id);
      const known = before?.kind === 'payout' ? before : null;
      const at = known?.at ?? now;
      const amount = text === undefined ? (known?.amount ?? overpaid) : money(text, account);
      if (known === null && (amount <= 0 || amount > overpaid))
        fail('PAYOUT_TOO_LARGE', { amount: said(amount), overpaid: said(overpaid) });
      const event = {
        ...{ kind: 'payout' as const, amount, at },
        valueDate: known?.valueDate ?? localDate(at, account.zone),
        id: id ?? `refund-${at}`,
        ...(by === undefined ? {} : { by }),
      };
      const sent = await client.tell(account.ref, event, async (tx) => {
        // Two at once would pay it back twice: the second finds nothing.
        if (known === null && (await balanceOf(client, tx, account)) > 0)
          fail('PAYOUT_TOO_LARGE', { amount: said(amount), overpaid: said(overpaid) });
        await requestPayout(tx, account.ref, event);
      });
      const told = { account: account.ref, amount, ...sent };
      context.answer(options, told, () => `${said(amount)} is to be paid back. ${saySent(sent)}`);
    }),
  );
}

async function balanceOf(client: ForbearClient, db: Db, account: AccountRow): Promise<number> {
  const state = await foldRow(db, account);
  const { counting } = await strategyByHash(db, account.strategy);
  return standing(state, counting, localDate(client.now(), account.zone)).balance;
}

async function overpaidOf(client: ForbearClient, db: Db, account: AccountRow): Promise<number> {
  return Math.max(0, -(await balanceOf(client, db, account)));
}
