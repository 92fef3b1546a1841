import { accountOf } from '../../book/accounts';
import { startAccount, type Desk } from '../start';

/** Starts a second: what a server of one machine carries beside the accounts that run already. */
const RATE = 40;
const AT_ONCE = 16;
/** Accounts that wait for their start before reading goes on. */
const MOST_WAITING = 1_000;

/**
 * Starts accounts at a bounded rate, a bounded number at a time, while the file is read on. An account that could not
 * be started ends the enrolment with the reason; the others that wait are found by the next run, or by the sweep.
 */
export class Starter {
  started = 0;
  private readonly waiting: string[] = [];
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | null = null;
  private next = Date.now();

  constructor(
    private readonly desk: Desk,
    private readonly rate: number = RATE,
  ) {}

  /** Takes an account; waits when too many are waiting already. */
  async add(ref: string): Promise<void> {
    this.waiting.push(ref);
    while (this.failure === null && this.waiting.length > MOST_WAITING) await this.turn();
    if (this.failure !== null) throw this.failure.error;
  }

  /** Starts all that wait, unless it is broken off. Throws what the first failed start threw. */
  async end(signal?: AbortSignal): Promise<void> {
    while (this.failure === null && this.waiting.length > 0 && signal?.aborted !== true) await this.turn();
    await Promise.all(this.running);
    if (this.failure !== null) throw this.failure.error;
  }

  /** The next start, when its time has come and there is room for it. */
  private async turn(): Promise<void> {
    const ref = this.waiting.shift();
    if (ref === undefined) return;
    const wait = this.next - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.next = Math.max(this.next, Date.now() - 100) + 1_000 / this.rate;
    while (this.running.size >= AT_ONCE) await Promise.race(this.running);
    const start: Promise<void> = this.start(ref).finally(() => this.running.delete(start));
    this.running.add(start);
  }

  private async start(ref: string): Promise<void> {
    try {
      await startAccount(this.desk, await accountOf(this.desk.db, ref));
      this.started += 1;
    } catch (error) {
      this.failure ??= { error };
    }
  }
}
