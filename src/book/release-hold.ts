import type { Transaction } from 'kysely';
import type { HoldReleased } from '../domain/account/events';
import type { Hold } from '../domain/account/state';
import { localDate } from '../domain/calendar/zone';
import { fail } from '../domain/errors/forbear-error';
import { holdNamed, lastDayOfLift, toLift } from '../domain/hold/guard';
import { saysEnd } from '../domain/hold/say';
import { lastDayOf } from '../domain/party/hold-difference';
import type { Instant, IsoDate, Zone } from '../domain/units';
import { accountOf } from './accounts';
import { isTold } from './facts-of';
import { lastState } from './fold';
import { accept } from './journal';
import { inTransaction, type Db } from './open-book';
import { personOf } from './people';
import { holdsOf } from './person-holds';
import { releasePerson } from './personal';
import { askedBefore, askSecond, letHappen, type Asking, type SecondRow } from './second-person';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

/** Whose hold is lifted: an account's, or a person's on every account. */
export type Holder = { readonly account: string } | { readonly person: string };

export interface ReleaseSaid {
  /** Makes it safe to ask again. */
  readonly id: string;
  readonly hold: string;
  readonly at: Instant;
  readonly lastDay?: IsoDate;
  /** What happened that its kind ends with, and the day of it. */
  readonly event?: string;
  readonly on?: IsoDate;
  readonly why?: string;
}

type Body = Omit<HoldReleased, 'id' | 'at' | 'by' | 'seq' | 'asked'>;

/** What became of it: lifted with its last day, or waiting for a second person. */
export type Released =
  | { readonly done: true; readonly lastDay: IsoDate; readonly accounts: readonly string[] }
  | { readonly done: false; readonly waits: SecondRow };

/**
 * Somebody of the staff lifts a hold. One that is not of weight is lifted at once; one of weight is asked for, and
 * stands until a second person lets it go. Throws HOLD_UNKNOWN, HOLD_OVER, HOLD_EVENT, SECOND_DIFFERENT, what `actor`
 * throws.
 */
export function releaseHold(db: Db, of: Holder, said: ReleaseSaid, by: Claim): Promise<Released> {
  return inTransaction(db, async (tx) => {
    const { held, account, person, zone } = await found(tx, of, said.hold);
    const { needs, second } = toLift(held);
    const first = await actor(tx, by, needs);
    const lastDay = lastDayOfLift(held, said, zone);
    if (lastDay === null)
      fail('HOLD_EVENT', { type: held.type, event: said.event ?? '', ends: saysEnd(held.type) });
    const { id, hold, event } = said;
    const before = await askedBefore(tx, id);
    if (before === undefined && held.until !== null && held.until <= lastDay && !(await isSaid(tx, of, id)))
      fail('HOLD_OVER', { hold, until: held.until });
    const on = event === undefined ? undefined : (said.on ?? localDate(said.at, zone));
    // Where no day was said it is the one before it is lifted, however long the second person takes.
    const saysDay = said.lastDay !== undefined || event !== undefined;
    const body: Body = {
      ...{ kind: 'release', hold },
      ...(saysDay ? { lastDay } : {}),
      ...(event === undefined ? {} : { event, on }),
    };
    if (second === null) {
      const accounts = await lift(tx, of, { ...body, id, at: said.at, by: first.ref }, zone);
      return { done: true, lastDay, accounts };
    }
    const asking: Asking = {
      ...{ id, kind: 'release', account, person, subject: hold, body },
      ...{ why: said.why ?? null, needs: second },
    };
    return { done: false, waits: await askSecond(tx, asking, first, said.at, zone) };
  });
}

/** The second person lets a hold go that was asked for. Throws SECOND_*, STAFF_*. Answers the accounts that hear of it. */
export async function approveRelease(
  db: Db,
  id: string,
  by: Claim,
  now: Instant,
): Promise<{ readonly row: SecondRow; readonly accounts: readonly string[] }> {
  let accounts: readonly string[] = [];
  const row = await letHappen(db, id, by, { now, zone: zoneOfAsked }, async (tx, asked, second) => {
    if (asked.body.kind !== 'release') return fail('SECOND_UNKNOWN', { id });
    const release = { ...asked.body, id, at: now, by: second.ref, asked: asked.askedBy };
    accounts = await lift(tx, holderOf(asked), release, await zoneOfAsked(tx, asked));
  });
  return { row, accounts };
}

function holderOf({ account, person }: SecondRow): Holder {
  return account === null ? { person } : { account };
}

/** The local days of an asking are those of the account, or of the person. */
export async function zoneOfAsked(tx: Tx, row: SecondRow): Promise<Zone> {
  return (await zoneOf(tx, holderOf(row))) ?? 'UTC';
}

async function zoneOf(db: Db, of: Holder): Promise<Zone | null> {
  return 'account' in of ? (await accountOf(db, of.account)).zone : (await personOf(db, of.person)).zone;
}

/** In one transaction with whoever let it: the journal has it, and everything else of the person hears of it. */
async function lift(tx: Tx, of: Holder, event: HoldReleased, zone: Zone): Promise<readonly string[]> {
  if ('account' in of) {
    const { also = [] } = await accept(tx, of.account, event, 'staff');
    return [of.account, ...also];
  }
  const { hold, at, by } = event;
  const lastDay = lastDayOf(event, zone);
  return releasePerson(tx, of.person, { hold, at, lastDay, ...(by === undefined ? {} : { by }) });
}

async function found(tx: Tx, of: Holder, hold: string) {
  if ('person' in of) {
    const row = (await holdsOf(tx, of.person)).find((one) => one.hold === hold);
    if (row === undefined) return fail('HOLD_UNKNOWN', { hold, person: of.person });
    const held: Hold = { id: hold, type: row.type, from: row.fromDate, until: row.until };
    return { held, account: null, person: of.person, zone: (await zoneOf(tx, of)) ?? 'UTC' };
  }
  const account = await accountOf(tx, of.account);
  const held = holdNamed(await lastState(tx, account), hold);
  if (held === undefined) return fail('NAMED_UNKNOWN', { what: 'hold', id: hold });
  return { held, account: account.ref, person: account.person, zone: account.zone };
}

/** It was lifted under that id before: said again it is the same. */
const isSaid = (tx: Tx, of: Holder, id: string): Promise<boolean> =>
  'account' in of ? isTold(tx, of.account, id) : Promise.resolve(false);
