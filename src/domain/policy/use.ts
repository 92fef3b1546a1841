import type { IsoDate } from '../units';
import type { Recording, Role } from './pack/words';

/** What a lender says of its own collecting, so that the gate of its accounts can ask the packs. */
export interface PolicyUse {
  /** In which role it collects: many rules bind an agency and not the bank that lent. */
  readonly role: Role;
  /** Names of packs. Each holds for people who may be in its jurisdiction; what it stands on holds with it. */
  readonly packs: readonly string[];
  /** Where the endpoints of the lender's own files are known from, and of what kind they are, unless one says itself. */
  readonly endpoints?: { readonly source?: string; readonly kind?: string };
  /** By channel: what the lender answers for, of how it is done. What is not said here is not known, and is asked about. */
  readonly conduct?: Readonly<Record<string, Conduct>>;
  /** By name: what the lender answers for of each agency, in the words of the packs, and when it was last reviewed. */
  readonly agencies?: Readonly<
    Record<string, { readonly is: readonly string[]; readonly reviewed?: IsoDate }>
  >;
}

export interface Conduct {
  readonly recording?: Recording;
  readonly disclosures?: readonly string[];
  readonly means?: readonly string[];
}
