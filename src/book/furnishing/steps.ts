/** Names under which tasks of bureaus stand, which no step of a strategy has opened and no account's workflow waits for. */
export const BUREAU_STEPS = {
  record: 'bureau.record',
  rejected: 'bureau.rejected',
  objection: 'bureau.objection',
} as const;

const ALL: ReadonlySet<string> = new Set(Object.values(BUREAU_STEPS));

export const isBureauStep = (step: string): boolean => ALL.has(step);
