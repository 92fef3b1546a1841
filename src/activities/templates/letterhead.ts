/** How a lender signs what goes out in its name. */
export interface Letterhead {
  /** The lender's name as people know it. */
  readonly bank: string;
  /** Where a person is reached who can help. */
  readonly phone: string;
  /** Page to pay on; the account's opaque reference is added to it. */
  readonly payLink: string;
  /** What the owner of the account is called; collectors' own names are not given out. */
  readonly ownerAlias: string;
}

/** Letterheads by lender; `*` serves every other one. */
export type Letterheads = Readonly<Record<string, Letterhead>>;

export function letterheadOf(letterheads: Letterheads, lender: string): Letterhead {
  return (
    letterheads[lender] ?? letterheads['*'] ?? { bank: lender, phone: '', payLink: '', ownerAlias: lender }
  );
}
