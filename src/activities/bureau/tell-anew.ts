import { journalsOf, snapshotsOf } from '../../book/furnishing/snapshots';
import { historyOf } from '../../book/furnishing/told';
import type { QueueRow } from '../../book/furnishing/queue';
import { disputesNow } from '../../domain/bureau/cut-off/disputes-now';
import type { Journal } from '../../domain/bureau/cut-off/take-snapshot';
import { takeSnapshot } from '../../domain/bureau/cut-off/take-snapshot';
import type { Deleted } from '../../domain/bureau/metro2/derive/from-snapshot';
import { ForbearError } from '../../domain/errors/forbear-error';
import type { CycleFile } from './cycle-file';
import type { ToTell } from './furnish-page';

/**
 * Accounts whose queue says that something told of them may be wrong, as they are to be told now: every month that was
 * sent is reckoned anew from the journal, the last one with the codes that were said, so that the profile and the day of
 * first delinquency come out as they should have been.
 * @param on the day of the figures, with the cut-off day before: of the last file, or of the month that is being made
 */
export async function tellAnew(
  cycle: CycleFile,
  entries: readonly QueueRow[],
  current: ReadonlyMap<string, ToTell> = new Map(),
): Promise<ToTell[]> {
  const { db, reporting } = cycle;
  const byAccount = new Map<string, QueueRow[]>();
  for (const entry of entries) byAccount.set(entry.account, [...(byAccount.get(entry.account) ?? []), entry]);
  const accounts = [...byAccount.keys()];
  const journals = await journalsOf(db, accounts);
  const kept = await snapshotsOf(db, reporting.name, cycle.row.month, accounts);
  const found: ToTell[] = [];
  for (const [account, queued] of byAccount) {
    const journal = journals.get(account);
    if (journal === undefined) continue;
    const why = queued.map(({ reason }) => reason);
    const deleted = deletedBy(queued);
    const again = queued.some(({ kind }) => kind === 'rejected') ? ({ again: true } as const) : {};
    const told = current.get(account);
    const anew = await reckoned(cycle, account, journal);
    // Nothing was sent of it: what the month says is all there is to tell.
    if (anew === null) {
      const snapshot = told?.snapshot ?? kept.get(account);
      // A month's disputes are settled before it is sent; a correction is of now.
      const disputes = cycle.row.n > 0 ? { disputes: disputesNow(journal) } : {};
      if (snapshot !== undefined) found.push({ account, snapshot, deleted, why, ...again, ...disputes });
      continue;
    }
    const { row } = cycle;
    const snapshot = told?.snapshot ?? {
      ...takeSnapshot(journal, row.onDate, row.since),
      disputes: disputesNow(journal),
    };
    found.push({ account, snapshot, deleted, why, anew, ...again });
  }
  return found;
}

function deletedBy(queued: readonly QueueRow[]): Deleted {
  if (queued.some(({ kind }) => kind === 'fraud')) return 'fraud';
  return queued.some(({ kind }) => kind === 'delete') ? 'other' : null;
}

/** What the months before the file's should have said, one after the other, and what was said last. Null: nothing was. */
async function reckoned(
  { db, reporting, format, row }: CycleFile,
  account: string,
  journal: Journal,
): Promise<{ readonly last: unknown; readonly said: unknown } | null> {
  const history = await historyOf(db, account, reporting.name);
  const sent = history.filter(({ state, status }) => state === 'in' && status === 'sent');
  if (sent.length === 0) return null;
  const days = new Map(sent.map(({ onDate, since }) => [onDate, since]));
  let last: unknown = null;
  for (const [on, since] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (on >= row.onDate) continue;
    const snapshot = takeSnapshot(journal, on, since);
    const terms = reporting.products[snapshot.product];
    if (terms === undefined) continue;
    try {
      last = format.furnish({ snapshot, last, terms, deleted: null }).told;
    } catch (error) {
      // A month that cannot be told any more is a month without a report.
      if (!(error instanceof ForbearError)) throw error;
    }
  }
  return { last, said: sent.at(-1)?.told ?? null };
}
