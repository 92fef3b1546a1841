import type { Selectable, Transaction } from 'kysely';
import { localDate, isZone } from '../domain/calendar/zone';
import { standing, type Standing } from '../domain/delinquency/standing';
import type { AccountState } from '../domain/account/state';
import { endpointKind } from '../domain/policy/channels';
import { placeOf } from '../domain/policy/contact-request';
import { gate, type GateAnswer, type Known } from '../domain/policy/gate';
import { PERMIT_LIFE_MS } from '../domain/policy/permit-life';
import { wishAgainst } from '../domain/policy/wish';
import type { Step, Strategy } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';
import type { AccountRow } from './accounts';
import { latestOf, longestCap, triesOf, type AttemptRow } from './attempts';
import { isAddressed } from './parties';
import { keepAnswer } from './evidence/gate-answer';
import { lawOf } from './policy/ask';
import {
  contactsElsewhere,
  contactsNaming,
  holdsOfParty,
  isUnderWay,
  keepNamed,
  lockFamily,
  othersDue,
  type Other,
} from './family';
import { foldRead, paidUpTo } from './fold';
import { newRef } from './ids';
import { letGo } from './let-go';
import { inTransaction, type Db } from './open-book';
import { readPast, type Past } from './past';
import type { Endpoint } from './people';
import { packsListed } from './policy/packs';
import { strategyByHash } from './strategies';
import type { PlaceKind } from '../domain/visit/limits';
import type { ReserveRequest } from './reserve-request';
import { visitKnown, visitPlaces } from './places';
import { whatStops, type Going } from './switches';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

export type { ReserveRequest } from './reserve-request';

/** Leave to send once, now. Whoever holds the token settles it. */
export interface Permit {
  readonly id: string;
  readonly token: string;
  /** Real time of this process: a carrier asked so late that it may answer after this is not asked (`maySendNow`). */
  readonly expiresAt: Instant;
}

export type Reservation =
  | {
      readonly answer: 'permit';
      readonly permit: Permit;
      /** Personal: where to, and whom. Never into a history, a log or an error. */
      readonly endpoint: Endpoint;
      readonly person: Selectable<Tables['people']>;
      /** What the message may say: the account as the journal has it now. */
      readonly account: AccountState;
      readonly standing: Standing;
      /** The person's other accounts that the contact is to name, the worst first. */
      readonly named: readonly Other[];
      /** The gate's now. */
      readonly now: Instant;
    }
  /** Reserved before: still open or unknown ones are settled as unknown and never sent again by themselves. */
  | { readonly answer: 'already'; readonly attempt: AttemptRow }
  /** A contact made for another account of the person says it today. */
  | { readonly answer: 'spoken'; readonly contact: string; readonly underWay: boolean }
  | { readonly answer: 'defer'; readonly until: Instant; readonly rule: string; readonly stopped?: true }
  /** `channel`: only this one is refused; the step's next may be free. */
  | { readonly answer: 'block' | 'review'; readonly rule: string; readonly channel?: true };

/**
 * The one door to a person: in one transaction, under the locks of the person and the account, the journal is folded,
 * the gate asked and the attempt written. A fact accepted before it is seen; one accepted later finds the attempt.
 * Throws ACCOUNT_UNKNOWN, STRATEGY_UNKNOWN, BOOK_UNREACHABLE.
 */
export function reserve(db: Db, request: ReserveRequest): Promise<Reservation> {
  // Taken before the transaction: waiting for a lock must not lengthen the permit.
  const expiresAt = new Date(Date.now() + PERMIT_LIFE_MS).toISOString();
  return inTransaction(db, async (tx) => {
    const family = await lockFamily(tx, request.account, request.person);
    const { person, row, others, clock } = family;
    const { channel } = request;
    const strategy = await strategyByHash(tx, request.strategy);
    const step = strategy.steps.find((candidate) => candidate.name === request.occurrence.step);
    if (step === undefined) return unknownStep(tx, request, person.ref);
    // In a rehearsal the account's own now; against real channels the database's clock, whatever was handed in.
    const now = clock.kind === 'real' || request.now === null ? family.now : request.now;
    const past = await readPast(tx, family, { request, step, strategy, now });
    const before = latestOf(past.tries, channel);
    if (before.standing !== null) return earlier(before.standing, request);

    const account = foldRead(row, past.journalOf(row.ref), clock, now);
    const { wishes } = past;
    const endpoint = await endpointFor(tx, { person: person.ref, channel, step, now, past });
    const asked = { channel, person, row, account, strategy, now, endpoint, path: request.path ?? row.path };
    const stopped = await whatStops(tx, goingOut(request, step, asked), past.stops);
    const question = { step, channel, now, tone: request.tone ?? null };
    const addressed = await isAddressed(tx, row, person.ref, step.kind);
    const visit = channel === 'visit' ? await visitKnown(tx, endpoint, request.party) : null;
    const to = {
      endpoint,
      place: visit?.place?.kind ?? endpoint?.place ?? null,
      staff: visit === null ? null : new Set(visit.party.map(({ ref }) => ref)).size,
    };
    const packs = await packsListed(tx, family.packs, localDate(now, row.zone));
    const policy = lawOf({ ...past.law, packs }, { ...asked, step, ...to });
    const known: Known = {
      ...(await whatIsKnown(tx, asked, past)),
      ...{ stopped, addressed, wishes, place: placeOf(channel, to.place) },
      ...(visit === null ? {} : { visit }),
      ...(policy === null ? {} : { policy }),
    };
    const answer = gate(question, known, strategy);
    const answered = { request, person: person.ref, now, answer, known };
    if (answer.gate !== 'allow' || endpoint === null) {
      const said = answer.gate === 'spoken' ? answer.contact.id : null;
      await keepAnswer(tx, { ...answered, attempt: said });
      return refusal(answer);
    }
    // Before this contact counts itself: what stands against another account is what was there before it.
    const { spokenAt } = known;
    const named = await othersDue(tx, others, question, { family, past, to, spokenAt });
    const permit: Permit = { id: newRef(), token: newRef(), expiresAt };
    const { purpose = null, party = null, place = null } = policy?.request ?? {};
    const attempt = {
      ...{ ...attemptOf(request), id: permit.id, token: permit.token, person: person.ref, at: now },
      ...{ endpoint: endpoint.ref, try: before.tries + 1, purpose, party, place },
    };
    const told = named.map((other) => other.row.ref);
    await letGo(tx, attempt, {
      answered: { ...answered, attempt: permit.id, named: told },
      ...{ chain: family.chain, going: { row, channel, now } },
    });
    await keepNamed(tx, permit.id, named);
    return { answer: 'permit', permit, endpoint, person, account, standing: known.standing, named, now };
  });
}

/** What was done for it when the strategy still knew the step stands. */
async function unknownStep(tx: Tx, request: ReserveRequest, person: string): Promise<Reservation> {
  const { account, occurrence, channel } = request;
  const { standing: tried } = latestOf(
    await triesOf(tx, { ...occurrence, account, person }).execute(),
    channel,
  );
  return tried === null ? { answer: 'block', rule: 'step-unknown' } : earlier(tried, request);
}

function attemptOf({ account, strategy, occurrence, channel, tone, askedBy }: ReserveRequest) {
  const { step, anchor, n } = occurrence;
  return { account, strategy, step, anchor, n, channel, tone: tone ?? null, askedBy: askedBy ?? null };
}

function refusal(answer: GateAnswer): Reservation {
  switch (answer.gate) {
    case 'allow':
      return { answer: 'block', rule: 'no-endpoint' };
    case 'spoken':
      return { answer: 'spoken', contact: answer.contact.id, underWay: answer.contact.underWay };
    case 'defer':
      return { answer: 'defer', until: answer.until, rule: answer.rule, ...whenStopped(answer) };
    case 'block':
      return { answer: 'block', rule: answer.rule, ...(answer.channel === true ? { channel: true } : {}) };
    case 'review':
      return { answer: 'review', rule: answer.rule };
  }
}

/** What another account's step made this one say is that activity's to settle. */
function earlier(attempt: AttemptRow, { askedBy }: ReserveRequest): Reservation {
  const others = attempt.askedBy !== (askedBy ?? null);
  if (!others || !isUnderWay(attempt)) return { answer: 'already', attempt };
  return { answer: 'spoken', contact: attempt.id, underWay: true };
}

const whenStopped = ({ stopped }: { readonly stopped?: true }) => (stopped ? { stopped } : {});

function goingOut(request: ReserveRequest, step: Step, asked: Asked): Going {
  const { row, person, account, strategy, now } = asked;
  return {
    ...{ row, step, account, now, channel: request.channel, zone: person.zone },
    due: request.occurrence.due,
    strategy: { hash: request.strategy, rules: strategy },
    ...(request.segment === undefined ? {} : { segment: request.segment }),
  };
}

interface Reachable {
  readonly person: string;
  readonly channel: string;
  readonly step: Step;
  readonly now: Instant;
  readonly past: Past;
}

/** The first that the person lets be used so; where there is none, the gate says of the first why. */
async function endpointFor(tx: Tx, of: Reachable): Promise<Endpoint | null> {
  const { channel, step, now, past } = of;
  const found = await endpointsFor(tx, of);
  const notice = step.kind === 'notice';
  const wanted = found.find(
    ({ at }) => wishAgainst(past.wishes, { channel, place: placeOf(channel, at), notice }, now) === null,
  );
  return (wanted ?? found[0])?.endpoint ?? null;
}

async function endpointsFor(
  tx: Tx,
  { person, channel, past }: Reachable,
): Promise<readonly { readonly endpoint: Endpoint; readonly at: PlaceKind | null }[]> {
  if (channel === 'visit')
    return (await visitPlaces(tx, person)).map((endpoint) => ({ endpoint, at: endpoint.placeKind }));
  const kind = endpointKind(channel);
  return past.endpoints
    .filter((one) => one.kind === kind)
    .map((endpoint) => ({ endpoint, at: endpoint.place }));
}

interface Asked {
  readonly channel: string;
  readonly person: Selectable<Tables['people']>;
  readonly row: AccountRow;
  readonly account: AccountState;
  readonly strategy: Strategy;
  readonly now: Instant;
  readonly endpoint: Endpoint | null;
  readonly path: string | null;
}

async function whatIsKnown(tx: Tx, asked: Asked, past: Past): Promise<Known> {
  const { person, row, account, strategy, now } = asked;
  return {
    open: row.status === 'open',
    account,
    standing: standing(account, strategy.counting, localDate(paidUpTo(account, now), account.terms.zone)),
    zone: isZone(person.zone) ? person.zone : null,
    named: contactsNaming(past.day, row.ref),
    elsewhere: await contactsElsewhere(tx, past.day, row.ref),
    hasEndpoint: asked.endpoint !== null,
    partyHolds: holdsOfParty(account, person.ref),
    refused: past.hasRefused,
    path: asked.path,
    spokenAt: past.spokenAt,
    attempts: past.countedOver(longestCap(strategy)),
  };
}
