import { proxyActivities, workflowInfo } from '@temporalio/workflow';

interface BureauActivities {
  /** Makes the month's record of every account, once. @param month `YYYY-MM` */
  bureauMonth(month: string): Promise<BureauMonth>;
}
export interface BureauMonth {
  readonly month: string;
  readonly records: number;
  /** Accounts that are late and were never told before: nothing adverse is said of them. */
  readonly withheld: number;
}

const { bureauMonth: makeMonth } = proxyActivities<BureauActivities>({
  startToCloseTimeout: '2 hours',
  retry: { initialInterval: '1 minute', maximumInterval: '1 hour' },
});

/**
 * Run by a schedule after each month's end, for every account, late or not: reporting follows the calendar and is no
 * lever of the ladder. Without a month it makes the one before the day it started on.
 */
export async function bureauMonth(month?: string): Promise<BureauMonth> {
  const wanted = month ?? monthBefore(workflowInfo().startTime);
  return makeMonth.executeWithOptions({ summary: `The bureau's records of ${wanted}` }, [wanted]);
}

function monthBefore(day: Date): string {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
