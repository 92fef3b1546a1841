import { isCurrency } from '../../domain/money';
import type { Currency } from '../../domain/units';
import type { FileOptions } from '../file/read-records';
import { mapper, sourceColumns, type Mapper } from '../mapping/mapper';
import type { MappingDocument } from '../mapping/mapping.schema';
import { isTarget, NEEDED, type MappingKind } from '../mapping/targets';

/** What one file looks like, and what is asked of it: from a mapping, or Forbear's own columns where there is none. */
export interface Layout {
  readonly lender: string;
  readonly source: string;
  readonly kind: MappingKind;
  readonly encoding: string | null;
  readonly file: FileOptions;
  readonly map: (currency: Currency) => Mapper;
  readonly control: NonNullable<MappingDocument['control']> | null;
  readonly dates: string;
  readonly amounts: MappingDocument['amounts'];
  /** The column that the sum is of; null where rows are only counted. */
  readonly sumOf: string | null;
  readonly needsTotals: boolean;
  /** Percent of the rows that may leave with one snapshot. */
  readonly leaveShare: number;
  readonly dueBackwards: 'reject' | 'take';
  readonly currency: Currency | null;
  readonly country: string | null;
  readonly language: string | null;
}

/** [assumption] of a daily file: a branch that closes is less, a file cut in the middle is more. */
const LEAVE_SHARE = 5;
const SUM_OF: Readonly<Record<MappingKind, string | null>> = {
  accounts: 'balance',
  payments: 'amount',
  debits: null,
};

export function mappedLayout(mapping: MappingDocument): Layout {
  const { kind, columns, control, checks, format, delimiter, header } = mapping;
  const read = new Set(sourceColumns(mapping).map((name) => name.toLowerCase()));
  const currency = columns['currency'];
  const fixed = typeof currency === 'object' ? currency.value : undefined;
  return {
    lender: mapping.lender,
    source: mapping.name,
    kind,
    encoding: mapping.encoding ?? null,
    file: {
      // A bank's file has columns of no use here; those that the mapping reads must be there.
      columns: { isColumn: () => true, required: [...read] },
      ...(format === undefined ? {} : { format }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(header === undefined ? {} : { header: header.map((name) => name.toLowerCase()) }),
      ...(control === undefined ? {} : { mark: control.mark }),
    },
    map: (of) => mapper(mapping, { currency: of }),
    control: control ?? null,
    dates: mapping.dates ?? 'YYYY-MM-DD',
    amounts: mapping.amounts,
    sumOf: mapping.sum_of ?? (columns['amount'] === undefined && kind === 'debits' ? null : SUM_OF[kind]),
    needsTotals: mapping.totals !== 'none',
    leaveShare: checks?.leave_share ?? LEAVE_SHARE,
    dueBackwards: checks?.due_backwards ?? 'reject',
    currency: isCurrency(fixed) ? fixed : null,
    country: mapping.country ?? null,
    language: mapping.language ?? null,
  };
}

/** A file in Forbear's own columns. */
export function plainLayout(lender: string, kind: MappingKind): Layout {
  return {
    lender,
    source: 'accounts',
    kind,
    encoding: null,
    file: {
      columns: { isColumn: (name) => name === 'parties' || isTarget(kind, name), required: NEEDED[kind] },
    },
    map: () => (raw) => ({ values: raw }),
    control: null,
    dates: 'YYYY-MM-DD',
    amounts: undefined,
    sumOf: SUM_OF[kind],
    needsTotals: true,
    leaveShare: LEAVE_SHARE,
    dueBackwards: 'reject',
    currency: null,
    country: null,
    language: null,
  };
}
