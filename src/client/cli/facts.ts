import type { Command } from 'commander';
import type { EventInput, ForbearClient, Sent } from '../client';
import type { AccountRow } from '../../book/accounts';
import { foldRow } from '../../book/fold';
import { factsOf } from '../../book/journal';
import { partiesOf } from '../../book/parties';
import { strategyByHash } from '../../book/strategies';
import { localDate } from '../../domain/calendar/zone';
import { fallingDue } from '../../domain/delinquency/falling-due';
import { standing } from '../../domain/delinquency/standing';
import { formatMoney } from '../../domain/money';
import type { AccountEvent, DisputedItem } from '../../domain/account/events';
import type { Dispute } from '../../domain/account/state';
import { fail } from '../../domain/errors/forbear-error';
import type { Instant } from '../../domain/units';
import { amountOf, common, type CommonOptions, type Context } from './context';
import { claimOf } from './staff-claim';

export interface FactOptions extends CommonOptions {
  readonly id?: string;
  readonly at?: string;
  readonly by?: string;
}

/** A command that tells one fact about one account: `--id` makes it safe to repeat, `--at` says when it happened. */
export function factCommand<O extends FactOptions>(
  command: Command,
  context: Context,
  examples: readonly string[],
  toEvent: (args: readonly string[], options: O, account: AccountRow, now: string) => EventInput,
  /** Takes the command where it is about something else than an account, and then says true. */
  instead?: (args: readonly string[], options: O) => Promise<boolean>,
): Command {
  return common(command, examples)
    .option('--id <id>', 'id of the fact: sent again with the same id it is the same fact')
    .option('--at <moment>', 'when it happened, such as 2026-04-10T09:30:00+08:00 (now)')
    .option('--by <ref>', 'opaque reference of who says so')
    .action(async (...given: unknown[]) => {
      const options = given.at(-2) as O;
      const args = given.slice(0, -2) as string[];
      if ((await instead?.(args, options)) === true) return;
      await context.withAccount(options, args[0] ?? '', async (client, account) => {
        const { id, at, by } = options;
        const facts = await factsOf(client.book.db, account.ref);
        // Said again tomorrow it is the same fact still: what nobody said counts from when it was first said.
        const first = facts.find((fact) => fact.id === id);
        const event = toEvent(args, options, account, momentOf(at) ?? first?.at ?? client.now());
        if (first === undefined) await mustBeThere(client, account, event, facts);
        const said = {
          ...event,
          ...(id === undefined ? {} : { id }),
          ...(at === undefined ? {} : { at }),
          ...(by === undefined ? {} : { by }),
        };
        const claim = by === undefined ? undefined : claimOf(context, by);
        const sent = await client.tell(account.ref, said, undefined, claim);
        context.answer(options, { account: account.ref, ...sent }, () => saySent(sent));
      });
    });
}

export function momentOf(at: string | undefined): Instant | undefined {
  const time = Date.parse(at ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * What takes something back names it, and a misspelt name would change nothing without a word. Programs may tell facts
 * in any order by the client; a person who types is told at once. NAMED_UNKNOWN.
 */
async function mustBeThere(
  client: ForbearClient,
  account: AccountRow,
  event: EventInput,
  facts: readonly AccountEvent[],
): Promise<void> {
  const unknown = (what: string, id: string) => fail('NAMED_UNKNOWN', { what, id });
  const all = [...account.enrolment.events, ...facts];
  if (event.kind === 'reversal') {
    if (!all.some(({ kind, id }) => kind !== 'reversal' && id === event.of)) unknown('payment', event.of);
  }
  if (event.kind === 'promise-cancelled') {
    if (!all.some((fact) => fact.kind === 'promise' && fact.promise === event.promise))
      unknown('promise', event.promise);
  }
  if (event.kind === 'complaint-answered') {
    if (!all.some((fact) => fact.kind === 'complaint' && fact.complaint === event.complaint))
      unknown('complaint', event.complaint);
  }
  if (event.kind === 'score' && event.on > localDate(client.now(), account.zone))
    fail('SCORE_AHEAD', { model: event.model, on: event.on });
  if (event.kind === 'dispute-raised') return mustBeOwed(client, account, event);
  if (event.kind === 'hold') return mustBeHeldOf(client, account, event);
  if (event.kind !== 'dispute-resolved' && event.kind !== 'dispute-evidence') return;
  // Some stand without a fact that named them: a result code may raise a dispute of its own.
  const { disputes } = await foldRow(client.book.db, account);
  const said = all.some((fact) => fact.kind === 'dispute-raised' && fact.dispute === event.dispute);
  const dispute = disputes.find(({ id }) => id === event.dispute);
  if (!said && dispute === undefined) unknown('dispute', event.dispute);
  if (dispute !== undefined) mayBeDecided(dispute, event, account);
}

/** The party stands on the account, and what is held of the debt can be found. PARTY_UNKNOWN, DISPUTE_ITEM_UNKNOWN. */
async function mustBeHeldOf(
  client: ForbearClient,
  account: AccountRow,
  { party, items = [] }: Extract<EventInput, { kind: 'hold' }>,
): Promise<void> {
  const { db } = client.book;
  if (party !== undefined && !(await partiesOf(db, account.ref)).some(({ person }) => person === party))
    fail('PARTY_UNKNOWN', { person: party, role: 'party', account: account.ref });
  if (items.every(({ amount }) => amount !== undefined)) return;
  const known = new Set(fallingDue(await foldRow(db, account)).map(({ id }) => id));
  const lost = items.find(({ item, amount }) => amount === undefined && !known.has(item));
  if (lost !== undefined) fail('DISPUTE_ITEM_UNKNOWN', { item: lost.item });
}

/** It is decided once, and nobody is right in more than was disputed. DISPUTE_DECIDED, DISPUTE_PARTLY, DISPUTE_WON. */
function mayBeDecided(
  dispute: Dispute,
  event: Extract<EventInput, { kind: 'dispute-resolved' | 'dispute-evidence' }>,
  { currency }: AccountRow,
): void {
  const { id, resolved, amount, items = [] } = dispute;
  if (resolved !== undefined) fail('DISPUTE_DECIDED', { id, outcome: resolved.outcome, on: resolved.on });
  if (event.kind === 'dispute-evidence' || event.outcome !== 'partly') return;
  const won = event.amount ?? 0;
  if (won <= 0) fail('DISPUTE_PARTLY', { id });
  const known = items.every((item) => item.amount !== undefined);
  const sum =
    amount ?? (items.length > 0 && known ? items.reduce((all, one) => all + (one.amount ?? 0), 0) : null);
  if (sum !== null && won > sum)
    fail('DISPUTE_WON', { id, amount: formatMoney(won, currency), disputed: formatMoney(sum, currency) });
}

/** No more is disputed than is owed, and what is disputed can be found. DISPUTE_TOO_LARGE, DISPUTE_ITEM_UNKNOWN. */
async function mustBeOwed(
  client: ForbearClient,
  account: AccountRow,
  { amount, items = [] }: Extract<EventInput, { kind: 'dispute-raised' }>,
): Promise<void> {
  if (amount === undefined && items.length === 0) return;
  const state = await foldRow(client.book.db, account);
  const parts = new Map(state.owed.obligations.map(({ id, amount: due }) => [id, due]));
  const lost = items.find((item) => item.amount === undefined && !parts.has(item.item));
  if (lost !== undefined) fail('DISPUTE_ITEM_UNKNOWN', { item: lost.item });
  const sum = amount ?? items.reduce((all, item) => all + (item.amount ?? parts.get(item.item) ?? 0), 0);
  const strategy = await strategyByHash(client.book.db, account.strategy);
  const { balance } = standing(state, strategy.counting, localDate(client.now(), account.zone));
  const said = (of: number): string => `${formatMoney(of, account.currency)} ${account.currency}`;
  if (sum > balance) fail('DISPUTE_TOO_LARGE', { amount: said(sum), balance: said(balance) });
}

const TOLD: Readonly<Record<Sent['told'], string>> = {
  told: "The account's workflow has it.",
  waiting: 'Temporal cannot be reached now; it counts already, and the account is told by the sweep.',
  late: 'The account is closed and stays so: the fact stands in its journal as late.',
  reopened: 'The account was closed and is open again.',
};

export function saySent({ id, seq, duplicate, told, also = [] }: Sent): string {
  const accepted = duplicate
    ? `${id} stood in the journal before (${seq}).`
    : `Accepted as ${id} (journal ${seq}).`;
  const others = also.length === 0 ? '' : ` It is of the person, and holds for ${also.join(', ')} too.`;
  return `${accepted} ${TOLD[told]}${others}`;
}

export const money = (text: string, account: AccountRow): number => amountOf(text, account.currency);

/** A part of the debt as commands name it: a due part by its id, or ITEM@AMOUNT. */
export function readItem(text: string, account: AccountRow): DisputedItem {
  const [item = '', amount] = text.split('@');
  return amount === undefined ? { item } : { item, amount: money(amount, account) };
}

/** For an option that may be given several times. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
