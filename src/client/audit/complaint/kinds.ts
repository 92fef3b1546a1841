/** What consumers complain of most, and what is looked for in the evidence of each contact. */
export const COMPLAINT_KINDS = {
  'not-mine':
    'the debt is not mine: contacts while it was disputed, and to people who stand on it in no role',
  'paid-already': 'I had paid: contacts while nothing was past due, or money was on its way to the book',
  'too-often': 'I was called too often: days with more than one contact, weeks with more than seven',
  'at-night': 'I was called at night: contacts before 8:00 and from 21:00 on, where the person lives',
  'others-told': 'my employer or somebody else was told: contacts at work, or to anybody but the debtor',
  'after-stop': 'I had asked to be left alone: contacts after a refusal, an opt-out, a wish or a hold',
  'suit-too-old':
    'I was threatened with suit on an old debt: formal letters and suits, and the time of the claim',
  'reported-unannounced': 'I was reported without notice: what a bureau was told, and the notice before it',
} as const;
export type ComplaintKind = keyof typeof COMPLAINT_KINDS;

/**
 * `in-order`: it has nothing of what is complained of. `allowed`: it has, and why it was allowed stands in the evidence.
 * `unexplained`: it has, and nothing in the book says why; a person must look.
 */
export type Verdict = 'in-order' | 'allowed' | 'unexplained';

export interface Finding {
  readonly at: string;
  readonly account: string;
  readonly what: string;
  readonly verdict: Verdict;
  readonly why: string;
}
