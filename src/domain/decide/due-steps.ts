import type { Step } from '../strategy/strategy';
import type { Instant } from '../units';
import type { Occurrence } from './decision';
import { hindrance } from './hindrance';
import { firstNotice, isOfStage, nextOccurrence } from './occurrence';
import type { Situation } from './situation';

/** A step and the occurrence of it that comes next; `ready` is the moment from which it may be looked at. */
export interface Candidate {
  readonly step: Step;
  readonly occurrence: Occurrence;
  readonly ready: Instant;
  readonly origin: 'first' | 'put-off' | 'ladder';
}

/** Later than any moment: what waits for an event and not for a day. */
export const UNTIL_AN_EVENT: Instant = '9999-12-31T00:00:00.000Z';

/** Every occurrence that is due or ahead, in the order in which they are taken: required notices first, then by moment. */
export function candidates(situation: Situation): readonly Candidate[] {
  const found: Candidate[] = [...putOff(situation)];
  for (const step of situation.strategy.steps) {
    const first = firstNotice(step, situation);
    if (first !== null) found.push({ step, occurrence: first, ready: first.due, origin: 'first' });
    const next = nextOccurrence(step, situation);
    if (next !== null && first === null)
      found.push({ step, occurrence: next, ready: next.due, origin: 'ladder' });
  }
  return found.sort(
    (a, b) => Number(b.origin === 'first') - Number(a.origin === 'first') || compareText(a.ready, b.ready),
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What was put off, with the moment at which it may go; what waits for an event is looked at again every time. */
function putOff(situation: Situation): Candidate[] {
  const found: Candidate[] = [];
  const { deferred, owed } = situation.account;
  for (const { step: name, anchor, n, due, notBefore, data } of deferred) {
    const step = situation.strategy.steps.find((one) => one.name === name);
    if (step === undefined) continue;
    const occurrence = { step: name, anchor, n, due };
    let ready = notBefore;
    if (notBefore === UNTIL_AN_EVENT) {
      const against = hindrance(step, occurrence, situation);
      ready = against?.kind === 'put-off' ? (against.until ?? UNTIL_AN_EVENT) : situation.now;
    }
    if (data !== undefined && owed.host !== null && owed.host.asOf > data) ready = situation.now;
    found.push({ step, occurrence, ready, origin: 'put-off' });
  }
  return found;
}

/** Steps put off that no longer belong to the stage, or to the path: they are dropped when the stage changes. */
export function belongs(step: Step | undefined, stage: string | null, path: string | null): boolean {
  return step !== undefined && path !== null && isOfStage(step, stage) && step.at.days[path] !== undefined;
}
