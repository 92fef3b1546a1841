import { sql, type InferResult } from 'kysely';
import type { AccountEvent, ContactOutcome, VisitOutcome } from '../../domain/account/events';
import { isWay, PARTY_OF } from '../../domain/policy/contact-request';
import { indexLedger } from '../../domain/policy/pack/index-ledger';
import type { Attempt, Happening, Ledger, LedgerIndex } from '../../domain/policy/pack/ledger';
import type { LookBack } from '../../domain/policy/pack/look-back';
import type { PolicyUse } from '../../domain/policy/use';
import type { Instant } from '../../domain/units';
import { COUNTED } from '../attempts';
import type { Db } from '../open-book';
import {
  happeningReads,
  happeningsOf,
  type HappeningsRead,
  type HappeningsWanted,
  type Served,
  type Told,
} from './happenings';
import { outcomeOf, outcomeSoFar } from './outcomes';

export interface LedgerAsked {
  readonly person: string;
  readonly lender: string;
  readonly now: Instant;
  readonly look: LookBack;
  readonly use: PolicyUse;
  /** Steps that are notices of the packs, each with their names. */
  readonly serves: Served;
  /** What the account's own fold says beside its facts. */
  readonly more?: readonly Happening[];
}

/** What is asked of the book for a person's ledger. */
export interface LedgerWanted extends HappeningsWanted {
  /** Attempts from this moment on, and outcomes of contacts: as far back as any rule in force looks. */
  readonly since: Instant | typeof EVER;
  /** Accounts whose whole journals are read anyway: not once more. */
  readonly folded: readonly string[];
}

export const EVER = '-infinity';

/** What the book has of it: each read by itself, or all in one statement. */
export const ledgerReads = (db: Db, of: LedgerWanted) => ({
  ...happeningReads(db, of),
  told: toldOf(db, of),
  made: attemptsOf(db, of),
});
export type LedgerRead = HappeningsRead & {
  readonly told: readonly ToldRow[];
  readonly made: readonly InferResult<ReturnType<typeof attemptsOf>>[number][];
};
export type ToldRow = InferResult<ReturnType<typeof toldOf>>[number];

/**
 * What the packs are told of one person's past: every attempt on any account on which the person stands, whoever made
 * it, and what happened. Read under the person's lock, as far back as the packs look, so that it costs the same however
 * long the person has been with the lender.
 */
export function ledgerOf(read: LedgerRead, asked: LedgerAsked): LedgerIndex {
  const from = sinceOf(asked.now, asked.look);
  const told = read.told
    .filter(({ kind, at }) => !OUTCOMES.includes(kind) || from === EVER || at >= from)
    .sort((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1))
    .map(({ account, body, person, zone }): Told => ({ account, person, zone, event: body }));
  const ledger: Ledger = {
    attempts: attempts(read.made, asked, told),
    happenings: [...happeningsOf(read, asked, told), ...(asked.more ?? [])],
  };
  return indexLedger(ledger);
}

const OUTCOMES: readonly string[] = ['contact-outcome', 'visit-outcome'];
/** Kinds of facts that say something that packs ask for; few of them, so all are read. */
const FACTS: readonly string[] = [
  ...['dispute-raised', 'dispute-resolved', 'promise', 'delivery', 'hold', 'release'],
  ...['agreement', 'agreement-ended', 'complaint', 'complaint-answered'],
];

/** Whether packs may ask for a fact of that kind. */
export const isTold = (kind: string): boolean => OUTCOMES.includes(kind) || FACTS.includes(kind);

function toldOf(db: Db, { person, since, folded }: LedgerWanted) {
  return (
    db
      .selectFrom('journal')
      .innerJoin('accounts', 'accounts.ref', 'journal.account')
      .select(['journal.account', 'journal.kind', 'journal.at', 'journal.seq', 'journal.body'])
      .select(['accounts.person', 'accounts.zone'])
      .where('journal.account', 'in', (eb) =>
        eb.selectFrom('parties').select('parties.account').where('parties.person', '=', person),
      )
      .where(sql<boolean>`journal.account <> all(${folded}::text[])`)
      // Talks of long ago are none that counts, but what was agreed or asked for in one stands.
      .where((eb) =>
        eb.or([
          eb.and([eb('journal.kind', 'in', [...OUTCOMES]), eb('journal.at', '>=', since)]),
          eb('journal.kind', 'in', [...FACTS]),
        ]),
      )
  );
}

export function sinceOf(now: Instant, { attemptDays }: LookBack): Instant | typeof EVER {
  return attemptDays === Infinity ? EVER : new Date(Date.parse(now) - attemptDays * 86_400_000).toISOString();
}

interface Made extends Attempt {
  readonly id: string;
  readonly step: string | null;
  /** The agency that made it; null: our own. */
  readonly agency: string | null;
}

function attemptsOf(db: Db, { person, since }: LedgerWanted) {
  return db
    .selectFrom('attempts')
    .leftJoin('endpoints', 'endpoints.ref', 'attempts.endpoint')
    .innerJoin('accounts', 'accounts.ref', 'attempts.account')
    .select(['attempts.id', 'attempts.at', 'attempts.channel', 'attempts.status', 'attempts.delivery'])
    .select(['attempts.account', 'attempts.endpoint', 'attempts.purpose', 'attempts.party', 'attempts.place'])
    .select(['attempts.step', 'attempts.agency', 'endpoints.source', 'accounts.person as main'])
    .select((eb) =>
      eb
        .selectFrom('namedAccounts')
        .select((inner) => inner.fn.agg<string[]>('array_agg', ['namedAccounts.account']).as('all'))
        .whereRef('namedAccounts.attempt', '=', 'attempts.id')
        .as('also'),
    )
    .where('attempts.person', '=', person)
    .where('attempts.status', 'in', [...COUNTED])
    .where('attempts.at', '>=', since)
    .orderBy('attempts.at');
}

function attempts(read: LedgerRead['made'], asked: LedgerAsked, told: readonly Told[]): readonly Attempt[] {
  const { person, lender, now, look, use } = asked;
  if (look.attemptDays === 0) return [];
  const from = sinceOf(now, look);
  const made = read.flatMap((row): Made[] => {
    const { id, at, channel, account, endpoint, purpose, place, step, agency, also } = row;
    if (!isWay(channel) || (from !== EVER && at < from)) return [];
    const source = row.source ?? use.endpoints?.source ?? null;
    return [
      {
        ...{ id, at, channel, account, person, endpoint, purpose, place, step, agency },
        ...(also === null ? {} : { also }),
        ...{ creditor: lender, agent: agency ?? lender, reached: null, waivers: [] },
        outcome: outcomeSoFar(channel, row.status, row.delivery),
        party: row.party ?? PARTY_OF[row.main === person ? 'main' : 'joint'],
        reserved: source === null || RESERVED.includes(source),
      },
    ];
  });
  return withOutcomes(made, told, asked);
}

/** What the debtor left with the lender. */
const RESERVED = ['contract', 'left-by-customer'];

/**
 * Each outcome goes to the latest attempt of its account, channel and step before it that has none yet. One without an
 * attempt of ours was made by somebody else, an agency or the lender's own dialler, and is an attempt as well.
 */
function withOutcomes(
  made: readonly Made[],
  told: readonly Told[],
  { person, lender }: LedgerAsked,
): readonly Attempt[] {
  const found = new Map<string, Attempt>(made.map((one) => [one.id, one]));
  const open = new Set(
    made.filter(({ channel }) => channel === 'call' || channel === 'visit').map(({ id }) => id),
  );
  const others: Attempt[] = [];
  for (const { account, event, person: main } of told) {
    if (!isOutcome(event) || (event.party ?? main) !== person) continue;
    const outcome = outcomeOf(event);
    if (outcome === null) continue;
    const channel = event.kind === 'visit-outcome' ? 'visit' : event.channel;
    if (!isWay(channel)) continue;
    const own = made.findLast(
      (one) => open.has(one.id) && one.account === account && one.channel === channel && isOf(one, event),
    );
    if (own !== undefined) {
      open.delete(own.id);
      found.set(own.id, { ...own, outcome });
      continue;
    }
    others.push({
      ...{ at: event.at, channel, outcome, account, person, creditor: lender },
      ...{
        endpoint: null,
        agent: event.agency ?? null,
        place: null,
        purpose: null,
        reached: null,
        waivers: [],
      },
      party: PARTY_OF[main === person ? 'main' : 'joint'],
      reserved: true,
    });
  }
  return [...found.values(), ...others];
}

/** An agency's outcome is of the attempt that was written with it; one of our own of an attempt before it. */
function isOf({ at, step, agency }: Made, event: ContactOutcome | VisitOutcome): boolean {
  if (event.agency !== undefined) return agency === event.agency && at === event.at;
  return agency === null && at <= event.at && (event.step === undefined || step === event.step);
}

function isOutcome(event: AccountEvent): event is ContactOutcome | VisitOutcome {
  return event.kind === 'contact-outcome' || event.kind === 'visit-outcome';
}
