import type { HoldType } from '../account/events';
import type { Right } from '../staff/roles';

/** What a hold may be of. */
export type HoldScope = 'person' | 'party' | 'account' | 'item';

/**
 * How a hold ends. `date`: on its last day, by itself, after so many days from its first where nobody said another
 * (null: it must be said). `event`: so many days after something happened; `told` is a fact that says so by itself, else
 * a member of the staff says that it happened. `release`: never by itself.
 */
export type HoldEnd =
  | { readonly by: 'date'; readonly days: number | null }
  | { readonly by: 'event'; readonly event: string; readonly days: number; readonly told?: HoldEnder }
  | { readonly by: 'release' };

/** Facts that end a hold without anybody lifting it. */
export type HoldEnder = 'complaint-answered' | 'dispute-resolved' | 'payment' | 'agreement-ended';

/** Who may set a hold and lift it, how it ends, and what it may be of. Of what it stops: effects.ts. */
export interface HoldRule {
  /** What the staff needs to set it; null: anybody, on the weakest signal. `feed`: only the lender's file. */
  readonly set: Right | 'feed' | null;
  /** What the staff needs to lift it, or to ask for it. */
  readonly lift: Right;
  /** Of weight: what a second person needs who lets it go; null: one person is enough. */
  readonly second: Right | null;
  readonly ends: HoldEnd;
  readonly scopes: readonly HoldScope[];
}

const OF_PERSON = ['person', 'party', 'account'] as const;
const OF_ACCOUNT = ['account'] as const;
const OF_ITEM = ['account', 'item'] as const;

const light = { set: null, lift: 'release', second: null } as const;
/** Whoever is protected by it must not lose it by one person's word. */
const weighty = { set: null, lift: 'ask-release', second: 'release-weighty' } as const;
const ofLaw = { set: null, lift: 'ask-release', second: 'release-law' } as const;

/** House defaults [assumption]; days of breathing space and counselling as in regulation UK-H. */
export const HOLD_RULES: Readonly<Record<HoldType, HoldRule>> = {
  pause: { ...light, ends: { by: 'date', days: null }, scopes: OF_ITEM },
  'cease-contact': { ...weighty, ends: { by: 'release' }, scopes: OF_PERSON },
  attorney: { ...weighty, ends: { by: 'event', event: 'mandate-ended', days: 0 }, scopes: OF_PERSON },
  bankruptcy: { ...ofLaw, ends: { by: 'event', event: 'court-closed', days: 30 }, scopes: OF_PERSON },
  deceased: { ...weighty, ends: { by: 'event', event: 'estate-settled', days: 30 }, scopes: OF_PERSON },
  vulnerable: { ...weighty, ends: { by: 'release' }, scopes: OF_PERSON },
  illness: { ...light, ends: { by: 'event', event: 'recovered', days: 14 }, scopes: OF_PERSON },
  bereavement: { ...light, ends: { by: 'date', days: 30 }, scopes: OF_PERSON },
  disaster: { ...light, ends: { by: 'date', days: 90 }, scopes: OF_PERSON },
  'identity-theft': {
    ...weighty,
    ends: { by: 'event', event: 'dispute-rejected', days: 0, told: 'dispute-resolved' },
    scopes: OF_ITEM,
  },
  'court-order': {
    ...ofLaw,
    set: 'hold-law',
    ends: { by: 'event', event: 'order-lifted', days: 0 },
    scopes: OF_ITEM,
  },
  'internal-review': {
    ...light,
    ends: { by: 'event', event: 'review-ended', days: 0 },
    scopes: OF_ITEM,
  },
  complaint: {
    ...light,
    ends: { by: 'event', event: 'answered', days: 0, told: 'complaint-answered' },
    scopes: OF_ACCOUNT,
  },
  'mandate-check': { ...light, ends: { by: 'date', days: 5 }, scopes: OF_PERSON },
  placed: {
    ...light,
    set: 'hold',
    ends: { by: 'event', event: 'recalled', days: 0 },
    scopes: OF_ACCOUNT,
  },
  incapacity: {
    ...weighty,
    ends: { by: 'event', event: 'representative-named', days: 0 },
    scopes: OF_PERSON,
  },
  prison: { ...light, ends: { by: 'event', event: 'freed', days: 30 }, scopes: OF_PERSON },
  'military-service': { ...weighty, ends: { by: 'event', event: 'discharged', days: 90 }, scopes: OF_PERSON },
  'breathing-space': { ...weighty, ends: { by: 'date', days: 60 }, scopes: OF_PERSON },
  litigation: {
    ...light,
    set: 'hold-law',
    ends: { by: 'event', event: 'proceedings-ended', days: 0 },
    scopes: OF_ITEM,
  },
  'regulator-complaint': {
    ...weighty,
    ends: { by: 'event', event: 'regulator-closed', days: 5 },
    scopes: OF_ACCOUNT,
  },
  counselling: { ...light, set: 'hold', ends: { by: 'date', days: 30 }, scopes: OF_PERSON },
  'payment-pending': {
    ...light,
    ends: { by: 'event', event: 'paid', days: 0, told: 'payment' },
    scopes: OF_ITEM,
  },
  'instalment-agreement': {
    ...light,
    set: 'hold',
    ends: { by: 'event', event: 'agreement-ended', days: 0, told: 'agreement-ended' },
    scopes: OF_ACCOUNT,
  },
  left: { ...light, set: 'feed', ends: { by: 'event', event: 'back', days: 0 }, scopes: OF_ACCOUNT },
};
