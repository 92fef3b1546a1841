import type { ErrorCode } from '../../errors/catalogue';
import type { ErrorArgs } from '../../errors/forbear-error';
import type { Condition, Step, Strategy, Test } from '../strategy';
import type { Places } from './places';
import type { Path, Problem } from './problem';
import type { StrategyDocument } from './schema';

/** What a check looks at: the compiled strategy, its document, and where things stand. */
export interface Checking {
  readonly strategy: Strategy;
  readonly document: StrategyDocument;
  readonly places: Places;
}

export function problem(
  on: Checking,
  severity: Problem['severity'],
  code: ErrorCode,
  args: ErrorArgs,
  path: Path,
): Problem {
  return { severity, code, args, where: on.places.at(path) };
}

/** Paths that enter a stage: the ones that are chased. */
export function ladderPaths({ stages }: Strategy): readonly string[] {
  return [...new Set(stages.flatMap((stage) => Object.keys(stage.from)))];
}

/** The tests of a condition, wherever they stand in it. */
export function testsIn(condition: Condition | undefined): readonly Test[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(testsIn);
  if ('any' in condition) return condition.any.flatMap(testsIn);
  if ('not' in condition) return testsIn(condition.not);
  return [condition];
}

/** Tests that must hold for the condition to hold. */
export function requiredTests(condition: Condition | undefined): readonly Test[] {
  if (condition === undefined || 'any' in condition || 'not' in condition) return [];
  if ('all' in condition) return condition.all.flatMap(requiredTests);
  return [condition];
}

/** Whether a step talks to a person or asks for money. */
export function asksForMoney(step: Step): boolean {
  return step.kind === 'contact' || goesToLaw(step) || isPlacement(step);
}

export function goesToLaw(step: Step): boolean {
  return step.channels?.includes('legal') ?? false;
}

export function isPlacement(step: Step): boolean {
  return (step.channels?.includes('agency') ?? false) && step.action !== 'recall';
}
