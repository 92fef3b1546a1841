import type { IsoDate } from '../../domain/units';
import type { BureauMonth } from './bureau-month';

/** What the bureau's scheduled workflows ask for; types only, for the workflow bundle. Nothing personal in any of it. */
export interface BureauActivities {
  /** @param month `YYYY-MM` */
  bureauMonth(month: string): Promise<BureauMonth>;
}

/** What the cycle of a reporting asks for. Each is safe to do again: it goes on where it was. */
export interface BureauCycleActivities {
  /** Opens the month's file, or one of corrections; or says that nothing is to be made. */
  openBureauFile(request: CycleRequest): Promise<CycleOpened>;
  /** How every account stood on the cut-off day, kept. */
  takeBureauSnapshots(request: FileRequest): Promise<Counted>;
  /** The fields of each account, checked; what cannot be told is put aside as a task. */
  furnishBureauFile(request: FileRequest): Promise<Counted>;
  /** Disputes that opened or ended since are put into their records, or these are held back. */
  settleBureauDisputes(request: FileRequest): Promise<Counted>;
  /** The file, whole or not at all. */
  writeBureauFile(request: FileRequest): Promise<FileMade>;
  /** Puts it where it is sent from, unless a dispute opened a moment ago. */
  sendBureauFile(request: FileRequest): Promise<FileSent>;
  /** What the lender's own system must know to report rightly. */
  tellLender(request: { readonly reporting: string }): Promise<Counted>;
}

export interface CycleRequest {
  readonly reporting: string;
  /** `YYYY-MM`, `latest` for the last whose cut-off day is over; null for corrections of what was sent last. */
  readonly month: string | null;
  /** When the cycle began. */
  readonly now: string;
}

export type CycleOpened =
  | {
      readonly how: 'file';
      readonly file: string;
      readonly name: string;
      readonly month: string;
      readonly on: IsoDate;
      readonly corrections: boolean;
      /** Real milliseconds until it is to be sent, counted from now. */
      readonly sendInMs: number;
    }
  /** `lender`: its own system reports; `done`: it was sent before; `off`: nobody reports, or nothing was ever sent. */
  | { readonly how: 'lender' | 'done' | 'off' };

export interface FileRequest {
  readonly reporting: string;
  readonly file: string;
}
export interface Counted {
  readonly done: number;
  /** Put aside with a reason. */
  readonly aside: number;
}
export interface FileMade {
  readonly name: string;
  readonly records: number;
  readonly aside: number;
  readonly bytes: number;
  readonly hash: string;
}
export interface FileSent {
  /** `changed`: a dispute opened since it was made; `nothing`: it has no record. */
  readonly how: 'sent' | 'changed' | 'nothing';
}
