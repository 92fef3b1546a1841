import type { Instant, IsoDate, Minor } from '../units';

/** Where an account stands on a day: everything that decisions and figures are taken from. */
export interface Standing {
  readonly on: IsoDate;
  /** Unpaid obligations whose due date lies strictly before the day, grace and tolerance not considered. */
  readonly pastDue: Minor;
  /** Past due less what is disputed: what may be asked for. */
  readonly askable: Minor;
  readonly balance: Minor;
  /** Due date of the oldest unpaid part, by contract; null when nothing is past due beyond tolerance. */
  readonly oldestDue: IsoDate | null;
  /** The part of the oldest due, still unpaid. */
  readonly oldestAmount: Minor;
  /** By the contract: never shortened by holds, promises or disputes. Calendar days, the due date is day 0. */
  readonly contractDpd: number;
  /** The ladder's count: without paused days and wholly disputed parts, and, where grace is an offset, without grace. */
  readonly treatmentDpd: number;
  /** Days of holds that stopped the count between the treatment's due date and the day. */
  readonly pausedDays: number;
  /** Due date that the treatment count runs from. */
  readonly treatmentDue: IsoDate | null;
  readonly cycles: number;
  /** M0 … M7 as 0 … 7, by cycles or days as the strategy says. */
  readonly bucket: number;
  readonly inGrace: boolean;
  /** Past due beyond grace and tolerance. */
  readonly late: boolean;
  readonly nextDue: IsoDate | null;
  readonly nextAmount: Minor;
  readonly statementDate: IsoDate | null;
  /** Last day on which an announced payment keeps contact quiet. */
  readonly pendingUntil: IsoDate | null;
  readonly asOf: Instant | null;
}
