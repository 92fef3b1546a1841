import { sql, type Selectable, type Transaction } from 'kysely';
import { localDate, isZone } from '../domain/calendar/zone';
import { standing, type Standing } from '../domain/delinquency/standing';
import type { AccountState } from '../domain/account/state';
import { endpointKind } from '../domain/policy/channels';
import { placeOf } from '../domain/policy/contact-request';
import { gate, type GateAnswer, type Known } from '../domain/policy/gate';
import { PERMIT_LIFE_MS } from '../domain/policy/permit-life';
import { wishAgainst, type Wish } from '../domain/policy/wish';
import type { Step, Strategy } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';
import type { AccountRow } from './accounts';
import { countedAttempts, latestOf, longestCap, type AttemptRow } from './attempts';
import { databaseNow, readClock } from './clock';
import { hasRefused } from './consents';
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
import { foldAt, paidUpTo } from './fold';
import { newRef } from './ids';
import { lastConversation } from './conversations';
import { inTransaction, type Db } from './open-book';
import { usableEndpoints, type Endpoint } from './people';
import { strategyByHash } from './strategies';
import type { PlaceKind } from '../domain/visit/limits';
import type { ReserveRequest } from './reserve-request';
import { shareSwitches } from './switch-lock';
import { visitKnown, visitPlaces } from './places';
import { countGoing, whatStops, type Going } from './switches';
import { wishesOf } from './wishes';
import type { Tables } from './tables';

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
    await shareSwitches(tx);
    const { person, row, others } = await lockFamily(tx, request.account, request.person);
    const before = await latestOf(
      tx,
      { account: request.account, person: person.ref },
      request.occurrence,
      request.channel,
    );
    if (before.standing !== null) return earlier(before.standing, request);

    const strategy = await strategyByHash(tx, request.strategy);
    const step = strategy.steps.find((candidate) => candidate.name === request.occurrence.step);
    if (step === undefined) return { answer: 'block', rule: 'step-unknown' };
    // In a rehearsal the account's own now; against real channels the database's clock, whatever was handed in.
    const clock = await readClock(tx);
    const now = clock.kind === 'real' || request.now === null ? await databaseNow(tx) : request.now;
    const account = await foldAt(tx, row, clock, now);
    const wishes = await wishesOf(tx, person.ref);
    const endpoint = await endpointFor(tx, person.ref, request.channel, { step, wishes, now });
    const { channel } = request;
    const asked = { channel, person, row, account, strategy, now, endpoint, path: request.path ?? row.path };
    const stopped = await whatStops(tx, goingOut(request, step, asked));
    const question = { step, channel, now, tone: request.tone ?? null };
    const addressed = await isAddressed(tx, row, person.ref, step.kind);
    const visit = channel === 'visit' ? await visitKnown(tx, endpoint, request.party) : null;
    const to = {
      endpoint,
      place: visit?.place?.kind ?? endpoint?.place ?? null,
      staff: visit === null ? null : new Set(visit.party.map(({ ref }) => ref)).size,
    };
    const policy = await lawOf(tx, { ...asked, step, ...to });
    const known: Known = {
      ...(await whatIsKnown(tx, asked)),
      ...{ stopped, addressed, wishes, place: placeOf(channel, to.place) },
      ...(visit === null ? {} : { visit }),
      ...(policy === null ? {} : { policy }),
    };
    const answer = gate(question, known, strategy);
    if (answer.gate !== 'allow' || endpoint === null) {
      const said = answer.gate === 'spoken' ? answer.contact.id : null;
      await keepAnswer(tx, { request, person: person.ref, now, answer, known, attempt: said });
      return refusal(answer);
    }
    // Before this contact counts itself: what stands against another account is what was there before it.
    const named = await othersDue(tx, others, question, {
      ...{ clock, person, to },
      spokenAt: known.spokenAt,
    });
    const permit: Permit = { id: newRef(), token: newRef(), expiresAt };
    const { purpose = null, party = null, place = null } = policy?.request ?? {};
    const made = { person: person.ref, endpoint: endpoint.ref, at: now, try: before.tries + 1 };
    await writeAttempt(tx, request, permit, { ...made, purpose, party, place });
    const told = named.map((other) => other.row.ref);
    await keepAnswer(tx, {
      request,
      person: person.ref,
      now,
      answer,
      known,
      attempt: permit.id,
      named: told,
    });
    await keepNamed(tx, permit.id, named);
    await countGoing(tx, { row, channel, now });
    return { answer: 'permit', permit, endpoint, person, account, standing: known.standing, named, now };
  });
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

/** The first that the person lets be used so; where there is none, the gate says of the first why. */
async function endpointFor(
  tx: Transaction<Tables>,
  person: string,
  channel: string,
  { step, wishes, now }: { readonly step: Step; readonly wishes: readonly Wish[]; readonly now: Instant },
): Promise<Endpoint | null> {
  const found = await endpointsFor(tx, person, channel);
  const notice = step.kind === 'notice';
  const wanted = found.find(
    ({ at }) => wishAgainst(wishes, { channel, place: placeOf(channel, at), notice }, now) === null,
  );
  return (wanted ?? found[0])?.endpoint ?? null;
}

async function endpointsFor(
  tx: Transaction<Tables>,
  person: string,
  channel: string,
): Promise<readonly { readonly endpoint: Endpoint; readonly at: PlaceKind | null }[]> {
  if (channel === 'visit')
    return (await visitPlaces(tx, person)).map((endpoint) => ({ endpoint, at: endpoint.placeKind }));
  const kind = endpointKind(channel);
  const usable = await usableEndpoints(tx, person);
  return usable.filter((one) => one.kind === kind).map((endpoint) => ({ endpoint, at: endpoint.place }));
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

async function whatIsKnown(tx: Transaction<Tables>, asked: Asked): Promise<Known> {
  const { person, row, account, strategy, now } = asked;
  return {
    open: row.status === 'open',
    account,
    standing: standing(account, strategy.counting, localDate(paidUpTo(account, now), account.terms.zone)),
    zone: isZone(person.zone) ? person.zone : null,
    named: await contactsNaming(tx, person, row, now),
    elsewhere: await contactsElsewhere(tx, person, row, now),
    hasEndpoint: asked.endpoint !== null,
    partyHolds: holdsOfParty(account, person.ref),
    refused: await hasRefused(tx, person.ref, asked.channel),
    path: asked.path,
    spokenAt: await lastConversation(tx, person.ref, now),
    attempts: await countedAttempts(tx, person.ref, now, longestCap(strategy)),
  };
}

async function writeAttempt(
  tx: Transaction<Tables>,
  request: ReserveRequest,
  permit: Permit,
  made: Pick<
    Selectable<Tables['attempts']>,
    'person' | 'endpoint' | 'at' | 'try' | 'purpose' | 'party' | 'place'
  >,
): Promise<void> {
  await tx
    .insertInto('attempts')
    .values({
      id: permit.id,
      token: permit.token,
      account: request.account,
      strategy: request.strategy,
      step: request.occurrence.step,
      anchor: request.occurrence.anchor,
      n: request.occurrence.n,
      channel: request.channel,
      ...made,
      reservedAt: sql<string>`clock_timestamp()`,
      expiresAt: sql<string>`clock_timestamp() + make_interval(secs => ${PERMIT_LIFE_MS / 1000})`,
      status: 'reserved',
      tone: request.tone ?? null,
      askedBy: request.askedBy ?? null,
    })
    .execute();
}
