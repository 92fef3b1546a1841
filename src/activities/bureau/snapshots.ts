import { journalsAfter, keepSnapshots, lastSnapshot } from '../../book/furnishing/snapshots';
import type { Db } from '../../book/open-book';
import { takeSnapshot } from '../../domain/bureau/cut-off/take-snapshot';
import { addDays } from '../../domain/calendar/day';
import type { Product } from '../../domain/account/terms';
import { beating } from './beat';
import type { Counted, FileRequest } from './contract';
import { cycleFile, isOver } from './cycle-file';

const PAGE = 500;
/** So long after its end an account is looked at for the last time: what was put aside until then follows. */
const LOOKED_AT_DAYS = 400;

/** How every account of the lender stood at the end of the cut-off day, each once; tried again it goes on where it was. */
export async function takeSnapshots(db: Db, request: FileRequest): Promise<Counted> {
  const cycle = await cycleFile(db, request);
  const { row, reporting } = cycle;
  if (isOver(cycle)) return { done: 0, aside: 0 };
  const products = Object.keys(reporting.products) as Product[];
  return beating(async (beat) => {
    let done = 0;
    for (let after = await lastSnapshot(db, reporting.name, row.month); ;) {
      const page = await journalsAfter(db, reporting.lender, products, after, PAGE);
      const kept = page
        .filter(({ enrolment }) => enrolment.enteredOn <= row.onDate)
        .map(({ ref, journal }) => ({ account: ref, snapshot: takeSnapshot(journal, row.onDate, row.since) }))
        .filter(
          ({ snapshot: { ended } }) => ended === null || ended.on > addDays(row.onDate, -LOOKED_AT_DAYS),
        );
      await keepSnapshots(db, reporting.name, row.month, kept);
      beat.say((done += kept.length));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return { done, aside: 0 };
      after = last.ref;
    }
  });
}
