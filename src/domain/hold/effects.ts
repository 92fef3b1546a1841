import type { HoldType } from '../account/events';

/** What a hold stops. What it does not name goes on: a hold blocks named actions, never "everything". */
export interface HoldEffects {
  /** Messages, calls and campaigns that ask for money. */
  readonly contact: boolean;
  /** Notices that the law wants: few holds stop even these. */
  readonly notice: boolean;
  readonly visit: boolean;
  /** Filing, letters of counsel, placement. */
  readonly legal: boolean;
  readonly host: boolean;
  /** The account stays in the stage it is in. */
  readonly stage: boolean;
  /** Days under it are not counted in treatment DPD. */
  readonly count: boolean;
}

const all = { contact: true, notice: true, visit: true, legal: true, host: true, stage: true, count: true };
const asking = {
  contact: true,
  notice: false,
  visit: true,
  legal: false,
  host: false,
  stage: false,
  count: false,
};
const resting = {
  contact: true,
  notice: false,
  visit: true,
  legal: true,
  host: false,
  stage: true,
  count: true,
};

/** House defaults by type. A policy pack may stop more, never less. */
export const HOLD_EFFECTS: Readonly<Record<HoldType, HoldEffects>> = {
  pause: resting,
  'cease-contact': asking,
  attorney: { ...asking, visit: true },
  bankruptcy: all,
  deceased: all,
  vulnerable: { ...resting, notice: true },
  illness: resting,
  // Nothing goes out to a family in its first month of mourning (ladders 10.4); the debt goes on.
  bereavement: { ...resting, notice: true, count: false },
  disaster: { ...resting, host: true },
  'identity-theft': { ...all, count: false },
  'court-order': all,
  'internal-review': { ...asking, legal: true, host: true, stage: true },
  complaint: { ...asking, legal: true },
  'mandate-check': asking,
  placed: { ...asking, visit: true },
  // Somebody who cannot act for himself is told nothing until somebody may act for him.
  incapacity: { ...resting, notice: true },
  prison: resting,
  'military-service': resting,
  // A moratorium of law: not even charges go on (regulation UK-H).
  'breathing-space': { ...resting, notice: true, host: true },
  // Counsel speaks for the lender now, and law goes on.
  litigation: asking,
  'regulator-complaint': { ...asking, legal: true, stage: true },
  counselling: resting,
  'payment-pending': { ...asking, legal: true },
  'instalment-agreement': { ...asking, legal: true, stage: true },
  // Whether it left or was left out by mistake is not known: nothing is done, and the days of the contract go on.
  left: { ...all, count: false },
};
