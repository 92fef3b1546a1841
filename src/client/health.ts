import { health, sayHealth, type Health } from '../book/health';
import type { Db } from '../book/open-book';
import type { Instant } from '../domain/units';
import { missingFiles, type FeedDays } from '../intake/watch/missing-files';

/** How things stand, with the feeds that watched folders expect. */
export interface HealthNow extends Health {
  readonly feeds: readonly FeedDays[];
}

/** Of one lender, or of all where it is null. `now` is the book's. */
export async function healthNow(db: Db, lender: string | null, now: Instant): Promise<HealthNow> {
  const [at, feeds] = await Promise.all([health(db, lender, now), missingFiles(db, lender, now)]);
  return { ...at, feeds };
}

/** The line that stands on every report. */
export function sayHealthNow(at: HealthNow): string {
  return sayHealth(at, at.feeds.filter(({ missing }) => missing.length > 0).map(sayMissing));
}

const SHOWN = 3;

/** `no file cards of bank for 2026-04-13 and 2 more days`. */
export function sayMissing({ lender, feed, missing }: FeedDays): string {
  const more = missing.length - SHOWN;
  const rest = more > 0 ? ` and ${more} more ${more === 1 ? 'day' : 'days'}` : '';
  return `no file ${feed} of ${lender} for ${missing.slice(0, SHOWN).join(', ')}${rest}`;
}
