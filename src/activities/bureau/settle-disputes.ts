import { disputesFor, markHandled, type QueueRow } from '../../book/furnishing/queue';
import { journalsOf, snapshotsOf } from '../../book/furnishing/snapshots';
import { putTold, toldOf, type NewTold } from '../../book/furnishing/told';
import { inTransaction, type Db } from '../../book/open-book';
import { disputesNow } from '../../domain/bureau/cut-off/disputes-now';
import { takeSnapshot, type Journal } from '../../domain/bureau/cut-off/take-snapshot';
import type { Snapshot } from '../../domain/bureau/cut-off/snapshot';
import type { Counted, FileRequest } from './contract';
import { cycleFile, isOver, type CycleFile } from './cycle-file';
import { furnishPage } from './furnish-page';
import { isHeldBack } from './held-back';
import { tellAnew } from './tell-anew';

/**
 * Disputes that opened or ended since the cut-off day are told as they are now, with the figures of that day; or, where
 * the settings say so, the record of one that opened since is held back. Never is a dispute that is known left out.
 */
export async function settleDisputes(db: Db, request: FileRequest): Promise<Counted> {
  const cycle = await cycleFile(db, request);
  const { row, reporting } = cycle;
  if (isOver(cycle)) return { done: 0, aside: 0 };
  const entries = await disputesFor(db, reporting.name, row.id);
  const accounts = [...new Set(entries.map(({ account }) => account))];
  const journals = await journalsOf(db, accounts);
  const kept = await snapshotsOf(db, reporting.name, row.month, accounts);
  let aside = 0;
  for (const [account, journal] of journals) {
    const mine = entries.filter((entry) => entry.account === account);
    const told = await settled(cycle, mine, journal, kept.get(account));
    aside += told.filter(({ state }) => state === 'aside').length;
    await inTransaction(db, async (tx) => {
      await putTold(tx, row.id, told);
      await markHandled(
        tx,
        mine.map(({ id }) => id),
        row.id,
      );
    });
  }
  return { done: accounts.length, aside };
}

async function settled(
  cycle: CycleFile,
  entries: readonly QueueRow[],
  journal: Journal,
  kept: Snapshot | undefined,
): Promise<readonly NewTold[]> {
  const { db, row, reporting, format } = cycle;
  const account = entries[0]?.account ?? '';
  const before = await toldOf(db, row.id, account);
  // What is taken out of the record stays so, whatever is said of it.
  if (before === undefined || format.isDeleted(before.told)) return [];
  const snapshot = kept ?? takeSnapshot(journal, row.onDate, row.since);
  const disputes = disputesNow(journal);
  const why = [...new Set([...before.why, ...entries.map(({ reason }) => reason)])];
  if (isHeldBack(reporting, snapshot, disputes)) return [{ ...HELD, account, why }];
  const page = await tellAnew(cycle, entries, new Map([[account, { account, snapshot }]]));
  return furnishPage(
    cycle,
    page.map((one) => ({ ...one, disputes, why, again: true as const })),
  );
}

const HELD = {
  ...({ state: 'aside', fields: null, told: null, length: null, corrects: false } as const),
  codes: ['BUREAU_DISPUTED_SINCE'],
};
