import { virtual, realDelay, type Clock } from '../domain/clock';
import type { Instant } from '../domain/units';

/**
 * The account's now. In real time it is the worker's clock as Temporal replays it. In rehearsal it is the moment that
 * the account slept until or a message says it happened, whichever is later: it moves only by `reach`.
 */
export class AccountTime {
  private moment: Instant;

  constructor(readonly clock: Clock) {
    this.moment = clock.kind === 'rehearsal' ? clock.epoch : '';
  }

  now(): Instant {
    return this.clock.kind === 'real' ? new Date(Date.now()).toISOString() : this.moment;
  }

  /** What the clock on the wall says: where a message without a time of its own belongs. */
  wall(): Instant {
    return virtual(this.clock, Date.now());
  }

  reach(moment: Instant): void {
    if (moment > this.moment) this.moment = moment;
  }

  /** Whether something that happened at `at` may be looked at. In real time what has arrived has happened. */
  hasCome(at: Instant): boolean {
    return this.clock.kind === 'real' || at <= this.moment;
  }

  /** Real milliseconds until then; 0 when the wall clock is past it. */
  delay(until: Instant): number {
    return realDelay(this.clock, Date.now(), until);
  }
}
