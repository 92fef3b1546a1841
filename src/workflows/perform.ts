import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type {
  AccountActivities,
  CloseRequest,
  OfferAnswered,
  OfferRequest,
  RestoreRequest,
  StepRequest,
} from '../activities/contract';
import type { CompactState } from '../domain/account/instalments';
import type { Clock } from '../domain/clock';
import type { StepResult } from '../domain/decide/decision';
import { ASKS_THE_BOOK_AGAIN } from '../domain/decide/generation';
import { ACTIVITY_TIMEOUT_MS } from '../domain/policy/permit-life';
import type { Step } from '../domain/strategy/strategy';

/** How long a failed step may be tried before the account goes on, and what it is put off by then. */
const GIVE_UP = { real: '4 hours', rehearsal: '2 minutes' } as const;
const PUT_OFF_MS = 3_600_000;

/** Retries are billed, and an outside that is down comes back in minutes: ten seconds at first, five minutes at most. */
const RETRY = {
  real: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  rehearsal: { initialInterval: '1 second', backoffCoefficient: 1.5, maximumInterval: '5 seconds' },
} as const;

type Kind = Clock['kind'];

const steps = (kind: Kind) =>
  proxyActivities<AccountActivities>({
    startToCloseTimeout: ACTIVITY_TIMEOUT_MS,
    scheduleToCloseTimeout: GIVE_UP[kind],
    retry: RETRY[kind],
  });

// Without these the account cannot begin or end: they are tried until they succeed.
const records = (kind: Kind) =>
  proxyActivities<AccountActivities>({ startToCloseTimeout: ACTIVITY_TIMEOUT_MS, retry: RETRY[kind] });

const STEPS = { real: steps('real'), rehearsal: steps('rehearsal') };
const RECORDS = { real: records('real'), rehearsal: records('rehearsal') };

type StepActivity = 'contact' | 'schedule' | 'host' | 'legal';

/** Channels on which people act: the step becomes a task in the book, and the gate is asked when somebody sets out. */
const BY_PEOPLE: readonly string[] = ['call', 'visit', 'letter', 'agency'];

/** The one activity that carries out a step. */
export function activityOf(step: Step): StepActivity {
  if (step.kind === 'host') return 'host';
  const channel = step.channels?.[0] ?? '';
  // By the channel alone: a legal screening is a person's answer, sue or keep, and no case that counsel approves.
  if (channel === 'legal') return 'legal';
  if (step.kind === 'task' || step.campaign !== undefined || BY_PEOPLE.includes(channel)) return 'schedule';
  return 'contact';
}

export interface Performed {
  readonly result: StepResult;
  /** Whether the activity ended well, and with it the report is in the book. */
  readonly reported: boolean;
}

/**
 * Carries out a step. One whose activity failed for hours is put off by an hour, for late is better than never. A
 * message may have gone out: the book knows, and answers `unknown` for what it reserved. One that no worker ever took
 * up has not, and goes as long as its day lasts; after it the step's own missed rule holds.
 */
export async function perform(step: Step, request: StepRequest, summary: string): Promise<Performed> {
  const kind = request.factor === null ? 'real' : 'rehearsal';
  const activity = activityOf(step);
  try {
    const result = await STEPS[kind][activity].executeWithOptions({ summary }, [request]);
    if (typeof result?.how === 'string') return { result, reported: true };
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  return { result: failed(activity, request), reported: false };
}

function failed(activity: StepActivity, request: StepRequest): StepResult {
  const until = new Date(Date.parse(request.now) + PUT_OFF_MS).toISOString();
  if (activity !== 'contact') return { how: 'deferred', until, rule: 'activity-failed' };
  if (request.report.generation < ASKS_THE_BOOK_AGAIN) return { how: 'unknown' };
  return { how: 'deferred', until, rule: 'activity-failed', stopped: true };
}

const OFFERS = (kind: Kind) =>
  proxyActivities<AccountActivities>({
    startToCloseTimeout: '30 seconds',
    // Somebody waits for the answer, and asking again under the same id does no harm.
    scheduleToCloseTimeout: '2 minutes',
    retry: RETRY[kind],
  });
const ASKED = { real: OFFERS('real'), rehearsal: OFFERS('rehearsal') };

/** The book's answer to an offer, or null where it could not be asked in time. */
export async function offer(kind: Kind, request: OfferRequest): Promise<OfferAnswered | null> {
  const summary = `An offer of a ${request.offer.kind} is answered`;
  try {
    return await ASKED[kind].offer.executeWithOptions({ summary }, [request]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return null;
  }
}

export async function close(kind: Kind, request: CloseRequest, summary: string): Promise<void> {
  await RECORDS[kind].close.executeWithOptions({ summary }, [request]);
}

export async function restore(kind: Kind, request: RestoreRequest): Promise<CompactState> {
  const summary = 'The account is folded anew from its journal';
  return RECORDS[kind].restore.executeWithOptions({ summary }, [request]);
}
