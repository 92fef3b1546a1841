import { ForbearError } from '../domain/errors/forbear-error';
import type { Say } from './cache';
import type { Keeper, Service } from './keeper';

const WITHIN_MS = 60_000;
const MOST_RESTARTS = 5;

/** Starts services and starts them again when they end unasked, until one ends too often. */
export class Supervisor {
  constructor(
    private readonly keeper: Keeper,
    private readonly say: Say,
    private readonly lost: (error: ForbearError) => void,
  ) {}

  /** Starts a service for the first time; its failure is the caller's. */
  async keep<T extends { readonly service: Service }>(start: (before?: T) => Promise<T>): Promise<T> {
    const first = await start();
    this.watch(first, start, []);
    return first;
  }

  private watch<T extends { readonly service: Service }>(
    running: T,
    start: (before?: T) => Promise<T>,
    restarts: readonly number[],
  ): void {
    const { name, pid, log } = running.service;
    void running.service.ended.then(async () => {
      let times = restarts;
      while (!this.keeper.wasStopped(pid)) {
        times = [...times.filter((at) => at > Date.now() - WITHIN_MS), Date.now()];
        if (times.length > MOST_RESTARTS) {
          this.lost(new ForbearError('STACK_SERVICE_LOST', { service: name, times: times.length, log }));
          return;
        }
        this.say(`${name} ended unasked, starting it again`);
        try {
          this.watch(await start(running), start, times);
          return;
        } catch {
          await new Promise((done) => setTimeout(done, 1000));
        }
      }
    });
  }
}
