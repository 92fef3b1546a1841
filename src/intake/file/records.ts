/** One record as it stands in the file, and the number of its first line. `fault`: a quote in it is never closed. */
export interface RawRecord {
  readonly line: number;
  readonly text: string;
  readonly fault?: 'quote';
}

export interface SplitOptions {
  /** The delimiter of a CSV; null for JSON lines, where quotes mean nothing to the split. */
  readonly delimiter: string | null;
  /** Whether a record that runs over several lines has as many fields as the header. */
  readonly fits: (text: string) => boolean;
}

const MOST_LINES = 100;
const MOST_CHARS = 32_768;

/**
 * Cuts text into records at LF, CR LF or a bare CR, minding quoted fields that run over lines. A quote that is never
 * closed costs its own line only: the lines behind it are read again as records of their own.
 */
export class RecordSplitter {
  private rest = '';
  private line = 1;

  constructor(private readonly options: SplitOptions) {}

  push(text: string): RawRecord[] {
    this.rest += text;
    return this.cut(false);
  }

  end(): RawRecord[] {
    return this.cut(true);
  }

  private cut(final: boolean): RawRecord[] {
    const found: RawRecord[] = [];
    let at = 0;
    for (;;) {
      const next = this.recordAt(at, final);
      if (next === null) break;
      if (next.record.text !== '') found.push(next.record);
      this.line += next.lines;
      at = next.end;
    }
    this.rest = this.rest.slice(at);
    return found;
  }

  /** The record that begins there, where the next one begins, and how many lines it takes; null when more text is needed. */
  private recordAt(start: number, final: boolean): { record: RawRecord; end: number; lines: number } | null {
    const first = lineAt(this.rest, start, final);
    if (first === null) return null;
    const text = this.rest.slice(start, first.stop);
    const whole = { record: { line: this.line, text }, end: first.next, lines: 1 };
    const { delimiter } = this.options;
    if (delimiter === null || !text.includes('"')) return whole;

    let inside = endsInside(text, delimiter, false);
    if (!inside) return whole;
    const fault = { record: { line: this.line, text, fault: 'quote' as const }, end: first.next, lines: 1 };
    let from = first.next;
    for (let lines = 2; lines <= MOST_LINES && from - start <= MOST_CHARS; lines += 1) {
      const more = lineAt(this.rest, from, final);
      if (more === null) return final ? fault : null;
      inside = endsInside(this.rest.slice(from, more.stop), delimiter, true);
      from = more.next;
      if (inside) continue;
      const record = { line: this.line, text: this.rest.slice(start, more.stop) };
      return this.options.fits(record.text) ? { record, end: more.next, lines } : fault;
    }
    return fault;
  }
}

const BREAK = /[\r\n]/g;

function lineAt(text: string, start: number, final: boolean): { stop: number; next: number } | null {
  if (start >= text.length) return null;
  BREAK.lastIndex = start;
  const found = BREAK.exec(text);
  if (found === null) return final ? { stop: text.length, next: text.length } : null;
  const stop = found.index;
  if (text[stop] === '\n') return { stop, next: stop + 1 };
  // A CR at the very end may be the first half of a CR LF.
  if (stop + 1 === text.length && !final) return null;
  return { stop, next: text[stop + 1] === '\n' ? stop + 2 : stop + 1 };
}

/** Whether a quoted field is still open at the end of the line; quotes inside an unquoted field are just letters. */
function endsInside(line: string, delimiter: string, openAtStart: boolean): boolean {
  let inside = openAtStart;
  let fieldStart = !openAtStart;
  for (let i = 0; i < line.length; i += 1) {
    const char = line[i];
    if (inside) {
      if (char !== '"') continue;
      if (line[i + 1] === '"') i += 1;
      else inside = false;
    } else if (char === delimiter) {
      fieldStart = true;
      continue;
    } else if (fieldStart && char === '"') inside = true;
    fieldStart = false;
  }
  return inside;
}
