import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import type { Instant } from '../domain/units';
import type { AccountTime } from './account-time';

/**
 * What happens when an account rests, and the only file that knows: it sleeps on one durable timer. A later deadline
 * does not re-arm it (a cancelled timer is two events and an action more): it fires, and the account decides again.
 * Only an earlier one does.
 */
export class Rest {
  private timer: { readonly until: Instant; fired: boolean; readonly scope: CancellationScope } | null = null;

  constructor(private readonly time: AccountTime) {}

  /** Until the moment comes or `woken` holds, whichever is first. Without a moment: until `woken` holds. */
  async until(moment: Instant | null, woken: () => boolean): Promise<void> {
    if (moment !== null && this.time.delay(moment) === 0) {
      this.time.reach(moment);
      return;
    }
    if (moment !== null) this.arm(moment);
    const timer = this.timer;
    await condition(() => woken() || timer?.fired === true);
    if (timer?.fired !== true) return;
    this.time.reach(timer.until);
    this.timer = null;
  }

  private arm(until: Instant): void {
    if (this.timer !== null && this.timer.until <= until) return;
    this.timer?.scope.cancel();
    const timer = { until, fired: false, scope: new CancellationScope() };
    this.timer = timer;
    void timer.scope
      .run(() => sleep(this.time.delay(until), { summary: `until ${until}` }))
      .then(
        () => {
          timer.fired = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}
