import { asksOf, DEBIT_ANSWERS } from '../../quiet/debits';
import type { Condition } from '../strategy';
import { ladderPaths, problem, testsIn, type Checking } from './checking';
import type { Path, Problem } from './problem';

/**
 * Nobody with autopay is contacted until the debit's result is known (quiet/debits.ts), and a result that never comes
 * is known only when a person asks. A path without that question falls silent for good: an error where the document
 * itself speaks of debits; else a warning, as the host may still say of an account that it is debited.
 */
export function debitProblems(on: Checking): readonly Problem[] {
  const { strategy } = on;
  const tasks = asksOf(strategy);
  const spoken = firstWord(on);
  const unasked = ladderPaths(strategy).filter((path) =>
    tasks.every(({ at }) => at.days[path] === undefined),
  );
  const severity = spoken === null ? 'warning' : 'error';
  const missing = unasked.map((path) =>
    problem(on, severity, 'STRATEGY_DEBIT_UNASKED', { path }, spoken ?? ['counting']),
  );
  const deaf = tasks.flatMap(({ name, answers = [] }) => {
    const lacking = DEBIT_ANSWERS.filter((answer) => !answers.includes(answer));
    if (lacking.length === 0) return [];
    const index = strategy.steps.findIndex((step) => step.name === name);
    const args = { step: name, answers: lacking.join(', ') };
    return [problem(on, 'error', 'STRATEGY_DEBIT_ANSWERS', args, ['steps', index, 'answers'])];
  });
  return [...missing, ...deaf];
}

/** Where the document first speaks of debits: in a condition, an anchor, or what the host is asked; or null. */
function firstWord({ strategy, document }: Checking): Path | null {
  const { segments, stages, steps } = strategy;
  const conditions: readonly (readonly [Path, Condition | undefined])[] = [
    ...segments.map(({ when }, at) => [['segments', at, 'when'], when] as const),
    ...stages.flatMap((stage, at) =>
      (['enter', 'early', 'leave'] as const).map((key) => [['stages', at, key], stage[key]] as const),
    ),
    ...steps.map(({ when }, at) => [['steps', at, 'when'], when] as const),
  ];
  const tested = conditions.find(([, when]) => testsIn(when).some(({ fact }) => OF_DEBITS.test(fact)));
  if (tested !== undefined) return tested[0];
  const step = document.steps.findIndex(
    ({ from, action = '' }) => FROM_DEBITS.test(from) || action.split('-').includes('debit'),
  );
  return step < 0 ? null : ['steps', step];
}

const OF_DEBITS = /^(autopay|(mark|days_since)[.]debit-)/;
const FROM_DEBITS = /^(mark:)?debit-/;
