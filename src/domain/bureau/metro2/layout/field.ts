/**
 * What a field holds. Text is left-justified and blank-filled; all else is right-justified and zero-filled.
 * `digits` is a number that nobody adds up (a telephone, a social security number): kept as written, empty for zeros.
 * `number` counts or is money in whole dollars. `date` is MMDDYYYY, `stamp` MMDDYYYYHHMMSS.
 * `length`, `mark` and `reserved` say nothing about an account: the record's length, a fixed word, blanks.
 */
export type FieldKind = 'text' | 'digits' | 'number' | 'date' | 'stamp' | 'length' | 'mark' | 'reserved';

/** Whether it must be filled: always, where it applies, or at the furnisher's choice. */
export type Need = 'required' | 'applicable' | 'optional';

/**
 * Who says where the field stands: two public layouts that agree (moov-io/metro2 and cfpb/Metro2), or the first alone.
 * The guide of the industry's association is licensed and was not read.
 */
export type Source = 'both' | 'moov';

/** Name, first position (counted from 1), length, kind, need (Y, A or -), the guide's field number, `!` when personal. */
export type Row = readonly [
  name: string,
  at: number,
  length: number,
  kind: FieldKind,
  need: 'Y' | 'A' | '-',
  number?: string,
  personal?: '!',
];

export interface Field {
  readonly name: string;
  /** First position in the segment, counted from 1. */
  readonly at: number;
  readonly length: number;
  readonly kind: FieldKind;
  readonly need: Need;
  /** The guide's number, such as 17A; empty where it has none. */
  readonly number: string;
  /** Names, numbers and addresses of a person: never shown unasked, never in a message. */
  readonly personal: boolean;
  readonly source: Source;
}

/** One segment or record of the format, as data. `mark` is the word that it is known by. */
export interface Layout<R extends readonly Row[] = readonly Row[]> {
  readonly id: string;
  readonly length: number;
  readonly mark: string;
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  /** The rows as they stand, for the types of the values. */
  readonly rows: R;
}

type Silent = 'length' | 'mark' | 'reserved';
type ValueOf<K> = K extends 'number' ? number : K extends 'date' | 'stamp' ? string | null : string;

/** The values of a segment by field name. Dates are ISO days, stamps `YYYY-MM-DDTHH:MM:SS`; null and 0 are zeros. */
export type ValuesOf<L> =
  L extends Layout<infer R>
    ? { readonly [T in R[number] as T[3] extends Silent ? never : T[0]]: ValueOf<T[3]> }
    : never;

const NEEDS = { Y: 'required', A: 'applicable', '-': 'optional' } as const;

/** A layout from its rows. Positions are told, not counted, so that a row can be compared with its source. */
export function layout<const R extends readonly Row[]>(
  { id, mark, length, source }: { id: string; mark: string; length: number; source: Source },
  rows: R,
): Layout<R> {
  const fields = rows.map(([name, at, size, kind, need, number = '', personal]) => ({
    ...{ name, at, length: size, kind, need: NEEDS[need], number, source },
    personal: personal === '!',
  }));
  return { id, mark, length, fields, rows, byName: new Map(fields.map((field) => [field.name, field])) };
}

/** Whether the field says something about the account, and so has a value. */
export function speaks({ kind }: Field): boolean {
  return kind !== 'length' && kind !== 'mark' && kind !== 'reserved';
}

/** `dateFirstDelinquency` as `date first delinquency`. */
export function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
}
