import type { OfferRule } from '../offers';
import { ladderPaths, problem, type Checking } from './checking';
import type { Problem } from './problem';

const PAID: readonly OfferRule['kind'][] = ['plan', 'settlement'];

/**
 * Offers that nobody can come to, and plans that nobody is reminded of: while one is kept, only what the document marks
 * with `during_agreement` goes out.
 */
export function offerProblems(on: Checking): readonly Problem[] {
  const { offers = [], steps } = on.strategy;
  const found: Problem[] = [];
  offers.forEach((rule, index) => {
    const shadow = offers.slice(0, index).find((earlier) => takesAll(earlier, rule));
    if (shadow !== undefined) {
      const args = { offer: rule.name, before: shadow.name };
      found.push(problem(on, 'error', 'STRATEGY_OFFER_UNREACHED', args, ['offers', index]));
    }
  });
  const first = offers.findIndex(({ kind }) => PAID.includes(kind));
  if (first < 0) return found;
  for (const path of ladderPaths(on.strategy)) {
    if (!offers.some(({ kind, paths }) => kind === 'plan' && (paths?.includes(path) ?? true))) continue;
    const reminded = steps.some(
      ({ at, duringAgreement }) =>
        at.anchor === 'instalment' && duringAgreement === true && at.days[path] !== undefined,
    );
    if (!reminded)
      found.push(problem(on, 'warning', 'STRATEGY_PLAN_UNREMINDED', { path }, ['offers', first]));
  }
  return found;
}

/** An offer without a condition takes everything of its kind before a later one that offers the same. */
function takesAll(earlier: OfferRule, later: OfferRule): boolean {
  if (earlier.kind !== later.kind || earlier.when !== undefined) return false;
  // Rules of plans are tried one after the other, and the one that fits is taken.
  if (earlier.kind === 'plan') return false;
  const { paths } = earlier;
  return paths === undefined || (later.paths?.every((path) => paths.includes(path)) ?? false);
}
