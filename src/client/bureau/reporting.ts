import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import { putReporting, reportingOf, stopReporting } from '../../book/furnishing/reportings';
import type { BureauRules, Reporting } from '../../domain/bureau/reporting';
import { fail } from '../../domain/errors/forbear-error';
import { readReporting } from '../../intake/bureau/read-reporting';
import type { Desk } from '../start';
import { rulesOfPack } from './rules-of-pack';

/** The name of a reporting's schedule, and of the workflows that it starts. */
export const scheduleOf = (name: string): string => `bureau:${name}`;

export interface ReportingSet {
  readonly reporting: Reporting;
  readonly rules: BureauRules;
  readonly how: 'new' | 'changed';
  /** A rehearsal's months are not the calendar's: it has no schedule, and is run by hand. */
  readonly scheduled: boolean;
}

/**
 * Sets how a lender reports: settings and the rules of their pack go into the book, and a schedule begins each month's
 * cycle on the day after the cut-off. One that an operator has paused stays paused.
 * Throws BUREAU_SETTINGS_*, BUREAU_REPORTING_FIXED, POLICY_*.
 */
export async function setReporting(desk: Desk, document: string, file: string): Promise<ReportingSet> {
  const { reporting, pack } = readReporting(document, file);
  const rules = rulesOfPack(pack);
  const how = await putReporting(desk.db, reporting, rules, document);
  const scheduled = desk.clock.kind === 'real' && reporting.furnisher !== 'nobody';
  if (scheduled) await schedule(desk, reporting);
  else await unlessGone(desk.temporal.schedule.getHandle(scheduleOf(reporting.name)).delete());
  return { reporting, rules, how, scheduled };
}

/** No further cycle begins. Throws BUREAU_REPORTING_UNKNOWN. */
export async function endReporting(desk: Desk, name: string): Promise<void> {
  await stopReporting(desk.db, name);
  await unlessGone(desk.temporal.schedule.getHandle(scheduleOf(name)).delete());
}

async function schedule({ temporal, taskQueue }: Desk, reporting: Reporting): Promise<void> {
  const { name, zone } = reporting;
  const given = {
    spec: { calendars: [calendarOf(reporting)], timezone: zone },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_MS, pauseOnFailure: false },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'bureauCycle',
      workflowId: scheduleOf(name),
      taskQueue,
      args: [{ reporting: name }],
      staticSummary: `The file of ${name}`,
    },
  };
  try {
    await temporal.schedule.create({ ...given, scheduleId: scheduleOf(name) });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(scheduleOf(name)).update(({ state }) => ({ ...given, state }));
  }
}

/** A cut-off late in the month is over at the latest when the month is. Where the lender reports, it hears every day. */
function calendarOf({ furnisher, cutOff }: Reporting) {
  const at = { hour: 3, minute: 30, comment: 'the day after the cut-off' } as const;
  if (furnisher === 'lender') return { ...at, comment: 'what the lender has to know' };
  return { ...at, dayOfMonth: cutOff === 'last' || cutOff > 27 ? 1 : cutOff + 1 };
}

export interface CycleWanted {
  /** `YYYY-MM`; left out, the last one whose cut-off day is over. */
  readonly month?: string;
  readonly corrections?: boolean;
}

export interface CycleState {
  readonly workflow: string;
  readonly phase: string;
  readonly file: string | null;
  readonly records: number;
  readonly aside: number;
}

/** Workers that were away for so long still tell the month. */
const CATCH_UP_MS = 14 * 86_400_000;

/** How often a cycle is asked how far it is. */
const LOOK_MS = 500;

/**
 * Runs a month's cycle, or that of corrections, and follows it until its file was sent, or waits for the day on which it
 * is. One that runs already is followed. Throws BUREAU_REPORTING_UNKNOWN, BUREAU_CYCLE_FAILED.
 */
export async function runCycle(
  desk: Desk,
  name: string,
  { month, corrections = false }: CycleWanted,
  onState: (state: CycleState) => void = () => undefined,
): Promise<CycleState> {
  await reportingOf(desk.db, name);
  const workflowId = `${scheduleOf(name)}:${corrections ? 'corrections' : (month ?? 'latest')}`;
  const input = { reporting: name, corrections, ...(month === undefined ? {} : { month }) };
  const { temporal, taskQueue } = desk;
  try {
    await temporal.workflow.start('bureauCycle', {
      ...{ workflowId, taskQueue, args: [input], workflowIdReusePolicy: 'ALLOW_DUPLICATE' },
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const handle = temporal.workflow.getHandle(workflowId);
  for (;;) {
    const { status } = await handle.describe();
    if (status.name === 'COMPLETED') {
      const end = (await handle.result()) as CycleResult;
      return { workflow: workflowId, phase: end.how, ...figuresOf(end) };
    }
    if (status.name !== 'RUNNING') return fail('BUREAU_CYCLE_FAILED', { workflow: workflowId });
    const view = await handle.query<Omit<CycleState, 'workflow'>>('cycle').catch(() => null);
    if (view !== null) {
      onState({ workflow: workflowId, ...view });
      if (view.phase === 'waiting') return { workflow: workflowId, ...view };
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

interface CycleResult {
  readonly how: string;
  readonly made: { readonly name: string; readonly records: number; readonly aside: number } | null;
}

function figuresOf({ made }: CycleResult) {
  return { file: made?.name ?? null, records: made?.records ?? 0, aside: made?.aside ?? 0 };
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
