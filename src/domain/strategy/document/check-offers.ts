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
    const shadow = offers.find((other, place) => isAlwaysBetter(other, rule, place < index));
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

/**
 * All rules of a kind are asked, and the best answer is given (offer/consider.ts). So an offer is never come to where
 * another one, without a condition and on all of its paths, gives as much and asks nobody more; of two that are the same,
 * the first.
 */
function isAlwaysBetter(other: OfferRule, rule: OfferRule, isEarlier: boolean): boolean {
  if (other === rule || other.when !== undefined || !isOnAllPaths(other, rule)) return false;
  if (!needsNoMore(other, rule) || !givesAsMuch(other, rule)) return false;
  const same = rule.when === undefined && isOnAllPaths(rule, other);
  return isEarlier || !(same && needsNoMore(rule, other) && givesAsMuch(rule, other));
}

function isOnAllPaths({ paths }: OfferRule, rule: OfferRule): boolean {
  return paths === undefined || (rule.paths?.every((path) => paths.includes(path)) ?? false);
}

function needsNoMore({ approval }: OfferRule, rule: OfferRule): boolean {
  return approval === undefined || approval === rule.approval;
}

/** Whatever the rule gives, the other one gives too. Of plans, settlements and hardship only where they say the same. */
function givesAsMuch(other: OfferRule, rule: OfferRule): boolean {
  if (other.kind === 'waiver' && rule.kind === 'waiver') return other.withinDays >= rule.withinDays;
  if (other.kind === 'due-date' && rule.kind === 'due-date') return other.everyDays <= rule.everyDays;
  if ('months' in other && 'months' in rule) return other.kind === rule.kind && other.months >= rule.months;
  return limitsOf(other) === limitsOf(rule);
}

function limitsOf({
  name: _name,
  paths: _paths,
  when: _when,
  approval: _approval,
  ...limits
}: OfferRule): string {
  return JSON.stringify(limits);
}
