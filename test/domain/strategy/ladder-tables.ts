import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tables of the ladders' facts, which lie beside the repository and are read there. */
export const LADDERS = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'facts/ladders.md');
export const haveLadders = existsSync(LADDERS);

export type Row = Readonly<Record<string, string>>;

/** Rows of every table whose first column is `first`, by the names of their columns. */
export function rowsOf(first: string): readonly Row[] {
  const rows: Row[] = [];
  let head: readonly string[] | null = null;
  for (const line of readFileSync(LADDERS, 'utf8').split('\n')) {
    if (!line.startsWith('|')) {
      head = null;
      continue;
    }
    const cells = line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim());
    if (head === null) head = cells;
    else if (head[0] === first && !/^-+$/.test(cells[0] ?? '')) {
      const names = head;
      rows.push(
        Object.fromEntries(
          cells.map((cell, at) => [names[at] === '' ? `c${at}` : (names[at] ?? `c${at}`), cell]),
        ),
      );
    }
  }
  return rows;
}

/** The rungs of a ladder: rows whose id begins with that letter. */
export function rungs(letter: string): readonly Row[] {
  return rowsOf('id').filter((row) => row['id']?.startsWith(letter));
}

/** `+6,+13` or `+84…+90` as days; a word as itself; `–` as nothing. */
export function daysIn(cell: string): { days: readonly number[]; words: string } {
  const range = /\+(\d+)…\+(\d+)/.exec(cell);
  if (range !== null) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    return { days: Array.from({ length: to - from + 1 }, (_, n) => from + n), words: cell };
  }
  const words = cell.replace(/N-\d+|[-+]?\d+(,\d{3})*/g, '').trim();
  const plain = cell.replace(/(?<=\d),(?=\d{3})/g, '');
  return { days: [...plain.matchAll(/(?<![\d.])([-+]\d+|^0$)/g)].map((match) => Number(match[1])), words };
}
