/** What one rule says of one moment. `why` completes the rule's own sentence with what was found. */
export type Verdict =
  | { readonly says: 'allow' }
  /** Not before `until`: the earliest moment at which this rule may agree; Infinity: at none. */
  | { readonly says: 'wait'; readonly until: number; readonly why: string }
  | { readonly says: 'block'; readonly why: string }
  | { readonly says: 'review'; readonly why: string };

export const ALLOW: Verdict = { says: 'allow' };
export const wait = (until: number, why: string): Verdict => ({ says: 'wait', until, why });
export const block = (why: string): Verdict => ({ says: 'block', why });
export const review = (why: string): Verdict => ({ says: 'review', why });
