import type { Step } from '../strategy';
import { goesToLaw, isPlacement, problem, type Checking } from './checking';
import type { Problem } from './problem';

/** Two demands that arrived, a month apart, before any filing; a notice before the account is given to an agency. */
export function lawProblems(on: Checking): readonly Problem[] {
  return on.strategy.steps.flatMap((step, index) => {
    const path = ['steps', index, 'needs'] as const;
    if (goesToLaw(step)) {
      const what = missingDemand(step, on.strategy.steps);
      return what === null
        ? []
        : [problem(on, 'error', 'STRATEGY_LAW_WITHOUT_DEMAND', { step: step.name, what }, path)];
    }
    if (!isPlacement(step) || neededNotices(step, on.strategy.steps).length > 0) return [];
    return [problem(on, 'error', 'STRATEGY_PLACED_WITHOUT_NOTICE', { step: step.name }, path)];
  });
}

/** What a filing lacks (ladders 7.2, CN-K10): two letters with proof of arrival, the second 30 days after the first. */
function missingDemand(step: Step, steps: readonly Step[]): string | null {
  const arrived = (step.needs ?? []).filter(({ state }) => state === 'arrived').map((need) => need.step);
  const letters = steps.filter(
    ({ name, channels }) => arrived.includes(name) && channels?.includes('letter'),
  );
  if (letters.length < 2)
    return letters.length === 0 ? 'a demand letter that has arrived' : 'a second demand letter';
  const apart = letters.some((later) => letters.some((earlier) => isAfter(later, earlier)));
  return apart ? null : 'thirty days between its two demand letters';
}

function isAfter(later: Step, earlier: Step): boolean {
  return (later.needs ?? []).some(
    ({ step, state, days }) => step === earlier.name && state === 'arrived' && days >= 30,
  );
}

function neededNotices(step: Step, steps: readonly Step[]): readonly Step[] {
  const names = (step.needs ?? []).map((need) => need.step);
  return steps.filter(({ name, kind }) => kind === 'notice' && names.includes(name));
}
