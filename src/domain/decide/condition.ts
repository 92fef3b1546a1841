import type { Condition, Test } from '../strategy/strategy';
import type { Scalar } from '../units';

/** Gives the value of a named fact, or null when it is not known. */
export type Facts = (name: string) => Scalar | null;

type Truth = boolean | null;

/**
 * Whether a condition holds. A test of an unknown fact is neither true nor false, its negation likewise; what is
 * unknown at the end does not hold: unknown means no.
 */
export function meets(condition: Condition | undefined, facts: Facts): boolean {
  return condition === undefined || truth(condition, facts) === true;
}

function truth(condition: Condition, facts: Facts): Truth {
  if ('all' in condition) {
    const parts = condition.all.map((part) => truth(part, facts));
    return parts.includes(false) ? false : parts.includes(null) ? null : true;
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => truth(part, facts));
    return parts.includes(true) ? true : parts.includes(null) ? null : false;
  }
  if ('not' in condition) {
    const inner = truth(condition.not, facts);
    return inner === null ? null : !inner;
  }
  return compare(facts(condition.fact), condition);
}

function compare(known: Scalar | null, test: Test): Truth {
  const { op, value } = test;
  // A flag that nobody set is not set; anything else that is not known stays unknown.
  if (known === null) return typeof value === 'boolean' ? compare(false, test) : null;
  if (typeof value === 'object') return op === 'in' && value.includes(known);
  if (op === '=') return known === value;
  if (op === '!=') return known !== value;
  if (typeof known !== typeof value) return null;
  if (op === '<') return known < value;
  if (op === '<=') return known <= value;
  if (op === '>') return known > value;
  return op === '>=' && known >= value;
}

/** A strategy's conditions are asked for their tests again and again, for each account. */
const found = new WeakMap<Condition, readonly Test[]>();

/** The tests of a condition, wherever they stand in it. */
export function testsOf(condition: Condition | undefined): readonly Test[] {
  if (condition === undefined) return [];
  const known = found.get(condition);
  if (known !== undefined) return known;
  const tests = collected(condition);
  found.set(condition, tests);
  return tests;
}

function collected(condition: Condition): readonly Test[] {
  if ('all' in condition) return condition.all.flatMap(testsOf);
  if ('any' in condition) return condition.any.flatMap(testsOf);
  if ('not' in condition) return testsOf(condition.not);
  return [condition];
}
