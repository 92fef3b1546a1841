import { formatMoney } from '../../domain/money';
import type { FigureName } from '../../domain/morning/definitions';
import type { Line } from '../../domain/morning/report';

/** Figures that stand beside each other, one row a part: who looks at a bucket wants all three. */
const BESIDE: readonly FigureName[] = ['stock-accounts', 'stock-past-due', 'stock-balance'];

export interface StockCell {
  readonly value: string;
  /** Against the same weekday and the same day of the month before, in percent; empty where there was nothing. */
  readonly change: string;
}
export interface StockGrid {
  readonly head: readonly string[];
  readonly rows: readonly { readonly part: string; readonly cells: readonly StockCell[] }[];
  /** Lines of other figures. */
  readonly rest: readonly Line[];
}

const HEAD = ['', 'accounts', 'past due', 'balance'] as const;

/** The lines of stock as a table: a row a bucket, segment or stage. */
export function stockGrid(lines: readonly Line[]): StockGrid {
  const parts = new Map<string, StockCell[]>();
  const rest: Line[] = [];
  for (const line of lines) {
    if (!BESIDE.includes(line.figure)) {
      rest.push(line);
      continue;
    }
    parts.set(line.part, [...(parts.get(line.part) ?? []), { value: shown(line), change: changed(line) }]);
  }
  return { head: HEAD, rows: [...parts].map(([part, cells]) => ({ part, cells })), rest };
}

/** The currency stands in the part. */
function shown({ value, currency }: Line): string {
  if (value === null) return '–';
  return currency === null ? value.toLocaleString('en-US') : formatMoney(value, currency);
}

function changed({ value, week, cycle }: Line): string {
  const against = (before: number | null | undefined): string => {
    if (value === null || before === null || before === undefined || before === 0) return '–';
    const percent = Math.round(((value - before) / before) * 1000) / 10;
    if (percent === 0) return '±0\u00a0%';
    return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)}\u00a0%`;
  };
  const [a, b] = [against(week), against(cycle)];
  return a === '–' && b === '–' ? '' : `${a} | ${b}`;
}
