import type { ForbearClient } from '../../client/client';
import type { Instant } from '../../domain/units';
import type { Say } from '../cache';
import { untilRaised } from '../interruption';
import type { Player } from './players';

const LOOK_MS = 2_000;
const AT_ONCE = 10;
/** An account that does not get there in this time is stuck, and the table shows it as it stands. */
const MOST_MS = 15 * 60_000;

/** Waits until every account has lived up to the moment: a busy machine makes the show longer, not shorter. */
export async function untilCaughtUp(
  client: ForbearClient,
  players: Iterable<Player>,
  moment: Instant,
  say: Say,
  signal: AbortSignal,
): Promise<void> {
  let behind = [...players];
  const end = Date.now() + MOST_MS;
  for (let looks = 0; ; looks += 1) {
    behind = await stillBehind(client, behind, moment);
    if (behind.length === 0 || signal.aborted || Date.now() > end) return;
    if (looks % 5 === 1)
      say(
        `${behind.length === 1 ? 'One account is on its' : `${behind.length} accounts are on their`} way to ${moment.slice(0, 10)}: the machine is busy`,
      );
    await untilRaised(signal, LOOK_MS);
  }
}

async function stillBehind(
  client: ForbearClient,
  players: readonly Player[],
  moment: Instant,
): Promise<Player[]> {
  const behind: Player[] = [];
  for (let from = 0; from < players.length; from += AT_ONCE) {
    const some = players.slice(from, from + AT_ONCE);
    const next = await Promise.all(some.map(({ ref, closed }) => (closed ? null : client.next(ref))));
    behind.push(...some.filter((_player, i) => (next[i]?.at ?? moment) < moment));
  }
  return behind;
}
