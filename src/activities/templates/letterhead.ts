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

/** Signs where nothing leaves the machine and nobody has said how the lender signs. */
export const EXAMPLE_LETTERHEAD: Letterhead = {
  bank: '示例银行 Example Bank',
  phone: '400-000-0000',
  payLink: 'https://pay.example',
  ownerAlias: 'A08',
};

/** Null where the lender has none: nothing can be said in its name then. */
export function letterheadOf(letterheads: Letterheads, lender: string): Letterhead | null {
  return letterheads[lender] ?? letterheads['*'] ?? null;
}
