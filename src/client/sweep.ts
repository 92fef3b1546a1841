import { accountOf } from '../book/accounts';
import { settleExpired } from '../book/attempts';
import { endCampaigns } from '../book/end-campaigns';
import { untold } from '../book/journal';
import { askRecallsOfAll } from '../book/placements';
import { lateFacts, notStarted, openAccounts } from '../book/sweep';
import { virtual } from '../domain/clock';
import { isUnreachable } from './connection';
import { startAccount, startAgain, type Desk } from './start';
import { settleLate, tell } from './tell';
import { keepTurning } from './turns';

export interface Swept {
  /** Accounts whose start had never been confirmed. */
  readonly started: number;
  /** Open accounts that had no run: terminated or lost, folded from the journal. */
  readonly restored: number;
  readonly told: number;
  readonly late: number;
  /** Attempts whose sender died: they count, and are not sent again. */
  readonly settled: number;
  /** Call campaigns that had their end. */
  readonly ended: number;
  /** Accounts placed with an agency that is stopped, of which nobody had been asked yet. */
  readonly asked: number;
}

export interface SweepOptions {
  /** Facts and accounts younger than this are still with whoever brought them. */
  readonly afterSeconds?: number;
  /** Open accounts compared with Temporal in one turn. */
  readonly page?: number;
  /** Raised to stop between two accounts. */
  readonly signal?: AbortSignal;
}

const AT_ONCE = 200;

/**
 * Finds what fell between the book and Temporal, and puts it right: accounts never started, facts never told, facts
 * that came after closing, open accounts without a run, attempts that nobody settled. Each turn compares one page of
 * the open accounts, the next page the next time. Repeating it does nothing twice.
 */
export class Sweep {
  private after = '';

  constructor(
    private readonly desk: Desk,
    private readonly options: SweepOptions = {},
  ) {}

  async turn(): Promise<Swept> {
    const { db } = this.desk;
    const { afterSeconds = 15, page = AT_ONCE, signal } = this.options;
    const stopped = (): boolean => signal?.aborted === true;
    let [started, restored, told, late] = [0, 0, 0, 0];

    for (const { ref } of await notStarted(db, afterSeconds, AT_ONCE)) {
      if (stopped()) break;
      await startAccount(this.desk, await accountOf(db, ref));
      started += 1;
    }
    const waiting = await untold(db, AT_ONCE);
    for (const account of new Set(waiting.map((fact) => fact.account))) {
      if (stopped()) break;
      if ((await tell(this.desk, account)) !== 'waiting') told += 1;
    }
    const afterClosing = await lateFacts(db, AT_ONCE);
    for (const ref of new Set(afterClosing.map((fact) => fact.ref))) {
      if (stopped()) break;
      const own = afterClosing.filter((fact) => fact.ref === ref);
      await settleLate(this.desk, await accountOf(db, ref), own);
      late += own.length;
    }
    const open = await openAccounts(db, page, this.after);
    for (const { ref } of open) {
      if (stopped()) break;
      if (await startAgain(this.desk, await accountOf(db, ref))) restored += 1;
      this.after = ref;
    }
    if (open.length < page) this.after = '';
    if (stopped()) return { started, restored, told, late, settled: 0, ended: 0, asked: 0 };
    const now = virtual(this.desk.clock, Date.now());
    const ended = await endCampaigns(db, now);
    const asked = await askRecallsOfAll(db, now);
    return { started, restored, told, late, settled: await settleExpired(db), ended, asked };
  }
}

/**
 * Sweeps again and again until stopped. Temporal or the book away for a while only delays it; anything else is given
 * to `onError`, and the sweep goes on.
 */
export function keepSweeping(
  desk: Desk,
  options: SweepOptions & {
    readonly everySeconds?: number;
    readonly onError?: (error: unknown) => void;
  } = {},
): { stop(): Promise<void> } {
  return keepTurning(
    (signal) => {
      const sweep = new Sweep(desk, { ...options, signal });
      return () => sweep.turn();
    },
    options.everySeconds ?? 30,
    (error) => {
      if (!isUnreachable(error)) options.onError?.(error);
    },
  );
}
