import type { AccountRow } from '../../book/accounts';
import { readClock } from '../../book/clock';
import { holdsOfParty } from '../../book/family';
import { foldAt, paidUpTo } from '../../book/fold';
import type { Db } from '../../book/open-book';
import { strategyByHash } from '../../book/strategies';
import type { AccountState } from '../../domain/account/state';
import { view } from '../../domain/account/view';
import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { nextStepBy, type ComingStep } from '../../domain/decide/next-step';
import { standing, type Standing } from '../../domain/delinquency/standing';
import { barred } from '../../domain/policy/bars';
import { speaksTogether, worstFirst, type Led } from '../../domain/policy/together';
import type { Step, Strategy } from '../../domain/strategy/strategy';
import type { Instant } from '../../domain/units';
import type { Asked } from '../asked';
import { fromJournal } from '../restore';

/** Who speaks for a person today when one of several accounts has come to a step. */
export interface Lead {
  /** The worst account's own message of today, which goes first and names the one that asked; null: there is none. */
  readonly speaker: Asked | null;
  /** The tone of the one that asked: not below that of the worst account, for it is one person who hears it. */
  readonly tone: number | null;
}

/**
 * The worst account leads: where it comes to a message of its own today, whichever account asked first, that message is
 * the day's contact. It is found by running the core over that account's journal. Nothing is put off and no workflow
 * is told: when the worst account's own workflow asks, the gate answers that it has spoken.
 */
export async function leadOf(db: Db, asked: Asked, carried: readonly string[]): Promise<Lead> {
  const { request, step, account } = asked;
  const alone = { speaker: null, tone: request.tone };
  if (!(step.channels ?? []).some((channel) => speaksTogether(step, channel))) return alone;
  const siblings = await siblingsOf(db, account);
  if (siblings.length === 0) return alone;
  const worse = (await worseThan(db, asked, siblings)).sort(worstFirst);
  const [worst] = worse;
  if (worst === undefined) return alone;
  const tone = softly(step) ? request.tone : Math.max(request.tone ?? 0, reached(worst.account));
  for (const one of worse) {
    const coming = messageToday(one, request.now, carried);
    if (coming !== null) return { speaker: askedFor(asked, one, coming, carried), tone };
  }
  return { speaker: null, tone };
}

/** Another open account of the person, as its journal makes it. */
export interface Sibling {
  readonly row: AccountRow;
  readonly strategy: Strategy;
  readonly account: AccountState;
  readonly standing: Standing;
}

function siblingsOf(db: Db, { person, ref }: AccountRow): Promise<AccountRow[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('person', '=', person)
    .where('ref', '!=', ref)
    .where('status', '=', 'open')
    .orderBy('ref')
    .execute();
}

/** Accounts that lead before the one that asked, and that may be asked for now. */
async function worseThan(db: Db, asked: Asked, rows: readonly AccountRow[]): Promise<Sibling[]> {
  const { self, siblings } = await askable(db, asked, rows);
  return siblings.filter((one) => worstFirst(one, self) < 0);
}

/** The account that asked, and those of the others on which something is past due that may be asked for now. */
export async function askable(
  db: Db,
  asked: Asked,
  rows: readonly AccountRow[],
): Promise<{ readonly self: Led; readonly siblings: readonly Sibling[] }> {
  const { request, step, strategy } = asked;
  const { now } = request;
  const question = { step, channel: 'sms', now };
  const account = await foldAt(db, asked.account, await readClock(db), now);
  const day = localDate(now, account.terms.zone);
  const siblings: Sibling[] = [];
  for (const row of rows) {
    const its = await strategyByHash(db, row.strategy);
    const state = await fromJournal(db, row, its);
    const on = (at: Instant) => standing(state, its.counting, localDate(at, row.zone));
    const paid = on(paidUpTo(state, now));
    const partyHolds = holdsOfParty(state, row.person);
    const known = { ...KNOWN, account: state, standing: paid, path: state.path, partyHolds };
    if (barred(question, known, its) !== null || paid.pastDue <= its.counting.tolerance) continue;
    // Which is worse is a matter of one day for all of them.
    siblings.push({ row, strategy: its, account: state, standing: on(now) });
  }
  return { self: { account, standing: standing(account, strategy.counting, day) }, siblings };
}

/** What the gate looks at itself when the message goes out. */
const KNOWN = { open: true, zone: null, hasEndpoint: true, spokenAt: null, attempts: [] } as const;

function messageToday(of: Sibling, now: string, carried: readonly string[]): ComingStep | null {
  const { zone } = of.row;
  const tomorrow = instantOf(addDays(localDate(now, zone), 1), '00:00', zone);
  return nextStepBy(of.account, of.strategy, now, tomorrow, (step) => isMessage(step, carried));
}

/** A step that begins with a call, a visit or a letter is people's: it is theirs to speak when they do. */
function isMessage(step: Step, carried: readonly string[]): boolean {
  const [first = ''] = step.channels ?? [];
  const byPeople =
    step.campaign !== undefined || ['call', 'visit', 'letter', 'agency', 'legal'].includes(first);
  return !byPeople && (step.channels ?? []).some((channel) => isSaid(step, channel, carried));
}

const isSaid = (step: Step, channel: string, carried: readonly string[]): boolean =>
  carried.includes(channel) && speaksTogether(step, channel);

/** The leading account's step, as its own workflow would have asked for it, by messages only. */
function askedFor(asked: Asked, of: Sibling, coming: ComingStep, carried: readonly string[]): Asked {
  const { row, strategy, account } = of;
  const { step, occurrence, tone, path, why } = coming;
  const channels = (step.channels ?? []).filter((channel) => isSaid(step, channel, carried));
  const { now, factor } = asked.request;
  const report = {
    ...{ lender: row.lender, ref: row.ref, strategy: row.strategy, generation: account.generation },
    ...{ upTo: account.seen.upTo, told: [], notes: [], aside: [] },
    view: view(account, strategy, localDate(now, row.zone)),
  };
  return {
    request: { occurrence, tone, path, now, factor, why, report },
    ...{ account: row, strategy, step: { ...step, channels }, lastSendAt: asked.lastSendAt },
    askedBy: asked.account.ref,
  };
}

const softly = ({ soft, tone }: Step): boolean => soft === true || tone === 0;

/** A formal notice is never reached by raising. */
const FIRMEST = 3;
const reached = ({ episode }: AccountState): number =>
  Math.min(FIRMEST, Math.max(episode?.tone ?? 0, episode?.floor ?? 0));
