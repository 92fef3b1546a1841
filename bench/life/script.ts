import type { AccountInput, Enrolment, StepRequest } from '../../src/activities/contract';
import { strategyHash } from '../../src/book/strategy-hash';
import type { AccountEvent } from '../../src/domain/account/events';
import { addDays } from '../../src/domain/calendar/day';
import { instantOf, localDate } from '../../src/domain/calendar/zone';
import { GENERATION } from '../../src/domain/decide/generation';
import type { StepResult } from '../../src/domain/decide/decision';
import type { Step, Strategy } from '../../src/domain/strategy/strategy';
import type { Instant } from '../../src/domain/units';

/** A life that is told the same way every time: what the account is, and what the world answers and tells. */
export interface Script {
  readonly strategy: Strategy;
  /** The account as it is taken over, under the reference that is given. */
  readonly enrolment: (ref: string) => Enrolment;
  /** What is told while the account rests after the step, in the order given. */
  readonly told: (step: Step, now: Instant) => readonly Fact[];
}

type Distributed<E> = E extends AccountEvent ? Omit<E, 'id' | 'at' | 'seq'> : never;
/** An event without what the teller adds: its id, its place in the journal and the moment. */
export type Fact = Distributed<AccountEvent>;

/** The answer that the real activities give, made up from the step alone. */
export function answerTo(step: Step, request: StepRequest, zone: string): StepResult {
  const until = (days: number): Instant =>
    instantOf(addDays(localDate(request.now, zone), days), '10:00', zone);
  const campaign = step.campaign?.[request.path];
  if (campaign !== undefined) return { how: 'done', task: { kind: 'campaign', until: until(campaign.days) } };
  const isVisit = step.channels?.[0] === 'visit';
  if (isVisit) return { how: 'done', task: { kind: 'visit', until: until(step.answerDays ?? 1) } };
  if (step.kind === 'host')
    return { how: 'done', task: { kind: 'host', until: until(step.answerDays ?? 3) } };
  if (step.answerDays === undefined) return { how: 'done' };
  return { how: 'done', task: { kind: 'task', until: until(step.answerDays) } };
}

/** Virtual time does not run by the wall: the account's now is the moment that it slept until. */
export function inputOf({ strategy, enrolment }: Script, ref: string): AccountInput {
  const enrolled = enrolment(ref);
  const epoch = instantOf(enrolled.enteredOn, '00:00', enrolled.terms.zone);
  return {
    strategy: { hash: strategyHash(strategy) },
    clock: { kind: 'rehearsal', epoch, started: new Date().toISOString(), factor: 1 },
    generation: GENERATION,
    enrolment: enrolled,
  };
}

/** When the account was taken over. */
export function takenOver({ enrolment }: Script): Instant {
  const { enteredOn, terms } = enrolment('any');
  return instantOf(enteredOn, '00:00', terms.zone);
}
