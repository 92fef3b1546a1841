import { FIGURES, type FigureName } from '../../domain/morning/definitions';
import type { Line } from '../../domain/morning/report';
import type { Currency } from '../../domain/units';

/** The day of a report, the same weekday before, the same day of the month before: in this order everywhere. */
export type Three<T> = readonly [day: T, week: T, cycle: T];

type Values = readonly (number | null | undefined)[];

/** A line with its comparisons. Days that are not known are left out. */
export function line(
  figure: FigureName,
  values: number | null | Values,
  part = '',
  currency: Currency | null = null,
): Line {
  const { unit } = FIGURES[figure];
  const [value, week, cycle] = Array.isArray(values) ? (values as Values) : [values as number | null];
  return {
    figure,
    part,
    currency: unit === 'amount' ? currency : null,
    unit,
    value: value ?? null,
    ...(week === undefined ? {} : { week }),
    ...(cycle === undefined ? {} : { cycle }),
  };
}

/** Sums of rows by a key, in three days. Keys keep the order in which they came. */
export class ByKey {
  private readonly sums = new Map<string, number[]>();

  constructor(private readonly width = 3) {}

  add(key: string, index: number, value: number): void {
    const sums = this.sums.get(key) ?? new Array<number>(this.width).fill(0);
    sums[index] = (sums[index] ?? 0) + value;
    this.sums.set(key, sums);
  }

  addAll(key: string, values: readonly number[]): void {
    values.forEach((value, index) => this.add(key, index, value));
  }

  of(key: string): readonly number[] {
    return this.sums.get(key) ?? new Array<number>(this.width).fill(0);
  }

  /** In the order of the keys' text. Those that are nothing on every day are left out. */
  entries(): [string, readonly number[]][] {
    return [...this.sums]
      .filter(([, values]) => values.some((value) => value !== 0))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

export const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;

/** A share of thousands says more than a wish for precision: two decimals. */
export const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
