import { APPENDAGES, APPENDAGE_ORDER, isAppendage, mayRepeat } from '../layout/appendages';
import type { AppendageId } from '../layout/appendages';
import { BASE, type BaseValues } from '../layout/base';
import { HEADER, type HeaderValues } from '../layout/header';
import { TRAILER, type TrailerValues } from '../layout/trailer';
import type { Appendage, BaseSegment, DataRecord, FileRecord, HeaderRecord, TrailerRecord } from '../record';
import type { Flaw, RawRecord } from './cut-records';
import { readSegment } from './segment';

/** A record as it was read: null where its bytes could not be told apart. */
export interface ReadRecord {
  readonly raw: RawRecord;
  readonly record: FileRecord | null;
  /** Where each part begins in the record's text, in the order of partsOf. */
  readonly starts: readonly number[];
  readonly flaws: readonly Flaw[];
}

/** Flaws of a line's ending do not move any field. */
const HARMLESS: ReadonlySet<string> = new Set(['BUREAU_LINE_END']);

/** Reads the fields of a record. Never throws; what cannot be read is kept as it stands and written the same again. */
export function readRecord(raw: RawRecord): ReadRecord {
  const { text, flaws } = raw;
  if (flaws.some(({ code }) => !HARMLESS.has(code))) return { raw, record: null, starts: [], flaws };
  const length = text.length;
  if (text.startsWith(HEADER.mark, 4)) {
    const header = { id: 'header' as const, ...readSegment<HeaderValues>(HEADER, text, 0) };
    return framing(raw, { kind: 'header', length, header }, HEADER.length);
  }
  if (text.startsWith(TRAILER.mark, 4)) {
    const trailer = { id: 'trailer' as const, ...readSegment<TrailerValues>(TRAILER, text, 0) };
    return framing(raw, { kind: 'trailer', length, trailer }, TRAILER.length);
  }
  return readData(raw);
}

function readData(raw: RawRecord): ReadRecord {
  const { text } = raw;
  const base: BaseSegment = { id: 'base', ...readSegment<BaseValues>(BASE, text, 0) };
  const appendages: Appendage[] = [];
  const starts = [0];
  const flaws: Flaw[] = [...raw.flaws];
  let at: number = BASE.length;
  let last = -1;
  while (at < text.length && !isBlank(text, at)) {
    const id = text.slice(at, at + 2);
    if (!isAppendage(id)) break;
    const { length } = APPENDAGES[id];
    if (at + length > text.length) {
      flaws.push({ code: 'BUREAU_SEGMENT_CUT', args: { segment: id, at: at + 1 } });
      break;
    }
    const order = APPENDAGE_ORDER.indexOf(id);
    if (order < last) flaws.push({ code: 'BUREAU_SEGMENT_ORDER', args: { segment: id, at: at + 1 } });
    if (order === last && !mayRepeat(id))
      flaws.push({ code: 'BUREAU_SEGMENT_TWICE', args: { segment: id, at: at + 1 } });
    last = Math.max(last, order);
    appendages.push(readAppendage(id, text, at));
    starts.push(at);
    at += length;
  }
  const told: DataRecord = { kind: 'data', length: text.length, base, appendages };
  if (isBlank(text, at)) return { raw, record: told, starts, flaws };
  if (!flaws.some(({ code }) => code === 'BUREAU_SEGMENT_CUT'))
    flaws.push({ code: 'BUREAU_SEGMENT_UNKNOWN', args: { at: at + 1 } });
  return { raw, record: { ...told, rest: text.slice(at) }, starts, flaws };
}

function readAppendage(id: AppendageId, text: string, at: number): Appendage {
  return { id, ...readSegment(APPENDAGES[id], text, at) } as Appendage;
}

/** A header or trailer may be blank-filled to the length of the block, with blanks only. */
function framing(raw: RawRecord, record: HeaderRecord | TrailerRecord, end: number): ReadRecord {
  if (isBlank(raw.text, end)) return { raw, record, starts: [0], flaws: raw.flaws };
  const flaws = [...raw.flaws, { code: 'BUREAU_SEGMENT_UNKNOWN', args: { at: end + 1 } } as const];
  return { raw, record: { ...record, rest: raw.text.slice(end) }, starts: [0], flaws };
}

function isBlank(text: string, from: number): boolean {
  for (let i = from; i < text.length; i += 1) if (text.charCodeAt(i) !== 32) return false;
  return true;
}
