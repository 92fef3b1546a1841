import Table from 'cli-table3';

/** `1 error`, `2 errors`. */
export function counted(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

/** Rows under a header, for people. Without colours, so that a pipe and a log read the same. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const made = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) made.push(row.map((cell) => (cell === null ? '' : String(cell))));
  return made.toString();
}

/** Names and values, one a line; what is not known is left out. */
export function sheet(rows: readonly (readonly [string, string | number | null | undefined])[]): string {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** Lines of a width that a terminal shows side by side. */
export function wrapped(text: string, width = 48): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
