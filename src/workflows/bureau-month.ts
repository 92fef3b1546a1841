import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { BureauActivities } from '../activities/bureau/contract';

const { bureauMonth: make } = proxyActivities<BureauActivities>({
  startToCloseTimeout: '30 minutes',
  retry: { initialInterval: '1 minute', maximumInterval: '10 minutes' },
});

/**
 * The month's record for the credit bureau, started by a schedule on the first days of a month. Without a month it
 * makes the one before the day on which it was started.
 */
export async function bureauMonth(month?: string): ReturnType<typeof make> {
  return make(month ?? monthBefore(workflowInfo().startTime));
}

function monthBefore(started: Date): string {
  return new Date(Date.UTC(started.getUTCFullYear(), started.getUTCMonth(), 0)).toISOString().slice(0, 7);
}
