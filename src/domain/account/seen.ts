import type { AccountEvent } from './events';
import type { Seen } from './state';

/** Messages that did not come through the journal are remembered for so many of their kind. */
const REMEMBERED_IDS = 100;
/** Journal places that overtook a missing one. Beyond this the gap is taken for one that the account never gets. */
const REMEMBERED_PLACES = 256;

/** Whether the event was applied before: by its place in the journal, or by its id where it came without one. */
export function isSeen(seen: Seen, { id, seq }: AccountEvent): boolean {
  if (seq !== undefined && (seq <= seen.upTo || seen.beyond.includes(seq))) return true;
  return seen.ids.includes(id);
}

/**
 * Remembers the event. One that came straight and later through the journal is known by its id, so its place is
 * remembered too.
 */
export function markSeen(seen: Seen, { id, seq }: AccountEvent): Seen {
  if (seq !== undefined) return markPlace(seen, seq);
  if (seen.ids.includes(id)) return seen;
  return { ...seen, ids: [...seen.ids, id].slice(-REMEMBERED_IDS) };
}

function markPlace(seen: Seen, seq: number): Seen {
  if (seq <= seen.upTo || seen.beyond.includes(seq)) return seen;
  if (seq === seen.upTo + 1 && seen.beyond.length === 0) return { ...seen, upTo: seq };
  const beyond = [...seen.beyond, seq].sort((a, b) => a - b);
  let upTo = seen.upTo;
  while (beyond.length > 0 && (beyond[0] === upTo + 1 || beyond.length > REMEMBERED_PLACES)) {
    upTo = beyond.shift() ?? upTo;
  }
  return { ...seen, upTo, beyond };
}
