import type { SpecialComment } from '../codes/special-comment';

/** What is said of an account in one comment, the weightiest first: only one can be told. */
const COMMENTS = [
  ['settled', 'AU'],
  ['extinguished', 'DE'],
  ['sold', 'AH'],
  ['transferred', 'O'],
  ['paid-by-guarantor', 'C'],
  ['paid-by-insurance', 'BP'],
  ['active-duty', 'AI'],
  ['disaster', 'AW'],
  ['adjustment-pending', 'V'],
  ['forbearance', 'CP'],
  ['modified', 'CO'],
  ['partial-payments', 'AC'],
  ['counselling', 'B'],
  ['garnished', 'AM'],
  ['closed-by-grantor', 'M'],
  ['closed-inactive', 'CI'],
] as const satisfies readonly (readonly [string, SpecialComment])[];

export type Circumstance = (typeof COMMENTS)[number][0];

/** The special comment (field 19); empty when there is nothing to say. */
export function specialComment(circumstances: readonly Circumstance[]): SpecialComment | '' {
  return COMMENTS.find(([name]) => circumstances.includes(name))?.[1] ?? '';
}
