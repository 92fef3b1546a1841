import type { Transaction } from 'kysely';
import type { AccountEvent, ContactOutcome, VisitOutcome } from '../../domain/account/events';
import { isWay, PARTY_OF } from '../../domain/policy/contact-request';
import { indexLedger } from '../../domain/policy/pack/index-ledger';
import type { Attempt, Happening, Ledger, LedgerIndex } from '../../domain/policy/pack/ledger';
import type { LookBack } from '../../domain/policy/pack/look-back';
import type { PolicyUse } from '../../domain/policy/use';
import type { Instant } from '../../domain/units';
import { COUNTED } from '../attempts';
import type { Tables } from '../tables';
import { happeningsOf, type Served, type Told } from './happenings';
import { outcomeOf, outcomeSoFar } from './outcomes';

type Tx = Transaction<Tables>;

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

/**
 * What the packs are told of one person's past: every attempt on any account on which the person stands, whoever made
 * it, and what happened. Read under the person's lock, as far back as the packs look, so that it costs the same however
 * long the person has been with the lender.
 */
export async function ledgerOf(tx: Tx, asked: LedgerAsked): Promise<LedgerIndex> {
  const accounts = await accountsOf(tx, asked.person);
  const told = await toldOf(tx, asked, accounts);
  const ledger: Ledger = {
    attempts: await attempts(tx, asked, told),
    happenings: [...(await happeningsOf(tx, { ...asked, accounts }, told)), ...(asked.more ?? [])],
  };
  return indexLedger(ledger);
}

/** Accounts on which the person stands or stood, in whatever role. */
async function accountsOf(tx: Tx, person: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('parties')
    .select('account')
    .distinct()
    .where('person', '=', person)
    .execute();
  return rows.map(({ account }) => account);
}

const OUTCOMES = ['contact-outcome', 'visit-outcome'];
/** Kinds of facts that say something that packs ask for; few of them, so all are read. */
const FACTS = [
  ...['dispute-raised', 'dispute-resolved', 'promise', 'delivery', 'hold', 'release'],
  ...['agreement', 'agreement-ended', 'complaint', 'complaint-answered'],
];

async function toldOf(
  tx: Tx,
  { now, look }: LedgerAsked,
  accounts: readonly string[],
): Promise<readonly Told[]> {
  if (accounts.length === 0) return [];
  const rows = await tx
    .selectFrom('journal')
    .innerJoin('accounts', 'accounts.ref', 'journal.account')
    .select(['journal.account', 'journal.body', 'accounts.person', 'accounts.zone'])
    .where('journal.account', 'in', [...accounts])
    .where((eb) => {
      const outcome = eb('journal.kind', 'in', OUTCOMES);
      const from = since(now, look.attemptDays);
      // Talks of long ago are none that counts, but what was agreed or asked for in one stands.
      const late = from === null ? outcome : eb.and([outcome, eb('journal.at', '>=', from)]);
      return eb.or([late, eb('journal.kind', 'in', FACTS)]);
    })
    .orderBy('journal.at')
    .orderBy('journal.seq')
    .execute();
  return rows.map(({ account, body, person, zone }) => ({ account, person, zone, event: body }));
}

function since(now: Instant, days: number): Instant | null {
  return days === Infinity ? null : new Date(Date.parse(now) - days * 86_400_000).toISOString();
}

interface Made extends Attempt {
  readonly id: string;
  readonly step: string | null;
  /** The agency that made it; null: our own. */
  readonly agency: string | null;
}

async function attempts(tx: Tx, asked: LedgerAsked, told: readonly Told[]): Promise<readonly Attempt[]> {
  const { person, lender, now, look, use } = asked;
  if (look.attemptDays === 0) return [];
  const from = since(now, look.attemptDays);
  let query = tx
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
    .orderBy('attempts.at');
  if (from !== null) query = query.where('attempts.at', '>=', from);
  const made = (await query.execute()).flatMap((row): Made[] => {
    const { id, at, channel, account, endpoint, purpose, place, step, agency, also } = row;
    if (!isWay(channel)) return [];
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
