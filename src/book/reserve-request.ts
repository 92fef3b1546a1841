import type { Occurrence } from '../domain/decide/decision';
import type { Visitor } from '../domain/visit/leave';
import type { Instant } from '../domain/units';

/** What is asked before a contact: which occurrence of which account, on which channel. */
export interface ReserveRequest {
  readonly account: string;
  readonly occurrence: Occurrence;
  readonly channel: string;
  /** Whom it is to reach, when it is another party than the account's own person. */
  readonly person?: string;
  /** Hash of the strategy that decided. */
  readonly strategy: string;
  /** The path that the account is on; left out: as its last report had it. */
  readonly path?: string;
  /** Its segment; left out: as its last report had it. */
  readonly segment?: string | null;
  /** Of a visit: who sets out. */
  readonly party?: readonly Visitor[];
  /** The tone that it speaks in; left out where whoever speaks chooses it. */
  readonly tone?: number | null;
  /** The account whose step made this one speak, when it is another. */
  readonly askedBy?: string;
  /** The account's now. Counts only in a rehearsal of the book's own clock; else the database's clock is read. */
  readonly now: Instant | null;
}
