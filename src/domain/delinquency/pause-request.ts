import type { Hold } from '../account/state';
import { isIsoDate } from '../calendar/day';
import type { ErrorCode } from '../errors/catalogue';
import type { ErrorArgs } from '../errors/forbear-error';
import type { IsoDate } from '../units';

/** A request to stop the count from one day to another, or to let it go on with a day as the last that was paused. */
export interface PauseRequest {
  readonly action: 'pause' | 'resume' | null;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
}

export interface PauseRefused {
  readonly code: ErrorCode;
  readonly args: ErrorArgs;
}

/**
 * Why the request cannot be granted, or null. Stricter than holds, which overlap freely: a pause that is asked for must
 * have its end, begin no earlier than the account, and lie outside other pauses; it may begin on another's last day.
 */
export function refusePause(
  request: PauseRequest,
  holds: readonly Hold[],
  openedOn: IsoDate | null,
): PauseRefused | null {
  const pauses = holds.filter(
    ({ type, from, until }) => type === 'pause' && (until === null || until >= from),
  );
  switch (request.action) {
    case 'pause':
      return refuseNewPause(request, pauses, openedOn);
    case 'resume':
      return refuseResume(request, pauses);
    default:
      return { code: 'PAUSE_ACTION_MISSING', args: {} };
  }
}

function refuseNewPause(
  { from, until }: PauseRequest,
  pauses: readonly Hold[],
  openedOn: IsoDate | null,
): PauseRefused | null {
  if (until === null) return { code: 'PAUSE_WITHOUT_END', args: { from } };
  if (!isIsoDate(from) || !isIsoDate(until) || until < from) {
    return { code: 'PAUSE_BAD_DATES', args: { from, until } };
  }
  if (openedOn !== null && from < openedOn) return { code: 'PAUSE_BEFORE_OPENING', args: { from, openedOn } };
  const other = pauses.find((pause) => until > pause.from && (pause.until === null || from < pause.until));
  if (other === undefined) return null;
  const otherUntil = other.until ?? 'its release';
  return { code: 'PAUSE_OVERLAPS', args: { from, until, otherFrom: other.from, otherUntil } };
}

function refuseResume({ from, until }: PauseRequest, pauses: readonly Hold[]): PauseRefused | null {
  if (until !== null) return { code: 'PAUSE_RESUME_WITH_END', args: { from } };
  const running = pauses.some((pause) => pause.from <= from && (pause.until === null || from < pause.until));
  return running ? null : { code: 'PAUSE_NOT_RUNNING', args: { from } };
}
