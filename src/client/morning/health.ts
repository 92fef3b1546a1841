import { health, sayHealth } from '../../book/health';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import type { Instant } from '../../domain/units';

/** Whether anything is stopped, old or untold: the line that stands on every report, and what it is made of. */
export async function healthLines(db: Db, lender: Of, now: Instant): Promise<string[]> {
  const at = await health(db, lender, now);
  const files = at.hostData.map(
    ({ lender: of, asOf, hours }) => `Host data of ${of} is as of ${asOf}, ${hours} hours old.`,
  );
  return [sayHealth(at), ...(files.length > 0 ? files : ['No host file was taken in yet.'])];
}
