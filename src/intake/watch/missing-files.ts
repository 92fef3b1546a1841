import { takenDays } from '../../book/feeds/feeds';
import { listWatches } from '../../book/feeds/watches';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import { localDate } from '../../domain/calendar/zone';
import { ForbearError } from '../../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../../domain/units';
import { settingsIn } from './kept-settings';
import { daysBetween, dueUntil } from './missing-days';
import type { Settings } from './read-settings';

/** How many days are looked back at: a day that nobody sent in a week is a matter for the lender, not for a morning. */
const DAYS = 7;

/** A feed of a watched folder, and the days of the last week of which no file of it was taken. */
export interface FeedDays {
  readonly lender: string;
  readonly feed: string;
  readonly missing: readonly IsoDate[];
}

/**
 * Every feed that is expected in a watched folder, with the days of the last seven on which a file should have come, by
 * its settings, and none was taken: none came, or it was refused. A day counts from the moment (`by`) on the day after
 * it. Before the first file of a feed none is missing.
 * @param lender of one lender, or of all where it is null
 */
export async function missingFiles(db: Db, lender: string | null, now: Instant): Promise<FeedDays[]> {
  const found: FeedDays[] = [];
  for (const watch of await listWatches(db)) {
    if (lender !== null && watch.lender !== lender) continue;
    const settings = readable(() => settingsIn(watch));
    for (const feed of settings?.feeds ?? []) {
      const { kind, layout } = feed;
      const { zone } = settings as Settings;
      const until = dueUntil(feed.by, localDate(now, zone), now, zone);
      const { first, days } = await takenDays(db, {
        ...{ lender: watch.lender, source: layout.source, kind },
        from: addDays(until, -DAYS),
      });
      const since = first === null || first < addDays(until, -DAYS - 1) ? addDays(until, -DAYS - 1) : first;
      const due = first === null ? [] : daysBetween(feed, since, until, zone);
      const missing = due.filter((day) => !days.includes(day));
      found.push({ lender: watch.lender, feed: feed.name, missing });
    }
  }
  return found;
}

/** Settings of an earlier version that cannot be read any more are said where the folder is looked into. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ForbearError) return null;
    throw error;
  }
}
