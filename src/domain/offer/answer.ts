import type { Decider } from '../agreement/authority';
import type { AgreementTerms } from '../agreement/agreement';
import type { Why } from '../decide/decision';
import type { Amounts } from '../ledger/components';
import type { IsoDate, Minor } from '../units';

/** What is to be given up, and all of the account that the authority matrix asks for (ladders 7.1). */
export interface GivingUp {
  readonly debt: Amounts;
  readonly amount: Minor;
  readonly dpd: number;
  readonly writtenOff: boolean;
}

/**
 * What the account and its strategy say to an offer, before anybody's authority is asked. `fits`: the strategy allows
 * it; where something is given up, or somebody must approve, the book decides by whom (offer/decide.ts).
 */
export type Considered =
  | { readonly answer: 'refuse'; readonly because: readonly Why[] }
  | {
      readonly answer: 'counter';
      readonly rule: string;
      /** The best that is permitted instead. */
      readonly best: AgreementTerms;
      readonly because: readonly Why[];
    }
  | {
      readonly answer: 'fits';
      readonly rule: string;
      readonly terms: AgreementTerms;
      readonly because: readonly Why[];
      readonly approval: Decider | null;
      readonly givingUp: GivingUp | null;
    };

/** The whole answer. Nobody waits inside it: `needs-approval` says whom by when, and the approval is a word of its own. */
export type OfferAnswer =
  | { readonly answer: 'accept'; readonly terms: AgreementTerms; readonly because: readonly Why[] }
  | { readonly answer: 'counter'; readonly best: AgreementTerms; readonly because: readonly Why[] }
  | {
      readonly answer: 'needs-approval';
      readonly terms: AgreementTerms;
      readonly by: Decider;
      /** The last day on which it may be approved; an expired approval is gone. */
      readonly until: IsoDate;
      /** What may be had meanwhile, where anything may. */
      readonly best?: AgreementTerms;
      readonly because: readonly Why[];
    }
  | { readonly answer: 'refuse'; readonly because: readonly Why[] };
