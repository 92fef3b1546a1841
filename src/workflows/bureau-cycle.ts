import {
  ActivityCancellationType,
  defineQuery,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type { BureauCycleActivities, FileMade } from '../activities/bureau/contract';

export interface CycleInput {
  readonly reporting: string;
  /** `YYYY-MM`; left out, the last one whose cut-off day is over. */
  readonly month?: string;
  /** Corrections and deletions of what was sent last, between two months. */
  readonly corrections?: boolean;
}

export interface CycleEnd {
  readonly how: 'sent' | 'nothing' | 'told' | 'done' | 'off';
  readonly month: string | null;
  readonly made: FileMade | null;
}

export interface CycleView {
  readonly phase:
    'opening' | 'snapshots' | 'fields' | 'waiting' | 'disputes' | 'writing' | 'sending' | 'done';
  readonly file: string | null;
  readonly records: number;
  readonly aside: number;
}

export const cycleQuery = defineQuery<CycleView>('cycle');

const cycle = proxyActivities<BureauCycleActivities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '60 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '10 seconds', maximumInterval: '15 minutes' },
});

/**
 * One reporting's month, from the cut-off day to the file that was sent: reporting follows the calendar for all accounts
 * at once, and no account has a timer of its own. Between the figures and the sending it waits for the day; then disputes
 * that opened meanwhile are put in, and once more for those that open while the file is written.
 */
export async function bureauCycle({ reporting, month, corrections = false }: CycleInput): Promise<CycleEnd> {
  const { startTime } = workflowInfo();
  let view: CycleView = { phase: 'opening', file: null, records: 0, aside: 0 };
  const show = (more: Partial<CycleView>): void => {
    view = { ...view, ...more };
    setCurrentDetails(
      `**${view.file ?? reporting}**: ${view.phase}, ${view.records} records, ${view.aside} put aside`,
    );
  };
  setHandler(cycleQuery, () => view, {
    description: 'How far the file is: phase, records, records put aside',
  });

  const wanted = corrections ? null : (month ?? 'latest');
  const what = wanted === null ? `corrections of ${reporting}` : `${reporting}, ${wanted}`;
  const opened = await cycle.openBureauFile.executeWithOptions({ summary: `Open ${what}` }, [
    { reporting, month: wanted, now: startTime.toISOString() },
  ]);
  if (opened.how === 'lender') {
    await cycle.tellLender.executeWithOptions({ summary: `Tell the lender's system of ${reporting}` }, [
      { reporting },
    ]);
    return { how: 'told', month: wanted, made: null };
  }
  if (opened.how !== 'file') return { how: opened.how, month: wanted, made: null };

  const file = { reporting, file: opened.file };
  show({ file: opened.name });
  if (!opened.corrections) {
    show({ phase: 'snapshots' });
    await cycle.takeBureauSnapshots.executeWithOptions({ summary: `How accounts stood on ${opened.on}` }, [
      file,
    ]);
  }
  show({ phase: 'fields' });
  const told = await cycle.furnishBureauFile.executeWithOptions({ summary: `Fields of ${what}` }, [file]);
  show({ records: told.done, aside: told.aside });
  if (opened.sendInMs > 0) {
    show({ phase: 'waiting' });
    await sleep(opened.sendInMs, { summary: `The day on which ${opened.name} is sent` });
  }
  for (;;) {
    show({ phase: 'disputes' });
    await cycle.settleBureauDisputes.executeWithOptions({ summary: `Disputes since ${opened.on}` }, [file]);
    show({ phase: 'writing' });
    const made = await cycle.writeBureauFile.executeWithOptions({ summary: `Write ${opened.name}` }, [file]);
    show({ phase: 'sending', records: made.records, aside: made.aside });
    const { how } = await cycle.sendBureauFile.executeWithOptions({ summary: `Send ${opened.name}` }, [file]);
    if (how === 'changed') continue;
    show({ phase: 'done' });
    upsertMemo({ ended: how });
    return { how, month: opened.month, made: how === 'sent' ? made : null };
  }
}
