import { health, sayHealth } from '../../book/health';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import type { Instant } from '../../domain/units';

/** Whether anything is stopped, old or untold: the line that stands on every report, and the host data behind it. */
export async function healthLines(db: Db, lender: Of, now: Instant): Promise<string[]> {
  const at = await health(db, lender, now);
  const host = at.hostData.map(
    ({ lender: of, asOf, hours, old }) =>
      `Host data of ${of} is as of ${asOf}, ${hours} hours old${old ? ': nothing but notices goes out' : ''}.`,
  );
  return [sayHealth(at), ...(host.length > 0 ? host : ['No lender sends host files.'])];
}
