import type { DisputeKnown, Snapshot } from '../../domain/bureau/cut-off/snapshot';
import type { Reporting } from '../../domain/bureau/reporting';

/** Whether the month's record of an account waits, by the settings, for the end of a dispute that opened since the cut-off. */
export function isHeldBack(
  { lateDispute }: Pick<Reporting, 'lateDispute'>,
  snapshot: Snapshot,
  disputes: readonly DisputeKnown[],
): boolean {
  const known = new Set(snapshot.disputes.map(({ id }) => id));
  return lateDispute === 'hold' && disputes.some(({ id, open }) => open && !known.has(id));
}
