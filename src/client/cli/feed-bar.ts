import { SingleBar } from 'cli-progress';
import { toDeliver } from '../../book/feeds/feeds';
import type { TakeProgress } from '../../intake/feed/take';
import type { Delivered } from '../feed/deliver';

const SHOWN_AFTER_MS = 1_000;
/** The bar counts in thousandths of a phase: how many rows a file has is known only at its end. */
const FULL = 1_000;

const SAYS = { reading: 'rows read', booking: 'accounts written', delivering: 'accounts told' } as const;

export interface FeedBar {
  take(sofar: TakeProgress): void;
  /** Of what the feed was found to mean. */
  deliver(counts: Readonly<Record<string, number>>): (sofar: Delivered) => void;
  stop(): void;
}

/** On a terminal a bar for each phase of a feed that takes longer than a second; elsewhere nothing, so that logs stay short. */
export function feedBar(isTTY: boolean): FeedBar {
  if (!isTTY) return { take: () => undefined, deliver: () => () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: '{bar} {percentage} %, {count} {what}, {duration_formatted}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const since = Date.now();
  let phase: keyof typeof SAYS | null = null;
  const show = (now: keyof typeof SAYS, count: number, share: number): void => {
    if (Date.now() - since < SHOWN_AFTER_MS) return;
    const of = { count, what: SAYS[now] };
    const at = Math.round(Math.min(1, share) * FULL);
    if (phase === now) return bar.update(at, of);
    bar.stop();
    // From where it is: what was done before it was shown was done all the same.
    bar.start(FULL, at, of);
    phase = now;
  };
  return {
    take: ({ phase: now, rows, share }) => show(now, rows, share),
    deliver: (counts) => {
      const all = Math.max(1, toDeliver(counts));
      return ({ started, told }) => show('delivering', started + told, (started + told) / all);
    },
    stop: () => bar.stop(),
  };
}
