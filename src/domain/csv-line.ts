/** A line of CSV (RFC 4180): what holds a comma, a quote or a line's end stands in quotes. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',');
}
