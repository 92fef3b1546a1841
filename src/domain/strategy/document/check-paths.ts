import type { Stage, Step } from '../strategy';
import { asksForMoney, ladderPaths, problem, testsIn, type Checking } from './checking';
import type { Problem } from './problem';

/** Segments, stages and steps that nothing leads to, or that lead nowhere. */
export function pathProblems(on: Checking): readonly Problem[] {
  return [...segments(on), ...death(on), ...stages(on), ...steps(on), ...circles(on), ...promises(on)];
}

const takesAll = (when: object): boolean => 'all' in when && (when.all as readonly unknown[]).length === 0;

function segments(on: Checking): Problem[] {
  const list = on.strategy.segments;
  const all = list.findIndex(({ when }) => takesAll(when));
  if (all < 0) return [problem(on, 'error', 'STRATEGY_NO_CATCH_ALL', {}, ['segments'])];
  return list.slice(all + 1).map(({ name }, index) => {
    return problem(on, 'error', 'STRATEGY_SEGMENT_UNREACHED', { segment: name }, [
      'segments',
      all + 1 + index,
    ]);
  });
}

/** Somebody has to take the account of a person who has died, and it must not be a ladder. */
function death(on: Checking): Problem[] {
  const { strategy } = on;
  const index = strategy.segments.findIndex(({ when }) =>
    testsIn(when).some(({ fact }) => fact === 'hold.deceased' || fact === 'facts.deceased'),
  );
  const segment = strategy.segments[index];
  if (segment === undefined) return [problem(on, 'error', 'STRATEGY_NO_DEATH', {}, ['segments'])];
  return strategy.steps.flatMap((step, at) => {
    if (!asksForMoney(step) || step.at.days[segment.path] === undefined) return [];
    const args = { path: segment.path, step: step.name };
    return [problem(on, 'error', 'STRATEGY_DEATH_CHASED', args, ['steps', at, 'days', segment.path])];
  });
}

function stages(on: Checking): Problem[] {
  const list = on.strategy.stages;
  const found: Problem[] = [];
  list.forEach((stage, index) => {
    const paths = Object.keys(stage.from);
    if (paths.length === 0) {
      found.push(problem(on, 'error', 'STRATEGY_STAGE_UNENTERED', { stage: stage.name }, ['stages', index]));
    }
    // The last stage is left by paying, settling, selling or closing only.
    if (index === list.length - 1) return;
    for (const path of paths) {
      if (stage.leave !== undefined || list.slice(index + 1).some((later) => mayFollow(stage, later, path)))
        continue;
      const args = { path, stage: stage.name };
      found.push(problem(on, 'error', 'STRATEGY_STAGE_NO_WAY_OUT', args, ['stages', index]));
    }
  });
  return found;
}

function mayFollow(stage: Stage, later: Stage, path: string): boolean {
  const day = later.from[path];
  return day !== undefined && (day >= (stage.from[path] ?? 0) || later.early !== undefined);
}

function steps(on: Checking): Problem[] {
  return on.strategy.steps.flatMap((step, index) => {
    const reason = unreached(step, on);
    const found = reason === null ? [] : [unreachedProblem(on, step, index, reason)];
    return [...found, ...parts(on, step, index), ...worth(on, step, index)];
  });
}

function unreachedProblem(on: Checking, step: Step, index: number, reason: string): Problem {
  return problem(on, 'error', 'STRATEGY_STEP_UNREACHED', { step: step.name, reason }, [
    'steps',
    index,
    'days',
  ]);
}

/** Why no path reaches a step, or null. */
function unreached(step: Step, { strategy }: Checking): string | null {
  const paths = Object.keys(step.at.days);
  if (paths.length === 0) return 'it has no days';
  if (step.stages.length === 0) return null;
  const own = strategy.stages.filter(({ name }) => step.stages.includes(name));
  const entering = paths.filter((path) => own.some((stage) => stage.from[path] !== undefined));
  if (entering.length === 0) return 'none of its paths enters its stages';
  if (step.at.anchor !== 'due') return null;
  const inTime = entering.some((path) => {
    const last = step.at.every?.[path] === undefined ? Math.max(...(step.at.days[path] ?? [])) : Infinity;
    return own.some((stage) => stage.early !== undefined || (stage.from[path] ?? Infinity) <= last);
  });
  if (!inTime) return 'its days are before its stages begin';
  const after = entering.some((path) =>
    own.some((stage) => begins(step, path) < ends(strategy.stages, stage, path)),
  );
  return after ? null : 'its days are after its stages end';
}

function begins(step: Step, path: string): number {
  return Math.min(...(step.at.days[path] ?? [Infinity]));
}

/** The day from which a later stage takes every account of the path; without such a stage, never. */
function ends(all: readonly Stage[], stage: Stage, path: string): number {
  const later = all.slice(all.indexOf(stage) + 1).filter(({ enter }) => enter === undefined);
  return Math.min(Infinity, ...later.flatMap(({ from }) => from[path] ?? []));
}

function parts(on: Checking, step: Step, index: number): Problem[] {
  const lacks = (part: string): Problem =>
    problem(on, 'error', 'STRATEGY_STEP_PARTS', { step: step.name, kind: step.kind, part }, ['steps', index]);
  const found: Problem[] = [];
  const talks = step.kind === 'contact' || step.kind === 'notice';
  if (talks && (step.channels ?? []).length === 0) found.push(lacks('channels'));
  if (talks && step.tone === undefined) found.push(lacks('tone'));
  if (step.kind === 'host' && step.action === undefined) found.push(lacks('action'));
  if (step.kind === 'task' && step.queue === undefined) found.push(lacks('queue'));
  if (step.worthIt !== undefined && step.cost === undefined) found.push(lacks('cost'));
  return found;
}

/** A step whose own condition keeps what is past due below what would make it worth its cost. */
function worth(on: Checking, step: Step, index: number): Problem[] {
  if (step.worthIt === undefined || step.cost === undefined) return [];
  const args = { step: step.name };
  if (step.kind === 'notice') {
    return [problem(on, 'error', 'STRATEGY_WORTH_ON_NOTICE', args, ['steps', index, 'worth_it'])];
  }
  const { chance, factor } = step.worthIt;
  const least = chance === 0 ? Infinity : (step.cost * factor) / chance;
  const most = Math.min(
    ...testsIn(step.when).map(({ fact, op, value }) =>
      ['past_due', 'balance'].includes(fact) && (op === '<' || op === '<=') ? Number(value) : Infinity,
    ),
  );
  if (least < most || (least === Infinity && most === Infinity && chance > 0)) return [];
  const figures = { cost: step.cost, least: Math.ceil(least), most };
  return [problem(on, 'error', 'STRATEGY_NEVER_WORTH', { ...args, ...figures }, ['steps', index, 'cost'])];
}

/** Steps that count from one another without an end. */
function circles(on: Checking): Problem[] {
  const waits = new Map(on.strategy.steps.map((step) => [step.name, step]));
  const told = new Set<string>();
  return on.strategy.steps.flatMap((step, index) => {
    const circle = circleFrom(step, waits);
    if (circle === null || told.has(circle[0] ?? '')) return [];
    circle.forEach((name) => told.add(name));
    return [
      problem(on, 'error', 'STRATEGY_ANCHOR_CIRCLE', { circle: circle.join(' → ') }, [
        'steps',
        index,
        'from',
      ]),
    ];
  });
}

function circleFrom(step: Step, waits: ReadonlyMap<string, Step>): readonly string[] | null {
  const seen: string[] = [];
  const visit = (name: string): boolean => {
    if (seen.includes(name)) return name === step.name;
    seen.push(name);
    const next = waits.get(name);
    const found = next !== undefined && waitsFor(next).some(visit);
    if (!found) seen.pop();
    return found;
  };
  return visit(step.name) ? seen : null;
}

function waitsFor(step: Step): readonly string[] {
  const [kind, name] = step.at.anchor.split(':');
  const anchor = (kind === 'step' || kind === 'arrived') && name !== undefined ? [name] : [];
  return [...anchor, ...(step.needs ?? []).map((need) => need.step)];
}

function promises(on: Checking): Problem[] {
  return ladderPaths(on.strategy)
    .filter((path) => on.strategy.promises[path] === undefined)
    .map((path) => problem(on, 'error', 'STRATEGY_NO_PROMISES', { path }, ['promises']));
}
