import { ForbearError } from '../../domain/errors/forbear-error';
import { isCurrency } from '../../domain/money';
import { parseSignedMoney } from '../../domain/read-money';
import type { Currency } from '../../domain/units';
import type { RowIssue } from '../row/row.schema';
import { amountReader, dayReader } from './forms';
import type { ColumnDocument, MappingDocument } from './mapping.schema';
import { AMOUNTS, DAYS, PARTY } from './targets';

/** What a row says by Forbear's own columns; or why the mapping cannot read it. */
export type Mapped =
  | { readonly values: Readonly<Record<string, unknown>> }
  /** With the account's number where that could be read: a row that is wrong is still in the file. */
  | { readonly issue: RowIssue; readonly account: string };
export type Mapper = (raw: Readonly<Record<string, unknown>>) => Mapped;

export interface MapperOptions {
  /** Of rows that name none. */
  readonly currency: Currency;
}

/** Turns a checked mapping into what reads rows: everything that does not hang on the row is worked out once. */
export function mapper(mapping: MappingDocument, options: MapperOptions): Mapper {
  const columns = Object.entries(mapping.columns).filter(([name]) => name !== 'currency');
  const currencyColumn = mapping.columns['currency'];
  const readCurrency = currencyColumn === undefined ? null : reader('currency', currencyColumn, mapping);
  const readers = columns.map(([name, column]) => [name, reader(name, column, mapping)] as const);
  const account = mapping.columns['account'];
  const readNumber = account === undefined ? null : reader('account', account, mapping);
  const wrong = (raw: Readonly<Record<string, unknown>>, issue: RowIssue): Mapped => {
    const number = readNumber?.(raw, options.currency);
    return { issue, account: typeof number === 'string' ? number : '' };
  };
  const hasParties = columns.some(([name]) => PARTY.test(name));
  return (raw) => {
    const values: Record<string, unknown> = {};
    let currency = options.currency;
    if (readCurrency !== null) {
      const said = readCurrency(raw, currency);
      if (typeof said === 'object') return wrong(raw, said.issue);
      if (said !== undefined) values['currency'] = said;
      if (isCurrency(said)) currency = said;
    }
    for (const [name, read] of readers) {
      const said = read(raw, currency);
      if (typeof said === 'object') return wrong(raw, said.issue);
      if (said !== undefined) values[name] = said;
    }
    return { values: hasParties ? withParties(values) : values };
  };
}

type Said = string | number | boolean | undefined | { readonly issue: RowIssue };
type Reader = (raw: Readonly<Record<string, unknown>>, currency: Currency) => Said;

function reader(name: string, given: ColumnDocument, mapping: MappingDocument): Reader {
  const column = typeof given === 'string' ? { from: given } : given;
  if (column.value !== undefined) {
    const { value } = column;
    return () => value;
  }
  const cell = cellReader(column.from ?? '', column.join ?? '-', mapping);
  const { map, others } = column;
  if (map !== undefined) {
    const unmapped: Said = { issue: { code: 'ROW_VALUE_UNMAPPED', args: { field: name } } };
    return (raw) => {
      const said = cell(raw);
      if (said === '') return undefined;
      return Object.hasOwn(map, said) ? map[said] : (others ?? unmapped);
    };
  }
  const form = column.amount ?? mapping.amounts;
  if (column.money === true) return moneyFact(name, cell, amountReader(form ?? {}));
  if (AMOUNTS.has(name) && form !== undefined) {
    const amount = amountReader(form);
    return (raw, currency) => orUndefined(cell(raw), (said) => amount(said, currency));
  }
  const dates = column.date ?? (DAYS.has(name) ? mapping.dates : undefined);
  if (dates !== undefined) {
    const day = dayReader(dates);
    return (raw) => orUndefined(cell(raw), day);
  }
  return (raw) => orUndefined(cell(raw), (said) => said);
}

const orUndefined = (said: string, read: (said: string) => string): string | undefined =>
  said === '' ? undefined : read(said);

/** A fact that is an amount stands in minor units, as the strategy's conditions compare it. */
function moneyFact(
  name: string,
  cell: (raw: Readonly<Record<string, unknown>>) => string,
  amount: (said: string, currency: Currency) => string,
): Reader {
  return (raw, currency) => {
    const said = cell(raw);
    if (said === '') return undefined;
    try {
      return parseSignedMoney(amount(said, currency), currency);
    } catch (error) {
      if (!(error instanceof ForbearError)) throw error;
      return { issue: { code: 'ROW_AMOUNT_MALFORMED', args: { field: name } } };
    }
  };
}

function cellReader(
  from: string | readonly string[],
  join: string,
  mapping: MappingDocument,
): (raw: Readonly<Record<string, unknown>>) => string {
  const names = typeof from === 'string' ? [from] : from;
  // Headers of a CSV are read in small letters.
  const lower = names.map((name) => name.toLowerCase());
  const empty = new Set(mapping.empty ?? []);
  const one = (value: unknown): string => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
    const text = String(value).trim();
    return empty.has(text) ? '' : text;
  };
  const [first = ''] = names;
  const [firstLower = ''] = lower;
  if (names.length === 1) return (raw) => one(raw[first] ?? raw[firstLower]);
  return (raw) => {
    const cells = names.map((name, i) => one(raw[name] ?? raw[lower[i] ?? '']));
    return cells.every((cell) => cell === '') ? '' : cells.join(join);
  };
}

/** `party_1_role`, `party_1_person` … of the row as the list that its column `parties` holds. */
function withParties(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const rest: Record<string, unknown> = {};
  const parties = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(values)) {
    const [, n, part] = PARTY.exec(name) ?? [];
    if (n === undefined || part === undefined) rest[name] = value;
    else parties.set(n, { ...parties.get(n), [part]: String(value) });
  }
  // Places for three guarantors stand empty where there is one.
  const list = [...parties.values()].filter((party) => party['person'] !== undefined);
  return list.length === 0 ? rest : { ...rest, parties: list };
}

/** The file's own columns that the mapping reads. */
export function sourceColumns(mapping: MappingDocument): readonly string[] {
  return Object.values(mapping.columns).flatMap((column) => {
    const from = typeof column === 'string' ? column : column.from;
    return from === undefined ? [] : typeof from === 'string' ? [from] : from;
  });
}
