import { contentHash } from '../ids';
import type { EvidenceKind } from '../tables/evidence';
import type { Instant } from '../../domain/units';

/** A link of a person's chain, as it is hashed. Nothing personal stands in it: references only. */
export interface Link {
  readonly chain: string;
  /** Its place, from 1. */
  readonly n: number;
  readonly kind: EvidenceKind;
  readonly account: string | null;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly body: Readonly<Record<string, unknown>>;
  /** The hash of the link before it, or of the chain's beginning. */
  readonly prev: string;
}

/** sha-256 of everything in the link, the hash before it included: whoever changes one must change all that follow. */
export function linkHash({ chain, n, kind, account, at, recordedAt, body, prev }: Link): string {
  return contentHash({ chain, n, kind, account, at, recordedAt, body, prev });
}

/** What the first link of a chain goes back to. */
export function beginning(chain: string, subject: string): string {
  return contentHash({ chain, subject });
}

/** The person's part in the chain: without the salt nobody can tell whose it is, nor try who it might be. */
export function subjectOf(person: string, salt: string): string {
  return contentHash({ person, salt });
}
