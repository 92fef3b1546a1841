import type { Transaction } from 'kysely';
import type { AccountState } from '../domain/account/state';
import { countryOf } from '../domain/calendar/country';
import { localDate } from '../domain/calendar/zone';
import type { Stopped } from '../domain/policy/gate';
import { HOST_DATA_OLD, isDataOld } from '../domain/policy/host-data';
import { askAgainAt, ruleOf, stoppedBy, type Stop, type Subject } from '../domain/policy/switches';
import type { Step, Strategy } from '../domain/strategy/strategy';
import type { Instant, Scalar, Zone } from '../domain/units';
import { accountOf, type AccountRow } from './accounts';
import { readClock } from './clock';
import { foldAt } from './fold';
import { hostDataOf } from './host-data';
import type { Db } from './open-book';
import { personOf } from './people';
import { strategyByHash } from './strategies';
import { shareSwitches } from './switch-lock';
import type { Tables } from './tables';
import { holdsForVolume, type VolumeRead } from './volume';

/** A step on its way out on one channel, as far as switches ask. */
export interface Going {
  readonly row: AccountRow;
  readonly strategy: { readonly hash: string; readonly rules: Strategy };
  readonly step: Step;
  readonly channel: string;
  /** The segment as the workflow has it; left out: as its last report had it. */
  readonly segment?: string | null;
  /** Of a placement: the agency, where whoever hands it over names it. */
  readonly agency?: string;
  /** The person's own zone. */
  readonly zone: Zone | null;
  /** As the journal has it. */
  readonly account: AccountState;
  readonly due: Instant;
  readonly now: Instant;
}

/** What is read for it: the stops that stand, how old the lender's file is, and the day's volume. */
export interface StopsRead {
  readonly stops: readonly Stop[];
  readonly hostData: readonly { readonly asOf: Instant }[];
  readonly volume: VolumeRead & { readonly of: ReturnType<typeof volumeDay> };
}

/** What stands in its way, or null. Under `shareSwitches`. `read`: what is read of it already, under the same lock. */
export async function whatStops(
  tx: Transaction<Tables>,
  going: Going,
  read?: StopsRead,
): Promise<Stopped | null> {
  const rule = await against(tx, going, read);
  if (rule === null) return null;
  return { rule, until: askAgainAt(going.due, going.now, going.account.terms.digit) };
}

async function against(tx: Transaction<Tables>, going: Going, read?: StopsRead): Promise<string | null> {
  const stop = stoppedBy(read?.stops ?? (await standingStops(tx)), subjectOf(going));
  if (stop !== null) return ruleOf(stop);
  const { row, account, step, now, strategy, channel } = going;
  const isHost = account.terms.books === 'host';
  const newest = async (): Promise<Instant | null> =>
    read === undefined ? hostDataOf(tx, row.lender) : (read.hostData[0]?.asOf ?? null);
  const file = isHost ? await newest() : null;
  if (isDataOld(account, step, file, now, strategy.rules.contact.hostDataHours)) return HOST_DATA_OLD;
  const of = volumeDay(going);
  const isRead = read !== undefined && JSON.stringify(read.volume.of) === JSON.stringify(of);
  const held = await holdsForVolume(tx, of, isRead ? read.volume : undefined);
  return held ? ruleOf({ cause: 'volume', scope: 'channel', value: channel }) : null;
}

/** The day at the account, whose volume it is. */
export function volumeDay({ row, channel, now }: Pick<Going, 'row' | 'channel' | 'now'>) {
  return { lender: row.lender, channel, day: localDate(now, row.zone) };
}

/** Work that leaves the house without a permit: a campaign, a placement, a request to the lender's system, a case. */
export interface Work {
  readonly account: string;
  readonly step: string;
  readonly channel: string;
  /** Hash of the strategy that decided; left out: the account's own. */
  readonly strategy?: string;
  readonly segment?: string | null;
  /** Whom it is to reach, when it is another party than the account's own person. */
  readonly person?: string;
  /** Of a placement: the agency that it goes to; left out: as the account's facts name it. */
  readonly agency?: string;
  readonly due: Instant;
  readonly now: Instant;
}

/**
 * What stands in the way of work that is about to be begun. Takes the shared lock: in the transaction that begins it.
 * Throws ACCOUNT_UNKNOWN, STRATEGY_UNKNOWN.
 */
export async function whatStopsWork(tx: Transaction<Tables>, work: Work): Promise<Stopped | null> {
  await shareSwitches(tx);
  const row = await accountOf(tx, work.account);
  const hash = work.strategy ?? row.strategy;
  const rules = await strategyByHash(tx, hash);
  const step = rules.steps.find(({ name }) => name === work.step);
  if (step === undefined) return null;
  const { zone } = await personOf(tx, work.person ?? row.person);
  const account = await foldAt(tx, row, await readClock(tx), work.now);
  return whatStops(tx, { ...work, row, step, zone, account, strategy: { hash, rules } });
}

/** Every stop that stands, the oldest first. */
export function standingStops(db: Db): Promise<Stop[]> {
  return stopsInForce(db).execute();
}

export function stopsInForce(db: Db) {
  return db
    .selectFrom('switches')
    .select(['id', 'scope', 'value', 'lender', 'notices', 'cause'])
    .where('openedAt', 'is', null)
    .orderBy('stoppedAt');
}

function subjectOf({ row, strategy, step, channel, segment, agency, zone, account }: Going): Subject {
  const { facts } = account;
  const known = [segment, row.segment].filter((one) => one !== null && one !== undefined);
  return {
    lender: row.lender,
    channel,
    template: step.template ?? step.name,
    strategy: { hash: strategy.hash, name: strategy.rules.name },
    segments: [...new Set(known)],
    // What comes back from an agency that is stopped is not stopped.
    agency:
      channel === 'agency' && step.action !== 'recall' ? { name: agency ?? textOf(facts['agency']) } : null,
    jurisdictions: jurisdictionsOf([row.zone, zone], account),
    notice: step.kind === 'notice',
  };
}

/** Where account and person may be: as the host says, and where their clocks are. */
export function jurisdictionsOf(zones: readonly (Zone | null)[], { facts }: AccountState): string[] {
  const said = textOf(facts['jurisdiction']);
  const countries = zones.map((zone) => (zone === null ? null : countryOf(zone)));
  return [...new Set([said, ...countries].filter((one) => one !== null))];
}

function textOf(value: Scalar | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
