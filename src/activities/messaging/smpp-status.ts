import type { Sent } from './carrier';

/** SMPP 3.4, table 5-2: not so fast, or the queue is full. */
const THROTTLED = new Set([0x14, 0x58]);
/** A fault of the centre that may be over in a moment: system error, submit failed, temporary application error. */
const FOR_NOW = new Set([0x08, 0x45, 0x64]);

/** What a status other than 0 in `submit_sm_resp` means: the centre did not take the message. */
export function refusal(status: number): Sent {
  const reason = `smpp-0x${status.toString(16).padStart(2, '0')}`;
  if (THROTTLED.has(status)) return { how: 'throttled', reason };
  return { how: 'refused', reason, again: FOR_NOW.has(status) };
}
