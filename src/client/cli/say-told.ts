import type { PersonTold } from '../people';

/** What became of something said of a person, for people. */
export function sayTold({ accounts }: PersonTold): string {
  if (accounts.length === 0) return 'No account changes by it.';
  const waiting = accounts.some(({ told }) => told === 'waiting');
  const names = accounts.map(({ account }) => account).join(', ');
  return `Journalled to ${names}.${waiting ? ' Temporal cannot be reached now; it counts already, and the sweep tells them.' : ''}`;
}
