import { stat } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { comeBack, leave, wantedToday, writeRows, type Moved } from '../../book/feeds/apply-rows';
import { answerFor } from '../../book/feeds/answers';
import { addWork, keepStagedWork, type Work } from '../../book/feeds/feed-work';
import {
  advanceFeed,
  alone,
  feedById,
  feedOfFile,
  newestFeed,
  unbookedFeeds,
  writeFeed,
  writeRefused,
  type Feed,
  type FeedName,
} from '../../book/feeds/feeds';
import { openFactStage, writeFacts } from '../../book/feeds/host-facts';
import { closeStage, openStage, wouldLeave } from '../../book/feeds/host-rows';
import { noteHostData } from '../../book/host-data';
import { newRef } from '../../book/ids';
import { inTransaction } from '../../book/open-book';
import type { FeedKind, Tables } from '../../book/tables';
import { holidaysOf, isBusinessDay } from '../../domain/calendar/business';
import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { fail, ForbearError } from '../../domain/errors/forbear-error';
import type { Strategy } from '../../domain/strategy/strategy';
import type { Currency, Instant, IsoDate, Zone } from '../../domain/units';
import { hashOf } from '../file/hash-of';
import { mustBeReadable } from '../file/read-records';
import { openRejects, type Rejects } from '../file/rejects';
import { book } from './book-work';
import type { Layout } from './layout';
import { mustBeWhole, readFile, type FileFacts } from './read-file';
import { AccountStage } from './stage-accounts';
import { FactStage } from './stage-facts';
import { Totals, type Announced } from './totals';
import { closesAs, holdOf } from './leaving';

export interface TakeOptions {
  readonly layout: Layout;
  readonly kind: FeedKind;
  /** Of the day that the file is of; the moment of its figures where a day has several files. */
  readonly businessDate: IsoDate;
  readonly moment?: Instant;
  /** What decides about accounts that begin; its currency and zone are those of rows that name none. */
  readonly strategy: { readonly hash: string; readonly rules: Strategy } | null;
  readonly currency: Currency;
  readonly zone: Zone;
  readonly announced: Announced;
  readonly rejects: string;
  readonly now: Instant;
  /** Percent that may leave with one snapshot; that of the layout when left out. */
  readonly leaveShare?: number;
  /** Who answers for it that more may leave. */
  readonly letLeaveBy?: string;
  /** Who answers for it that the file of another day is that of this day as well, byte by byte. */
  readonly sameAgainBy?: string;
  /** What the feed is to be called, where whoever takes it wants to know it again; a new reference when left out. */
  readonly id?: string;
  /** Told as it goes on. What it throws breaks off: between two pieces, with nothing half. */
  readonly onProgress?: (sofar: TakeProgress) => void;
}

/** How far it is. */
export interface TakeProgress {
  readonly phase: 'reading' | 'booking';
  /** Rows read; of `booking` accounts begun or told of. */
  readonly rows: number;
  /** How much of the phase is done, from 0 to 1. */
  readonly share: number;
}

export interface Taken {
  readonly feed: Feed;
  /** The file was taken before: nothing of it was read again. */
  readonly known: boolean;
  readonly rejected: number;
  readonly byCode: Readonly<Record<string, number>>;
}

/**
 * Takes a lender's file into the book: the whole of it, or nothing. It is read and checked first, into a table that
 * only this connection sees; what it says of its rows and the work that they mean is written in one transaction; then
 * the work is done in batches, each once. Killed anywhere and run again it goes on where it was. What the workflows
 * are to hear stands in the book when this returns, and is told by whoever called (client/feed/deliver.ts) or the sweep.
 * Throws FEED_* for a file that is refused, which the book remembers, and ENROL_* for one that cannot be read.
 */
export async function takeFeed(db: Kysely<Tables>, file: string, given: TakeOptions): Promise<Taken> {
  await mustBeReadable(file);
  const { size, mtimeMs } = await stat(file);
  const { layout, kind, businessDate, zone, now } = given;
  const name: FeedName = {
    ...{ lender: layout.lender, source: layout.source, kind, businessDate },
    ...{ asOf: given.moment ?? endOf(businessDate, zone, now), fileHash: await hashOf(file) },
  };
  const { onProgress } = given;
  const booking =
    onProgress && ((rows: number, all: number) => onProgress({ phase: 'booking', rows, share: rows / all }));
  return alone(db, layout.lender, async (connection) => {
    // What somebody has broken off comes first: later files follow on it.
    for (const { id } of await unbookedFeeds(connection, layout.lender)) await book(connection, id, booking);
    const before = await feedOfFile(connection, name);
    if (before !== undefined && before.businessDate === businessDate)
      return { feed: before, known: true, rejected: 0, byCode: {} };
    const options = await answeredFor(connection, name, given);
    const id = options.id ?? newRef();
    const rejects = openRejects(options.rejects);
    try {
      await mustFollow(connection, name, options);
      const named = { ...name, id, same: before ?? null };
      await read(connection, { file, size, mtimeMs }, named, options, rejects);
    } catch (error) {
      if (error instanceof ForbearError && error.code.startsWith('FEED_'))
        await writeRefused(connection, { ...name, id }, error.code, error.args);
      throw error;
    } finally {
      await rejects.close();
    }
    await book(connection, id, booking);
    const { count, byCode } = rejects;
    return { feed: await feedById(connection, id), known: false, rejected: count, byCode };
  });
}

/** What somebody said of the file when it was refused before holds for it now, byte by byte the same. */
async function answeredFor(
  connection: Kysely<Tables>,
  name: FeedName,
  options: TakeOptions,
): Promise<TakeOptions> {
  const answer = await answerFor(connection, name);
  const letLeaveBy = options.letLeaveBy ?? answer.letLeaveBy;
  const sameAgainBy = options.sameAgainBy ?? answer.sameBy;
  return {
    ...options,
    ...(letLeaveBy === null ? {} : { letLeaveBy }),
    ...(sameAgainBy === null ? {} : { sameAgainBy }),
  };
}

/** The end of the day, or now while it lasts: money that comes later today is not in the file's figures. */
function endOf(day: IsoDate, zone: Zone, now: Instant): Instant {
  const end = new Date(Date.parse(instantOf(addDays(day, 1), '00:00', zone)) - 1).toISOString();
  return end < now ? end : now;
}

/** Whether a file of that day may come now. */
async function mustFollow(
  connection: Kysely<Tables>,
  name: FeedName,
  { zone, now }: TakeOptions,
): Promise<void> {
  const found = name.businessDate;
  const today = localDate(now, zone);
  if (found > today) fail('FEED_IN_FUTURE', { found, today });
  const last = await newestFeed(connection, name);
  if (last === undefined || name.asOf > last.asOf) return;
  if (found < last.businessDate) fail('FEED_OLDER', { found, last: last.businessDate });
  fail('FEED_DATE_TAKEN', { found, feed: last.id });
}

interface Named extends FeedName {
  readonly id: string;
  /** The feed of another day whose file it is, byte by byte. */
  readonly same: Feed | null;
}

/**
 * The file of another day again is mostly a mistake, by which stale figures would pass for fresh ones. It is none where
 * there is nothing in it (nobody paid), where nobody worked on its day and so nothing was booked, or where somebody
 * answers for it. Money is booked on days off as well. Throws FEED_FILE_KNOWN.
 */
function mustBeAnother({ same, businessDate: found, kind }: Named, rows: number, options: TakeOptions): void {
  if (same === null || rows === 0 || options.sameAgainBy !== undefined) return;
  const isOfAccounts = kind === 'snapshot' || kind === 'delta';
  if (isOfAccounts && !isBusinessDay(found, holidaysOf(options.zone))) return;
  fail('FEED_FILE_KNOWN', { last: same.businessDate, feed: same.id, found });
}

/** What a feed is written down as. */
function written({ same, ...named }: Named, { sameAgainBy, letLeaveBy }: TakeOptions) {
  return {
    ...named,
    ...(same === null ? {} : { sameAs: same.id }),
    ...(same === null || sameAgainBy === undefined ? {} : { sameBy: sameAgainBy }),
    ...(letLeaveBy === undefined ? {} : { overriddenBy: letLeaveBy }),
  };
}

/** The file as it was when its hash was taken. */
interface Found {
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
}

async function read(
  connection: Kysely<Tables>,
  { file, ...found }: Found,
  named: Named,
  options: TakeOptions,
  rejects: Rejects,
): Promise<void> {
  const { layout, currency } = options;
  let bytes = 0;
  const facts: FileFacts = {
    ...{ totals: new Totals(layout.currency ?? currency), announced: {}, controls: 0 },
    onBytes: (more) => void (bytes += more),
  };
  const stage = layout.kind === 'accounts' ? await accounts() : await money();
  for await (const rows of readFile(file, layout, layout.currency ?? currency, facts)) {
    await stage.take(rows);
    const share = Math.min(1, bytes / Math.max(1, found.size));
    options.onProgress?.({ phase: 'reading', rows: facts.totals.rows, share });
  }
  await stage.settle();
  const { size, mtimeMs } = await stat(file);
  if (size !== found.size || mtimeMs !== found.mtimeMs) fail('FEED_CHANGED');
  mustBeAnother(named, facts.totals.rows, options);
  const said = facts.announced.date;
  if (said !== undefined && said !== named.businessDate)
    fail('FEED_DATE_DIFFERS', { said, found: named.businessDate });
  mustBeWhole(layout, facts, options.announced);
  // Before anything stands in the book: once it does, the file is not read again.
  await rejects.close();
  const { rows, sum } = facts.totals;
  const counts = { rows, sum, rejected: rejects.count };
  if (stage instanceof AccountStage) await writeAccounts(connection, named, options, stage, counts);
  else await writeMoney(connection, named, options, stage, counts);

  async function accounts(): Promise<AccountStage> {
    const { strategy } = options;
    if (strategy === null) fail('FEED_NEEDS_STRATEGY');
    await openStage(connection);
    const { businessDate, asOf } = named;
    return new AccountStage({ connection, layout, strategy, businessDate, asOf, rejects });
  }
  async function money(): Promise<FactStage> {
    await openFactStage(connection);
    return new FactStage({ connection, layout, currency, zone: options.zone, asOf: named.asOf, rejects });
  }
}

type Counts = Readonly<Record<string, number>>;

async function writeAccounts(
  connection: Kysely<Tables>,
  named: Named,
  options: TakeOptions,
  stage: AccountStage,
  counts: Counts,
): Promise<void> {
  const { id, lender, source, businessDate, asOf } = named;
  await closeStage(connection);
  // Where a row does not say whose it is, nobody can be said to be missing.
  const everybody = named.kind === 'snapshot' && stage.unnamed === 0;
  if (everybody) await mustNotLeave(connection, named, options);
  await inTransaction(connection, async (tx) => {
    const applied = { feed: id, lender, source, businessDate };
    await writeFeed(tx, {
      ...written(named, options),
      strategy: options.strategy?.hash ?? null,
      counts: { ...counts, ...stage.counts },
    });
    const back = await comeBack(tx, applied);
    await writeRows(tx, applied);
    const gone = [
      ...(everybody ? await leave(tx, applied, 'missing') : []),
      ...(await leave(tx, applied, 'gone')),
    ];
    const { enrol, update, last } = await keepStagedWork(tx, id);
    const moves = [
      ...back.map((moved) => returned(moved, named)),
      ...gone.map((moved) => left(moved, named)),
    ];
    const work = moves.flatMap((move, i): Work[] => (move === null ? [] : [{ ...move, n: last + 1 + i }]));
    await addWork(tx, id, work);
    const waited = await wantedToday(tx, applied, last + moves.length);
    await noteHostData(tx, lender, asOf);
    await advanceFeed(tx, id, 'taken', {
      ...{ enrol: enrol + waited, update, left: gone.length, back: back.length, unnamed: stage.unnamed },
    });
  });
}

/** Throws FEED_TOO_MANY_LEAVE, unless somebody answers for it. */
async function mustNotLeave(
  connection: Kysely<Tables>,
  { lender, source }: Named,
  { layout, leaveShare, letLeaveBy }: TakeOptions,
): Promise<void> {
  const { known, missing } = await wouldLeave(connection, lender, source);
  const most = leaveShare ?? layout.leaveShare;
  if (letLeaveBy !== undefined || missing * 100 <= known * most) return;
  const share = Math.round((missing / known) * 1000) / 10;
  fail('FEED_TOO_MANY_LEAVE', { missing, known, share, most });
}

type Move = Omit<Work, 'n'> | null;

function left(moved: Moved, { asOf, businessDate, lender, source }: Named): Move {
  if (moved.account === null) return null;
  const told = { id: `left:${lender}:${source}:${businessDate}`, at: asOf };
  const closing = closesAs(moved.reason);
  const event =
    closing === null
      ? { ...told, kind: 'hold', hold: holdOf(moved.leftOn), type: 'left', from: businessDate }
      : { ...told, kind: 'close', reason: closing };
  return { what: 'fact', number: moved.number, body: event };
}

function returned(moved: Moved, { asOf, businessDate, lender, source }: Named): Move {
  if (moved.account === null) return null;
  const id = `back:${lender}:${source}:${businessDate}`;
  const lastDay = addDays(businessDate, -1);
  const event = { id, at: asOf, kind: 'release', hold: holdOf(moved.leftOn), lastDay };
  return { what: 'fact', number: moved.number, body: event };
}

async function writeMoney(
  connection: Kysely<Tables>,
  named: Named,
  options: TakeOptions,
  stage: FactStage,
  counts: Counts,
): Promise<void> {
  await inTransaction(connection, async (tx) => {
    await writeFeed(tx, {
      ...written(named, options),
      strategy: null,
      counts: { ...counts, same: stage.same },
    });
    const { fresh, work } = await writeFacts(tx, named.id, named.lender);
    await advanceFeed(tx, named.id, 'taken', { fresh, kept: fresh - work });
  });
}
