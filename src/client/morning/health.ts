import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import type { Instant } from '../../domain/units';
import type { FeedDays } from '../../intake/watch/missing-files';
import { healthNow, sayHealthNow } from '../health';

/** What a report says of whether its book can be trusted. */
export interface HealthLines {
  /** The line that stands on every report, and the host data behind it. */
  readonly lines: readonly string[];
  /** Feeds that are expected, with the days that they lack. */
  readonly feeds: readonly FeedDays[];
}

/** Whether anything is stopped, old, missing or untold. */
export async function healthLines(db: Db, lender: Of, now: Instant): Promise<HealthLines> {
  const at = await healthNow(db, lender, now);
  const host = at.hostData.map(
    ({ lender: of, asOf, hours, old }) =>
      `Host data of ${of} is as of ${asOf}, ${hours} hours old${old ? ': nothing but notices goes out' : ''}.`,
  );
  const lines = [sayHealthNow(at), ...(host.length > 0 ? host : ['No lender sends host files.'])];
  return { lines, feeds: at.feeds };
}
