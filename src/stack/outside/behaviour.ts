import { z } from 'zod';

/**
 * How a channel of the outside treats the next messages. Each is something that carriers do:
 * `slow` accepts and answers late; `drop-after-accepting` accepts and is gone before it answers, so the sender cannot
 * know; `drop-before-accepting` is gone before anything was taken; `refuse` says no for now, `reject` for good;
 * `throttle` says not so fast; `undeliverable` accepts and reports later that the message did not arrive.
 */
export const behaviour = z.strictObject({
  channel: z.enum(['sms', 'email']),
  do: z.enum([
    'ok',
    'slow',
    'drop-after-accepting',
    'drop-before-accepting',
    'refuse',
    'reject',
    'throttle',
    'undeliverable',
  ]),
  /** For how many messages; without it until told otherwise. */
  times: z.int().positive().optional(),
  /** Delay of `slow`, milliseconds. */
  ms: z.int().positive().max(600_000).optional(),
});
export type Behaviour = z.infer<typeof behaviour>;
export type Manner = { readonly do: Behaviour['do']; readonly ms: number };

const OK: Manner = { do: 'ok', ms: 0 };

/** The behaviours that are set, by channel. */
export class Behaviours {
  private readonly set = new Map<string, { manner: Manner; left: number }>();

  tell(told: Behaviour): void {
    if (told.do === 'ok') this.set.delete(told.channel);
    else
      this.set.set(told.channel, { manner: { do: told.do, ms: told.ms ?? 0 }, left: told.times ?? Infinity });
  }

  /** The manner for one more message of that channel; counts it. */
  next(channel: 'sms' | 'email'): Manner {
    const entry = this.set.get(channel);
    if (!entry) return OK;
    entry.left -= 1;
    if (entry.left <= 0) this.set.delete(channel);
    return entry.manner;
  }
}
