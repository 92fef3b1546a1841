import type { Anchor, Need, Step, Timing } from '../strategy';
import { mayBeAddressed } from '../../party/rights';
import { checkPath, isAnchor, present, type Compiling } from './compiling';
import type { Path } from './problem';
import type { StepDocument } from './schema';

const NAME = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;

/** One step of the document in its compiled form; what is wrong with it goes to `on.problem`. */
export function compileStep(on: Compiling, index: number): Step {
  const { document, places } = on;
  const written = document.steps[index] as StepDocument;
  const path: Path = ['steps', index];
  checkName(on, written.step, index);
  const tone = tones(written.tone, on, path);
  return {
    name: written.step,
    title: written.title,
    kind: written.kind,
    stages: stages(on, written, path),
    at: timing(on, written, path),
    once: written.once ?? 'anchor',
    // What the law wants is caught up; a message whose day has passed is left to the next one.
    late: written.late ?? (written.kind === 'contact' ? 'skip' : 'do'),
    ...present({
      when: on.condition([...path, 'when']),
      channels: written.channels,
      ...tone,
      soft: written.soft,
      template: written.template,
      to: addressee(on, written, path),
      first: written.first,
      duringPromise: written.during_promise,
      duringAgreement: written.during_agreement,
      needs: written.needs?.map((need, at) => compileNeed(on, written, need, [...path, 'needs', at])),
      campaign: campaigns(on, written, path),
      cost: places.source([...path, 'cost']) === null ? undefined : on.amount([...path, 'cost']),
      worthIt: written.worth_it && { chance: written.worth_it.chance, factor: written.worth_it.times },
      action: written.action,
      queue: written.queue,
      answers: written.answers,
      serves: typeof written.serves === 'string' ? [written.serves] : written.serves,
      answerDays: written.answer_days,
    }),
  };
}

/** Only what speaks to somebody has an addressee, and only one who may be asked or told. */
function addressee({ places, problem }: Compiling, { step, kind, to }: StepDocument, path: Path) {
  if (to === undefined || to === 'main') return undefined;
  const speaks = kind === 'contact' || kind === 'notice';
  if (!speaks || !mayBeAddressed(to, kind))
    problem('STRATEGY_PARTY', { step, kind, role: to }, places.at([...path, 'to']));
  return to;
}

function checkName({ document, places, problem }: Compiling, name: string, index: number): void {
  const where = places.at(['steps', index, 'step']);
  if (!NAME.test(name) || name.length > 40) problem('STRATEGY_NAME_FORM', { name }, where);
  const twice = document.steps.slice(0, index).some(({ step }) => step === name);
  if (twice) problem('STRATEGY_NAME_TWICE', { name }, where);
}

function stages(
  { document, places, problem }: Compiling,
  { stage }: StepDocument,
  path: Path,
): readonly string[] {
  if (stage === undefined) return [];
  const known = document.stages.map(({ name }) => name);
  const list = typeof stage === 'string' ? [stage] : stage;
  list.forEach((name, at) => {
    if (known.includes(name)) return;
    const where = places.at(typeof stage === 'string' ? [...path, 'stage'] : [...path, 'stage', at]);
    problem('STRATEGY_STAGE_UNKNOWN', { stage: name, stages: known.join(', ') }, where);
  });
  return list;
}

function timing(on: Compiling, written: StepDocument, path: Path): Timing {
  const days: Record<string, readonly number[]> = {};
  for (const [name, value] of Object.entries(written.days)) {
    checkPath(on, name, on.places.key([...path, 'days', name]));
    days[name] = typeof value === 'number' ? [value] : value;
  }
  for (const name of Object.keys(written.every ?? {}))
    checkPath(on, name, on.places.key([...path, 'every', name]));
  return {
    anchor: anchor(on, written, path),
    days,
    unit: written.business_days === true ? 'business-day' : 'day',
    ...present({ time: written.time, every: written.every, until: written.until }),
  };
}

function anchor({ document, places, problem }: Compiling, { from, step }: StepDocument, path: Path): Anchor {
  const where = places.at([...path, 'from']);
  if (!isAnchor(from)) {
    problem('STRATEGY_ANCHOR', { anchor: from }, where);
    return 'due';
  }
  const other =
    from.startsWith('step:') || from.startsWith('arrived:') ? from.slice(from.indexOf(':') + 1) : null;
  if (other !== null && !document.steps.some((any) => any.step === other)) {
    problem('STRATEGY_ANCHOR_STEP', { step, other }, where);
  }
  return from;
}

type Written = NonNullable<StepDocument['needs']>[number];

function compileNeed(
  { document, places, problem }: Compiling,
  { step }: StepDocument,
  need: Written,
  path: Path,
): Need {
  if (!document.steps.some((any) => any.step === need.step)) {
    problem('STRATEGY_NEED_UNKNOWN', { step, other: need.step }, places.at([...path, 'step']));
  }
  if ((need.done === undefined) === (need.arrived === undefined)) {
    problem('STRATEGY_VALUE', { key: 'needs', reason: 'it says either done or arrived' }, places.at(path));
  }
  if (need.arrived !== undefined) return { step: need.step, state: 'arrived', days: need.arrived };
  return { step: need.step, state: 'done', days: need.done ?? 0 };
}

function campaigns(on: Compiling, { campaign }: StepDocument, path: Path): Step['campaign'] {
  if (campaign === undefined) return undefined;
  for (const name of Object.keys(campaign)) checkPath(on, name, on.places.key([...path, 'campaign', name]));
  const entries = Object.entries(campaign).map(([name, { a_day, days }]) => [
    name,
    { attemptsADay: a_day, days },
  ]);
  return Object.fromEntries(entries) as Step['campaign'];
}

/** The mildest tone stands for all, and paths that speak in another are named beside it. */
function tones(written: StepDocument['tone'], on: Compiling, path: Path): Pick<Step, 'tone' | 'toneBy'> {
  if (written === undefined) return {};
  if (typeof written === 'string') return { tone: number(written) };
  for (const name of Object.keys(written)) checkPath(on, name, on.places.key([...path, 'tone', name]));
  const all = Object.entries(written).map(([name, tone]) => [name, number(tone)] as const);
  const tone = Math.min(...all.map(([, value]) => value));
  const others = all.filter(([, value]) => value !== tone);
  return { tone, ...(others.length === 0 ? {} : { toneBy: Object.fromEntries(others) }) };
}

function number(tone: string): number {
  return Number(tone.slice(1));
}
