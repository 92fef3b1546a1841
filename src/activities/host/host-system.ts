import type { Currency, Instant, Minor } from '../../domain/units';

/** What the lender's system is asked to do. Leaves the house only towards the lender, whose numbers these are. */
export interface HostRequest {
  /** The same for every try: the lender's system does it once. */
  readonly id: string;
  readonly lender: string;
  /** The lender's own number of the account. */
  readonly account: string;
  readonly ref: string;
  readonly step: string;
  readonly action: string;
  readonly requestedAt: Instant;
  /** What is to be paid back, in minor units of the currency; left out where it is about no money. */
  readonly amount?: Minor;
  readonly currency?: Currency;
}

/** An answer that came at once. Most come later, as the fact `host-result`. */
export type HostAnswer =
  { readonly answer: 'later' } | { readonly answer: 'now'; readonly result: 'done' | 'failed' | 'refused' };

/** The lender's system. `ask` throws when nobody can say whether the request arrived: it is asked again, by the same id. */
export interface HostSystem {
  ask(request: HostRequest): Promise<HostAnswer>;
}
