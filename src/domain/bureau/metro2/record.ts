import { APPENDAGES, type AppendageId, type AppendageValues } from './layout/appendages';
import { BASE, type BaseValues } from './layout/base';
import { speaks, type Layout, type ValuesOf } from './layout/field';
import { HEADER, type HeaderValues } from './layout/header';
import { TRAILER, type TrailerValues } from './layout/trailer';

/** One segment with its values. */
export interface Part<Id extends string, V> {
  readonly id: Id;
  readonly values: V;
  /**
   * Fields whose characters are not what their kind wants, as they stood. Their value is the empty one; written again
   * they are what they were, so that a file with mistakes in it is not changed by being read.
   */
  readonly unread?: Readonly<Record<string, string>>;
}

export type BaseSegment = Part<'base', BaseValues>;
export type Appendage = { [Id in AppendageId]: Part<Id, AppendageValues<Id>> }[AppendageId];
export type AnyPart = BaseSegment | Appendage | Part<'header', HeaderValues> | Part<'trailer', TrailerValues>;

/**
 * `length` is the record descriptor word: missing, the record is as long as its segments are. Longer is blank-filled.
 * `rest` is what stands behind the last segment that could be told, when it is not blank.
 */
export interface HeaderRecord {
  readonly kind: 'header';
  readonly length?: number;
  readonly header: Part<'header', HeaderValues>;
  readonly rest?: string;
}
export interface TrailerRecord {
  readonly kind: 'trailer';
  readonly length?: number;
  readonly trailer: Part<'trailer', TrailerValues>;
  readonly rest?: string;
}
/** One account: the base segment and what is appended to it, in its order. */
export interface DataRecord {
  readonly kind: 'data';
  readonly length?: number;
  readonly base: BaseSegment;
  readonly appendages: readonly Appendage[];
  readonly rest?: string;
}
export type FileRecord = HeaderRecord | DataRecord | TrailerRecord;

/** The layout of a part by its name. */
export function layoutOf(id: AnyPart['id']): Layout {
  if (id === 'base') return BASE;
  if (id === 'header') return HEADER;
  return id === 'trailer' ? TRAILER : APPENDAGES[id];
}

/** A segment's values, all empty: blanks, zeros, no dates. */
export function emptyValues<L extends Layout>(of: L): ValuesOf<L> {
  const values: Record<string, string | number | null> = {};
  for (const field of of.fields) {
    if (!speaks(field)) continue;
    if (field.kind === 'number') values[field.name] = 0;
    else values[field.name] = field.kind === 'date' || field.kind === 'stamp' ? null : '';
  }
  return values as ValuesOf<L>;
}

/** A base segment of those values, the others empty. */
export function baseSegment(values: Partial<BaseValues>): BaseSegment {
  return { id: 'base', values: { ...emptyValues(BASE), processingIndicator: '1', ...values } };
}

/** An appendage of those values, the others empty. */
export function appendage<Id extends AppendageId>(
  id: Id,
  values: Partial<AppendageValues<Id>>,
): Part<Id, AppendageValues<Id>> {
  return { id, values: { ...(emptyValues(APPENDAGES[id]) as AppendageValues<Id>), ...values } };
}

export function header(values: Partial<HeaderValues>): HeaderRecord {
  return { kind: 'header', header: { id: 'header', values: { ...emptyValues(HEADER), ...values } } };
}

/** The parts of a record in their order. */
export function partsOf(record: FileRecord): readonly AnyPart[] {
  if (record.kind === 'header') return [record.header];
  return record.kind === 'trailer' ? [record.trailer] : [record.base, ...record.appendages];
}
