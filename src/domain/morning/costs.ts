import { RESULT_CODES } from '../account/result-codes';
import type { Capacity } from '../plan/capacity';
import type { Currency, Minor } from '../units';

interface Counted {
  readonly currency: Currency;
  readonly figure: string;
  readonly part: string;
  readonly n: number;
}

/**
 * What treatment cost, by currency: each attempt at the cost of its channel, each talk with the right person on a
 * collector's call at that of a talk. A currency without unit costs has no cost; one is never turned into another.
 */
export function costsOf(figures: readonly Counted[], costs: Capacity['costs']): Map<Currency, Minor> {
  const sums = new Map<Currency, Minor>();
  for (const { currency, figure, part, n } of figures) {
    const unit = costs[currency];
    if (unit === undefined) continue;
    const each = figure === 'attempts' ? (unit[part] ?? 0) : isTalk(figure, part) ? (unit['talk'] ?? 0) : 0;
    if (each > 0) sums.set(currency, (sums.get(currency) ?? 0) + each * Number(n));
  }
  return sums;
}

function isTalk(figure: string, part: string): boolean {
  if (figure !== 'results' || !part.startsWith('call/')) return false;
  const code = part.slice('call/'.length);
  // Whoever called us cost a talk as well.
  return (RESULT_CODES as Record<string, { rpc: boolean }>)[code]?.rpc === true;
}
