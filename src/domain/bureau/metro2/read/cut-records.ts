import type { ErrorCode } from '../../../errors/catalogue';
import type { ErrorArgs } from '../../../errors/forbear-error';
import { LONGEST } from '../write/record-text';
import { BEGINNING, requireReadable } from './format';

/** What is wrong with a record before any field of it is looked at. */
export interface Flaw {
  readonly code: ErrorCode;
  readonly args?: ErrorArgs;
}

/** The bytes of one record as characters, and its place. */
export interface RawRecord {
  /** Counted from 1: the header is record 1. In a file of lines it is the line, blank ones not counted. */
  readonly number: number;
  /** Bytes before it in the file. */
  readonly offset: number;
  readonly text: string;
  /** With a flaw here its fields may not stand where they should, and are not read. */
  readonly flaws: readonly Flaw[];
}

const LEAST = 426;
const MOST_BYTES = 65_536;
const BREAK = /[\r\n]/;
const BREAKS = /^[\r\n]+/;

/**
 * Cuts a file into records. Files come as lines or as one stream of bytes; the first record tells which. In lines a
 * wrong length costs its own line only; in a stream nothing behind it can be told, and the reading ends there.
 * Push pieces of any size, then end. Errors as requireReadable, at the beginning only.
 */
export class RecordCutter {
  private rest = '';
  private offset = 0;
  private number = 0;
  private lines: boolean | null = null;
  private lineEnd: string | null = null;
  private lost = false;
  private overlong = false;

  push(piece: string): RawRecord[] {
    if (this.lost) return [];
    this.rest += piece;
    return this.cut(false);
  }

  end(): RawRecord[] {
    if (this.lines === null) requireReadable(this.rest.slice(0, BEGINNING));
    return this.lost ? [] : this.cut(true);
  }

  private cut(final: boolean): RawRecord[] {
    if (this.lines === null) {
      // Two bytes more than the longest record show whether a line ends behind the first one.
      if (!final && this.rest.length < LONGEST + 2) return [];
      requireReadable(this.rest.slice(0, BEGINNING));
      this.lines = inLines(this.rest);
    }
    const found: RawRecord[] = [];
    let at = 0;
    for (;;) {
      const next = this.lines ? this.line(at, final) : this.block(at, final);
      if (next === null) break;
      if (next.record !== null) found.push(next.record);
      at = next.end;
      if (this.lost) break;
    }
    this.rest = this.lost ? '' : this.rest.slice(at);
    this.offset += at;
    return found;
  }

  private line(start: number, final: boolean): { record: RawRecord | null; end: number } | null {
    if (start >= this.rest.length) return null;
    const length = this.rest.slice(start, start + MOST_BYTES).search(BREAK);
    if (length === -1) {
      if (this.rest.length - start >= MOST_BYTES) return this.tooLong(start);
      if (!final) return null;
    }
    const stop = length === -1 ? this.rest.length : start + length;
    // A CR at the very end may be the first half of a CR LF.
    if (!final && this.rest[stop] === '\r' && stop + 1 === this.rest.length) return null;
    const lineEnd = /^(\r\n|\n|\r)?/.exec(this.rest.slice(stop, stop + 2))?.[0] ?? '';
    const end = stop + lineEnd.length;
    if (this.overlong) {
      this.overlong = false;
      return { record: null, end };
    }
    if (stop === start) return { record: this.blank(start), end };
    const text = this.rest.slice(start, stop);
    return {
      record: this.record(start, text, [...this.strangeEnd(lineEnd), ...wrongLength(text, lineEnd === '')]),
      end,
    };
  }

  /** A blank line is said as it stands before the record that it comes before. */
  private blank(start: number): RawRecord {
    const flaws = [{ code: 'BUREAU_LINE_BLANK' }] as const;
    return { number: this.number + 1, offset: this.offset + start, text: '', flaws };
  }

  private tooLong(start: number): { record: RawRecord | null; end: number } {
    const end = start + MOST_BYTES;
    if (this.overlong) return { record: null, end };
    this.overlong = true;
    const text = this.rest.slice(start, start + 4);
    const args = { says: text, has: `more than ${MOST_BYTES}` };
    return { record: this.record(start, '', [{ code: 'BUREAU_RECORD_LENGTH', args: clean(args) }]), end };
  }

  private strangeEnd(lineEnd: string): Flaw[] {
    if (lineEnd === '') return [];
    const first = this.lineEnd === null;
    this.lineEnd ??= lineEnd;
    const found = NAMES[lineEnd] ?? 'none';
    if (first) return lineEnd === '\r' ? [{ code: 'BUREAU_LINE_END', args: { found, wanted: 'LF' } }] : [];
    if (lineEnd === this.lineEnd) return [];
    return [{ code: 'BUREAU_LINE_END', args: { found, wanted: NAMES[this.lineEnd] ?? 'LF' } }];
  }

  private block(start: number, final: boolean): { record: RawRecord | null; end: number } | null {
    const breaks = BREAKS.exec(this.rest.slice(start, start + MOST_BYTES))?.[0].length ?? 0;
    const from = start + breaks;
    const left = this.rest.length - from;
    if (left === 0) return breaks > 0 ? { record: null, end: from } : null;
    if (left < 4 && !final) return null;
    const said = this.rest.slice(from, from + 4);
    const length = lengthOf(said);
    if (length === null) {
      this.lost = true;
      const flaw: Flaw =
        left < 4 ? { code: 'BUREAU_FILE_CUT', args: { missing: 4 - left } } : { code: 'BUREAU_LENGTH_WORD' };
      return { record: this.record(from, '', [flaw]), end: from };
    }
    if (left < length && !final) return null;
    const text = this.rest.slice(from, from + length);
    if (text.length === length) return { record: this.record(from, text, []), end: from + length };
    this.lost = true;
    const flaw = { code: 'BUREAU_FILE_CUT', args: { missing: length - text.length } } as const;
    return { record: this.record(from, text, [flaw]), end: from };
  }

  private record(start: number, text: string, flaws: readonly Flaw[]): RawRecord {
    this.number += 1;
    return { number: this.number, offset: this.offset + start, text, flaws };
  }
}

/** The records of a file that comes in pieces, each character one byte. */
export async function* cutRecords(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<RawRecord> {
  const cutter = new RecordCutter();
  for await (const piece of pieces) yield* cutter.push(piece);
  yield* cutter.end();
}

const NAMES: Readonly<Record<string, string>> = { '\n': 'LF', '\r\n': 'CR LF', '\r': 'CR' };

/** The length that a record says it has; null when it is no length of a record. */
function lengthOf(said: string): number | null {
  const length = /^\d{4}$/.test(said) ? Number(said) : 0;
  return length >= LEAST ? length : null;
}

/** A line break before or right behind the first record's end, or nothing readable there: lines. Else one stream. */
function inLines(text: string): boolean {
  const length = lengthOf(text.slice(0, 4));
  const first = text.search(BREAK);
  if (first === -1) return false;
  return length === null || first <= length || lengthOf(text.slice(length, length + 4)) === null;
}

function wrongLength(text: string, atEnd: boolean): Flaw[] {
  const says = text.slice(0, 4);
  const length = lengthOf(says);
  if (length === null) return [{ code: 'BUREAU_LENGTH_WORD' }];
  if (length === text.length) return [];
  if (atEnd && text.length < length)
    return [{ code: 'BUREAU_FILE_CUT', args: { missing: length - text.length } }];
  return [{ code: 'BUREAU_RECORD_LENGTH', args: { says: length, has: text.length } }];
}

/** A length word that is no number may be anything, also a part of a name. */
function clean({ says, has }: { says: string; has: string }): ErrorArgs {
  return { says: lengthOf(says) ?? 'no length', has };
}
