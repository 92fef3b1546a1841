import type { Instant } from './units';

/**
 * How an account tells the time. `real`: by the worker's clock. `rehearsal`: virtual time began at `epoch` when the
 * real clock read `started`, and runs `factor` times as fast; an account's now is the moment it slept until or the
 * moment a message says it happened, whichever is later, so that load changes how long a show takes, never what
 * happens. A rehearsal is never switched on against channels that reach real people (the book refuses it).
 */
export type Clock =
  | { readonly kind: 'real' }
  | {
      readonly kind: 'rehearsal';
      readonly epoch: Instant;
      readonly started: Instant;
      readonly factor: number;
    };

/** Whether something is a clock that time can be told by. Whoever starts a workflow by hand may have left it out. */
export function isClock(given: unknown): given is Clock {
  if (typeof given !== 'object' || given === null) return false;
  const { kind, epoch, started, factor } = given as Readonly<Record<string, unknown>>;
  if (kind === 'real') return true;
  const moments = [epoch, started].every((one) => typeof one === 'string' && !Number.isNaN(Date.parse(one)));
  return kind === 'rehearsal' && moments && typeof factor === 'number' && factor > 0;
}

/** The virtual moment that belongs to a real one. */
export function virtual(clock: Clock, realMs: number): Instant {
  if (clock.kind === 'real') return new Date(realMs).toISOString();
  const passed = (realMs - Date.parse(clock.started)) * clock.factor;
  return new Date(Date.parse(clock.epoch) + passed).toISOString();
}

/** Real milliseconds from `realMs` until the virtual moment `until`; 0 when it has passed. */
export function realDelay(clock: Clock, realMs: number, until: Instant): number {
  if (clock.kind === 'real') return Math.max(0, Date.parse(until) - realMs);
  const at = Date.parse(clock.started) + (Date.parse(until) - Date.parse(clock.epoch)) / clock.factor;
  return Math.max(0, Math.ceil(at - realMs));
}
