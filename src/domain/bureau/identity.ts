import type { IsoDate } from '../units';

/** Who a person is, as a bureau wants to know it. Personal: from the book into the file, and nowhere else. */
export interface Identity {
  readonly surname: string;
  readonly firstName: string;
  readonly middleName: string;
  /** J, S, 2 … 9; empty for none. */
  readonly generation: string;
  /** Nine digits; empty where it is not known. */
  readonly socialSecurityNumber: string;
  /** Another country's number of the person, such as a resident identity number. */
  readonly nationalId: string;
  readonly birthDate: IsoDate | null;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  /** Ten digits; empty for none. */
  readonly phone: string;
}
