import {
  asideOf,
  lastSent,
  lastTold,
  putTold,
  standingIn,
  sumsOf,
  type NewTold,
} from '../../book/furnishing/told';
import { journalsOf, snapshotsAfter, snapshotsOf } from '../../book/furnishing/snapshots';
import { markHandled, waiting, type QueueRow } from '../../book/furnishing/queue';
import { endRecordTasks, openRecordTask } from '../../book/furnishing/tasks';
import { inTransaction, type Db } from '../../book/open-book';
import { listFiles } from '../../book/furnishing/files';
import { disputesNow } from '../../domain/bureau/cut-off/disputes-now';
import type { Instant } from '../../domain/units';
import { beating, type Beat } from './beat';
import type { Counted, FileRequest } from './contract';
import { cycleFile, isOver, type CycleFile } from './cycle-file';
import { furnishPage, type ToTell } from './furnish-page';
import { isHeldBack } from './held-back';
import { tellAnew } from './tell-anew';

const PAGE = 500;
/** Disputes are settled when the file is about to be written, not here. */
const FIGURES = ['figures', 'delete', 'fraud', 'rejected'] as const;

/** The fields of each account of the file, checked; tried again it goes on behind the last page. */
export async function furnishFile(db: Db, request: FileRequest, now: Instant): Promise<Counted> {
  const cycle = await cycleFile(db, request);
  if (isOver(cycle)) return { done: 0, aside: 0 };
  return beating(async (beat) => {
    if (cycle.row.n > 0) await corrections(cycle, beat, now);
    else await month(cycle, beat, now);
    const { records, aside } = await sumsOf(db, cycle.row.id);
    return { done: records, aside };
  });
}

async function month(cycle: CycleFile, beat: Beat, now: Instant): Promise<void> {
  const { db, row, reporting } = cycle;
  let done = 0;
  for (let after = await lastTold(db, row.id); ;) {
    const kept = await snapshotsAfter(db, reporting.name, row.month, after, PAGE);
    const page = new Map<string, ToTell>(kept.map((one) => [one.account, one]));
    const entries = await waiting(db, reporting.name, { accounts: [...page.keys()], kinds: FIGURES });
    for (const one of await tellAnew(cycle, entries, page)) page.set(one.account, one);
    await keep(cycle, await furnishPage(cycle, [...page.values()]), entries, now);
    beat.say((done += kept.length));
    const last = kept.at(-1);
    if (last === undefined || kept.length < PAGE) return;
    after = last.account;
  }
}

/**
 * What the queue has, and what the month's file put aside and can be told by now. Unlike the month it is reckoned by
 * what is known now: it is what should have been said.
 */
async function corrections(cycle: CycleFile, beat: Beat, now: Instant): Promise<void> {
  const { db, reporting } = cycle;
  let done = 0;
  for (let after = 0; ;) {
    const entries = await waiting(db, reporting.name, { after, limit: PAGE });
    const last = entries.at(-1);
    if (last === undefined) break;
    // All that waits of an account is told at once.
    const accounts = [...new Set(entries.map(({ account }) => account))];
    const held = await heldBack(cycle, accounts);
    const all = (await waiting(db, reporting.name, { accounts })).filter(({ account }) => !held.has(account));
    await keep(cycle, await furnishPage(cycle, await tellAnew(cycle, all)), all, now);
    beat.say((done += entries.length));
    after = last.id;
  }
  await putAsideBefore(cycle, now);
}

async function putAsideBefore(cycle: CycleFile, now: Instant): Promise<void> {
  const { db, row, reporting } = cycle;
  const [file] = (await listFiles(db, { reporting: reporting.name, month: row.month })).filter(
    ({ n }) => n === 0,
  );
  if (file === undefined) return;
  for (let after = ''; ;) {
    const page = await asideOf(db, file.id, PAGE, after);
    const last = page.at(-1);
    if (last === undefined) return;
    const told = await furnishPage(
      cycle,
      await toldLate(
        cycle,
        page.map(({ account }) => account),
      ),
    );
    // What still cannot be told has its task already.
    await keep(
      cycle,
      told.filter(({ state }) => state === 'in'),
      [],
      now,
    );
    after = last.account;
  }
}

/**
 * The month of accounts that its file put aside, with the disputes as they are by now. Left out is what was told since,
 * by this file or one before it, and what waits for the end of a dispute.
 */
async function toldLate(cycle: CycleFile, accounts: readonly string[]): Promise<readonly ToTell[]> {
  const { db, row, reporting } = cycle;
  const here = await standingIn(db, row.id, accounts);
  const sent = await lastSent(db, reporting.name, accounts, row.no);
  const left = accounts.filter((one) => !here.has(one) && sent.get(one)?.month !== row.month);
  const kept = await snapshotsOf(db, reporting.name, row.month, left);
  const journals = await journalsOf(db, left);
  const held = await heldBack(cycle, left);
  return [...kept].flatMap(([account, snapshot]): ToTell[] => {
    const journal = journals.get(account);
    if (journal === undefined) return [];
    return held.has(account) ? [] : [{ account, snapshot, disputes: disputesNow(journal) }];
  });
}

/**
 * Accounts whose month was not sent and waits for the end of a dispute that opened since; what the queue has of them
 * waits with it. One that is to be deleted waits for nothing.
 */
async function heldBack(cycle: CycleFile, accounts: readonly string[]): Promise<ReadonlySet<string>> {
  const { db, row, reporting } = cycle;
  if (reporting.lateDispute !== 'hold') return new Set();
  const sent = await lastSent(db, reporting.name, accounts, row.no);
  const deleted = await waiting(db, reporting.name, { accounts, kinds: ['delete', 'fraud'] });
  const free = new Set(deleted.map(({ account }) => account));
  const left = accounts.filter((one) => !free.has(one) && sent.get(one)?.month !== row.month);
  const kept = await snapshotsOf(db, reporting.name, row.month, left);
  const held = [...(await journalsOf(db, left))].filter(([account, journal]) => {
    const snapshot = kept.get(account);
    return snapshot !== undefined && isHeldBack(reporting, snapshot, disputesNow(journal));
  });
  return new Set(held.map(([account]) => account));
}

/** One page, whole: its records, its tasks, and what of the queue it has told. */
async function keep(
  { db, row, reporting }: CycleFile,
  told: readonly NewTold[],
  entries: readonly QueueRow[],
  now: Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await putTold(tx, row.id, told);
    const aside = told.filter(({ state }) => state === 'aside');
    const people = await accountsOf(
      tx,
      aside.map(({ account }) => account),
    );
    for (const { account, codes } of aside) {
      const known = people.get(account);
      if (known === undefined) continue;
      const inputs = { reporting: reporting.name, file: row.id, codes: codes ?? [] };
      await openRecordTask(tx, known, 'record', row.onDate, inputs, row.n + 1);
    }
    await endRecordTasks(
      tx,
      told.filter(({ state }) => state === 'in').map(({ account }) => account),
      now,
    );
    const by = new Map(told.map(({ account, state }) => [account, state]));
    await markHandled(
      tx,
      entries.filter(({ account }) => by.get(account) === 'in').map(({ id }) => id),
      row.id,
    );
    // What is put aside waits on; what changes nothing that was told is over.
    await markHandled(
      tx,
      entries.filter(({ account }) => !by.has(account)).map(({ id }) => id),
      'nothing',
    );
  });
}

async function accountsOf(db: Db, accounts: readonly string[]) {
  if (accounts.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('accounts')
    .select(['ref', 'person', 'zone'])
    .where('ref', 'in', [...accounts])
    .execute();
  return new Map(rows.map((one) => [one.ref, one]));
}
