import type { AgreementTerms } from '../agreement/agreement';
import type { IsoDate } from '../units';

/** The answer as whoever asked gets it: reasons are sentences, with amounts in the account's currency. */
export interface AnswerGiven {
  readonly offer: string;
  readonly answer: 'accept' | 'counter' | 'needs-approval' | 'refuse';
  readonly because: readonly string[];
  /** What was accepted, or waits for approval. */
  readonly terms?: AgreementTerms;
  /** The best that is permitted now. */
  readonly best?: AgreementTerms;
  /** Which role must approve it, and the last day on which it may. */
  readonly by?: string;
  readonly until?: IsoDate;
}
