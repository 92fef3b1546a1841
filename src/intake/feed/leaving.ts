import type { CloseAsked } from '../../domain/account/events';
import type { IsoDate } from '../../domain/units';

/** The hold of an account that left on a day: its release names it again when the account is back. */
export function holdOf(leftOn: IsoDate): string {
  return `left:${leftOn}`;
}

/** Reasons that end an account when the host gives them; with any other it rests until somebody says what became of it. */
const CLOSING: readonly CloseAsked['reason'][] = ['settled', 'sold', 'closed'];

export function closesAs(reason: string): CloseAsked['reason'] | null {
  return CLOSING.find((one) => one === reason) ?? null;
}
