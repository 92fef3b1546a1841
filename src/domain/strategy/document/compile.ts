import type { CreditRules } from '../../credit/credit';
import { WAYS } from '../../policy/pack/words';
import type { PolicyUse } from '../../policy/use';
import { countryOf } from '../../calendar/country';
import { COMPLAINT_DAYS, DISPUTE_DAYS } from '../../decide/deadlines';
import { ForbearError } from '../../errors/forbear-error';
import type {
  Condition,
  ComplaintRules,
  ContactRules,
  Counting,
  DisputeRules,
  PromiseRules,
  Segment,
  SegmentFall,
  Stage,
  Strategy,
} from '../strategy';
import { amountOf } from './amount';
import { compileMoney } from './compile-money';
import { compileOffers } from './compile-offers';
import { compileStep } from './compile-step';
import { checkPath, compiling, present, type Compiling } from './compiling';
import type { Places } from './places';
import { inOrder, type Problem } from './problem';
import { readDocument } from './read';
import type { StrategyDocument } from './schema';

export interface Compiled {
  /** Null when there is any error. */
  readonly strategy: Strategy | null;
  readonly document: StrategyDocument | null;
  readonly places: Places;
  readonly problems: readonly Problem[];
}

/** The YAML of a strategy into the form that the engine runs, or every error with its place. Never throws. */
export function compile(text: string, file: string): Compiled {
  const { document, places, problems: unread } = readDocument(text, file);
  if (document === null) return { strategy: null, document, places, problems: unread };
  const problems: Problem[] = [];
  const strategy = compileDocument(compiling(document, places, problems));
  return { strategy: problems.length > 0 ? null : strategy, document, places, problems: inOrder(problems) };
}

/** The compiled strategy of a document that must be right. Throws the first error of it. */
export function strategyOf(text: string, file: string): Strategy {
  const { strategy, problems } = compile(text, file);
  const [first] = problems;
  if (first !== undefined) throw new ForbearError(first.code, first.args, first.where);
  if (strategy === null) throw new ForbearError('STRATEGY_YAML', { reason: 'it is empty' }, { file });
  return strategy;
}

function compileDocument(on: Compiling): Strategy {
  const { document, places } = on;
  if (typeof amountOf('0', document.currency) !== 'number') {
    on.problem('STRATEGY_CURRENCY', { currency: document.currency }, places.at(['currency']));
  }
  if (!isZone(document.zone)) on.problem('STRATEGY_ZONE', { zone: document.zone }, places.at(['zone']));
  return {
    forbear: 'strategy/1',
    name: document.name,
    title: document.title,
    product: document.product,
    currency: document.currency,
    zone: document.zone,
    sendAt: document.send_at,
    counting: compileCounting(on),
    ...present({ credit: compileCredit(on) }),
    promises: compilePromises(on),
    ...present({ offers: compileOffers(on) }),
    ...present({ disputes: compileDisputes(on), complaints: compileComplaints(on) }),
    contact: compileContact(on),
    ...present({ policy: compilePolicy(on) }),
    segments: document.segments.map((_, index) => compileSegment(on, index)),
    ...present({ fall: compileFall(on) }),
    stages: document.stages.map((_, index) => compileStage(on, index)),
    steps: document.steps.map((_, index) => compileStep(on, index)),
  };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function compileCounting(on: Compiling): Counting {
  const { grace, bucket_by, watch_days, pending_days, claim_days, debit_days } = on.document.counting;
  return {
    grace,
    tolerance: on.amount(['counting', 'tolerance']),
    bucketBy: bucket_by,
    watchDays: watch_days,
    pendingDays: pending_days,
    ...present({ claimDays: claim_days, debitDays: debit_days, money: compileMoney(on) }),
  };
}

function compileCredit({ document }: Compiling): CreditRules | undefined {
  const { credit } = document;
  if (credit === undefined) return undefined;
  return { contact: credit.contact_days, visit: credit.visit_days, agency: credit.agency_days };
}

function compilePromises(on: Compiling): Readonly<Record<string, PromiseRules>> {
  const rules: Record<string, PromiseRules> = {};
  for (const [path, written] of Object.entries(on.document.promises)) {
    checkPath(on, path, on.places.key(['promises', path]));
    rules[path] = {
      horizonDays: written.longest,
      graceDays: written.grace,
      tolerancePercent: written.tolerance.percent,
      toleranceAmount: on.amount(['promises', path, 'tolerance', 'amount']),
      least: written.least,
      mayCrossNextDue: written.may_cross_next_due,
      brokenLimit: written.broken_limit,
      ...present({
        mostOpen: written.most_open,
        parts: written.parts,
        partial: written.partial && {
          percent: written.partial.percent,
          restDays: written.partial.rest_days,
        },
      }),
    };
  }
  return rules;
}

function compileDisputes({ document }: Compiling): DisputeRules | undefined {
  const { disputes, zone } = document;
  return disputes && { answerDays: answerDays(disputes.answer_days, zone) ?? DISPUTE_DAYS };
}

function compileComplaints({ document }: Compiling): ComplaintRules | undefined {
  const { complaints, zone } = document;
  if (complaints === undefined) return undefined;
  const restDays = Object.fromEntries(
    Object.entries(complaints.rest).filter(([, days]) => days !== undefined),
  );
  return { answerDays: answerDays(complaints.answer_days, zone) ?? COMPLAINT_DAYS, restDays };
}

/** By the country in which the strategy is in force; a deadline of law is that country's own. */
function answerDays(days: Readonly<Record<string, number>>, zone: string): number | undefined {
  const country = isZone(zone) ? countryOf(zone) : null;
  return days[country ?? 'other'] ?? days['other'];
}

function compileContact(on: Compiling): ContactRules {
  const { hours, caps, rest, closed_on, host_data_hours: hostDataHours } = on.document.contact;
  caps.forEach((cap, index) => {
    cap.paths?.forEach((path, at) =>
      checkPath(on, path, on.places.at(['contact', 'caps', index, 'paths', at])),
    );
  });
  for (const path of Object.keys(rest ?? {})) checkPath(on, path, on.places.key(['contact', 'rest', path]));
  return {
    hours,
    caps: caps.map((cap) => ({ ...cap })),
    ...present({ rest, hostDataHours }),
    closedOn: closed_on,
  };
}

function compilePolicy({ document, places, problem }: Compiling): PolicyUse | undefined {
  const { policy } = document;
  if (policy === undefined) return undefined;
  for (const channel of Object.keys(policy.conduct ?? {}))
    if (!WAYS.some((way) => way === channel))
      problem(
        'STRATEGY_VALUE',
        { key: channel, reason: `it is no channel; use one of ${WAYS.join(', ')}` },
        places.key(['policy', 'conduct', channel]),
      );
  const { role, packs, endpoints, conduct, agencies } = policy;
  return {
    ...{ role, packs },
    ...present({
      endpoints: endpoints === undefined ? undefined : present(endpoints),
      conduct:
        conduct === undefined
          ? undefined
          : Object.fromEntries(Object.entries(conduct).map(([channel, how]) => [channel, present(how)])),
      agencies:
        agencies === undefined
          ? undefined
          : Object.fromEntries(
              Object.entries(agencies).map(([name, { is, reviewed }]) => [
                name,
                { is, ...present({ reviewed }) },
              ]),
            ),
    }),
  };
}

function compileSegment(on: Compiling, index: number): Segment {
  const segment = on.document.segments[index];
  const names = on.document.segments.slice(0, index).map(({ name }) => name);
  const { name, path } = segment as NonNullable<typeof segment>;
  if (names.includes(name))
    on.problem('STRATEGY_NAME_TWICE', { name }, on.places.at(['segments', index, 'name']));
  // A segment without a condition takes what is left over.
  return { name, path, when: on.condition(['segments', index, 'when']) ?? { all: [] } };
}

function compileFall({ document, places, problem }: Compiling): SegmentFall | undefined {
  const { segment_fall: written, facts = {} } = document;
  if (written === undefined) return undefined;
  if (written.score === undefined) return { held: written.held };
  const { fact, range, percent } = written.score;
  const name = fact.startsWith('facts.') ? fact.slice('facts.'.length) : null;
  const where = places.at(['segment_fall', 'score', 'fact']);
  const ofModel = fact === 'risk_score' || /^score[.][a-z]/.test(fact);
  if (!ofModel && (name === null || facts[name] === undefined))
    problem('STRATEGY_FACT_UNKNOWN', { fact, nearest: '' }, where);
  else if (name !== null && facts[name] !== undefined && facts[name] !== 'number')
    problem('STRATEGY_FACT_TYPE', { fact, type: facts[name], value: 'a number' }, where);
  const over = (Math.abs(range[1] - range[0]) * percent) / 100;
  return { held: written.held, score: { fact, over } };
}

function compileStage(on: Compiling, index: number): Stage {
  const { name, from } = on.document.stages[index] as StrategyDocument['stages'][number];
  const names = on.document.stages.slice(0, index).map((stage) => stage.name);
  if (names.includes(name))
    on.problem('STRATEGY_NAME_TWICE', { name }, on.places.at(['stages', index, 'name']));
  for (const path of Object.keys(from)) checkPath(on, path, on.places.key(['stages', index, 'from', path]));
  const part = (key: 'enter' | 'early' | 'leave'): Condition | undefined =>
    on.condition(['stages', index, key]);
  return { name, from, ...present({ enter: part('enter'), early: part('early'), leave: part('leave') }) };
}
