import type { Instant, Scalar, Zone } from '../../units';
import type { Action, Party, Place, Purpose, Recording, Role, WaiverKind, Way } from './words';

/** A waiver that somebody relies on. Without evidence it counts for nothing. */
export interface Waived {
  readonly by: WaiverKind;
  readonly at: Instant | null;
  readonly evidence: string | null;
}

/** What an agency is known to be; null is not known. `wants` of a rule are names of these. */
export interface AgencyFacts {
  readonly name: string;
  readonly facts: Readonly<Record<string, boolean>>;
  readonly reviewedAt: Instant | null;
}

/**
 * What somebody wants to do. Null is not known, and what is not known is taken as the narrowest it may be, or asked of
 * a human. References only: nothing personal is decided on, and nothing personal comes out.
 */
export interface PolicyRequest {
  readonly action: Action;
  readonly role: Role | null;
  readonly product: string | null;
  readonly channel: Way | null;
  readonly party: Party | null;
  readonly place: Place | null;
  readonly purpose: Purpose | null;
  readonly account: string | null;
  readonly person: string | null;
  readonly creditor: string | null;
  /** Who acts: the lender itself, or an agency. */
  readonly agent: string | null;
  readonly endpoint: string | null;
  /** The third party that is reached, when it is one. */
  readonly reached: string | null;
  /** Where the endpoint is known from, and what it is: `work-email`, `personal`. */
  readonly endpointSource: string | null;
  readonly endpointKind: string | null;
  /** Every zone in which the person may be: of the address, of the number … Empty: nobody knows. */
  readonly zones: readonly Zone[];
  readonly staff: number | null;
  readonly recording: Recording | null;
  readonly disclosures: readonly string[] | null;
  /** Whether a third party is told of the debt. */
  readonly tellsOfDebt: boolean | null;
  readonly text: string | null;
  readonly means: readonly string[];
  readonly waivers: readonly Waived[];
  readonly facts: Readonly<Record<string, Scalar>>;
  readonly agency: AgencyFacts | null;
  /** The record to delete or to keep. */
  readonly record: { readonly kind: string; readonly at: Instant } | null;
}
