import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { Clock } from '../domain/clock';

export const BUREAU_SCHEDULE = 'bureau-month';

/** Early on the second day, when the lender's month-end figures are in; a worker down on that day catches up. */
const CALENDAR = { dayOfMonth: 2, hour: 4, minute: 0, comment: 'records of the month that ended' } as const;

/**
 * Reporting follows the calendar for every account: the schedule is made once for the namespace and outlives workers.
 * A rehearsal's months are not the calendar's, so it gets none. An operator's changes to the schedule are kept.
 */
export async function keepBureauSchedule(
  temporal: Client,
  taskQueue: string,
  clock: Clock,
  timezone: string,
): Promise<void> {
  if (clock.kind !== 'real') return;
  try {
    await temporal.schedule.create({
      scheduleId: BUREAU_SCHEDULE,
      spec: { calendars: [CALENDAR], timezone },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '14 days' },
      action: {
        type: 'startWorkflow',
        workflowType: 'bureauMonth',
        taskQueue,
        workflowId: BUREAU_SCHEDULE,
        args: [],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
