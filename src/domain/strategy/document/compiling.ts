import type { ErrorCode } from '../../errors/catalogue';
import type { ErrorArgs, Where } from '../../errors/forbear-error';
import type { Minor } from '../../units';
import type { Anchor, Condition } from '../strategy';
import { amountOf } from './amount';
import { parseCondition } from './condition';
import type { Places } from './places';
import type { Path, Problem } from './problem';
import type { StrategyDocument } from './schema';

/** What every part of compiling needs: values by the path they stand at, and where to put what is wrong. */
export interface Compiling {
  readonly document: StrategyDocument;
  readonly places: Places;
  problem(code: ErrorCode, args: ErrorArgs, where: Where): void;
  amount(path: Path): Minor;
  condition(path: Path): Condition | undefined;
}

/** The tools of one compilation: problems are collected, never thrown. */
export function compiling(document: StrategyDocument, places: Places, problems: Problem[]): Compiling {
  const words = { declared: document.facts ?? {}, currency: document.currency };
  const problem: Compiling['problem'] = (code, args, where) => {
    problems.push({ severity: 'error', code, args, where });
  };
  return {
    document,
    places,
    problem,
    amount(path) {
      const text = places.source(path) ?? '';
      const amount = amountOf(text, document.currency);
      if (typeof amount === 'number') return amount;
      problem(
        'STRATEGY_AMOUNT',
        { text, currency: document.currency, reason: amount.reason },
        places.at(path),
      );
      return 0;
    },
    condition(path) {
      const text = places.source(path);
      if (text === null) return undefined;
      const parsed = parseCondition(text, words);
      if ('condition' in parsed) return parsed.condition;
      problem(parsed.code, parsed.args, places.at(path, parsed.offset));
      return undefined;
    },
  };
}

/** A path must be one that a segment leads to. */
export function checkPath({ document, problem }: Compiling, path: string, where: Where): void {
  const paths = [...new Set(document.segments.map((segment) => segment.path))];
  if (!paths.includes(path)) problem('STRATEGY_PATH_UNKNOWN', { path, paths: paths.join(', ') }, where);
}

/** Without the keys that have no value, so that the canonical form is small and equal for equal documents. */
export function present<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const PLAIN_ANCHORS = [
  ...['due', 'dpd', 'next-due', 'statement', 'stage', 'promise', 'rpc', 'debit-result'],
  ...['instalment', 'instalment-past', 'agreement-end'],
  ...['dispute-deadline', 'complaint-deadline'],
];

/** Whether a text is an anchor by its form. */
export function isAnchor(text: string): text is Anchor {
  return PLAIN_ANCHORS.includes(text) || /^(step|arrived|mark):[A-Za-z][\w.-]*$/.test(text);
}
