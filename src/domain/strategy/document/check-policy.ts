import { addDays } from '../../calendar/day';
import { instantOf } from '../../calendar/zone';
import { begin } from '../../account/begin';
import { contactRequest, isWay } from '../../policy/contact-request';
import { decide } from '../../policy/pack/decide';
import { indexLedger } from '../../policy/pack/index-ledger';
import type { HappeningName } from '../../policy/pack/happenings';
import type { Pack } from '../../policy/pack/pack';
import type { CapRule, Rule } from '../../policy/pack/rule';
import type { Action } from '../../policy/pack/words';
import type { PolicyUse } from '../../policy/use';
import type { Step } from '../strategy';
import { attemptsOf, fullest } from './check-caps';
import { goesToLaw, isPlacement, ladderPaths, problem, type Checking } from './checking';
import type { Problem } from './problem';

/** Two weeks without a holiday in any of the tables: what is never open then is not open at that hour at all. */
const SAMPLE_DAY = '2026-03-02';
const SAMPLE_DAYS = 14;

/**
 * The strategy's own cadence against the packs that it names: steps that can never go out on time, steps that together
 * break a cap, steps of law without the notice that the packs want first. The gate would hold them back when they come
 * due; better that the strategy team knows.
 */
export function policyProblems(on: Checking, packs: readonly Pack[]): readonly Problem[] {
  const use = on.strategy.policy;
  if (use === undefined) return [];
  const rules = packs
    .filter(({ roles }) => roles.includes(use.role))
    .flatMap((pack) => pack.rules)
    .filter(({ roles }) => roles === null || roles.includes(use.role));
  return [...late(on, use, packs), ...crowded(on, rules), ...unserved(on, rules)];
}

/** A step whose hour or manner no rule of the packs lets through on any day. */
function late(on: Checking, use: PolicyUse, packs: readonly Pack[]): readonly Problem[] {
  const { strategy } = on;
  const { zone, product, currency } = strategy;
  const terms = {
    ref: 'a',
    lender: 'a',
    person: 'p',
    digit: 0,
    product,
    currency,
    zone,
    books: 'host',
  } as const;
  const account = begin({ terms, facts: {}, enteredOn: SAMPLE_DAY, events: [] });
  const ledger = indexLedger({ attempts: [], happenings: [] });
  return strategy.steps.flatMap((step, index) => {
    const channel = step.channels?.[0];
    if ((step.kind !== 'contact' && step.kind !== 'notice') || channel === undefined || !isWay(channel))
      return [];
    const request = contactRequest({
      ...{ use, step, channel, account, person: 'p', role: step.to ?? 'main', zones: [zone], staff: 2 },
      endpoint: { ref: 'e', source: null, place: channel === 'visit' ? 'home' : null },
    });
    const time = step.at.time ?? strategy.sendAt;
    const answers = Array.from({ length: SAMPLE_DAYS }, (_, n) =>
      decide(request, packs, ledger, instantOf(addDays(SAMPLE_DAY, n), time, zone)),
    );
    if (answers.some(({ answer }) => answer === 'allow')) return [];
    const spoke = answers[0]?.rules.find(({ says }) => says !== 'allow');
    const says = answers[0]?.answer ?? 'review';
    const args = {
      step: step.name,
      time,
      channel,
      rule: spoke?.rule ?? '',
      says,
      sentence: spoke?.sentence ?? '',
    };
    return [problem(on, 'warning', 'STRATEGY_POLICY_NEVER', args, ['steps', index, 'step'])];
  });
}

/** Only caps of days can be reckoned from a cadence, and only what counts whatever comes of it. */
const COUNTED = ['attempt', 'message', 'visit'];

function crowded(on: Checking, rules: readonly Rule[]): readonly Problem[] {
  const caps = rules.filter((rule): rule is CapRule => rule.kind === 'cap' && COUNTED.includes(rule.counts));
  return caps.flatMap((rule) => {
    const days = daysOf(rule);
    const channels = (rule.channels ?? []).filter((way) => rule.counts !== 'visit' || way === 'visit');
    if (days === null || rule.max === 0) return [];
    return ladderPaths(on.strategy).flatMap((path) => {
      const worst = fullest(attemptsOf(on, path, channels), days);
      if (worst === null || worst.count <= rule.max) return [];
      const { day, count, steps } = worst;
      const args = { path, day, count, days, max: rule.max, steps: steps.join(', '), rule: rule.id };
      return [problem(on, 'warning', 'STRATEGY_POLICY_CAP', args, ['policy', 'packs'])];
    });
  });
}

function daysOf({ period }: CapRule): number | null {
  if ('ever' in period) return null;
  if ('rolling' in period) return period.unit === 'day' ? period.rolling : Math.ceil(period.rolling / 24);
  return { day: 1, week: 7, month: 28 }[period.calendar];
}

function actionOf(step: Step): Action | null {
  if (goesToLaw(step)) return 'file-suit';
  return isPlacement(step) ? 'outsource' : null;
}

/** Notices that a rule wants before a step of law, of which no step that it needs says that it serves them. */
function unserved(on: Checking, rules: readonly Rule[]): readonly Problem[] {
  return on.strategy.steps.flatMap((step, index) => {
    const action = actionOf(step);
    if (action === null) return [];
    const before = new Set((step.needs ?? []).map((need) => need.step));
    // A task is work that a person takes up and decides on.
    const human: readonly HappeningName[] = step.kind === 'task' ? ['human-decision'] : [];
    const served = on.strategy.steps
      .flatMap(({ name, serves }) => (before.has(name) ? (serves ?? []) : []))
      .concat(human);
    return rules.flatMap((rule) => {
      if (rule.kind !== 'gate' || rule.once !== null || !rule.actions.includes(action)) return [];
      return rule.needs.flatMap((need) => {
        if (need.of !== 'event' || need.any.some((name) => served.includes(name))) return [];
        const args = { step: step.name, notice: need.any.join(' or '), rule: rule.id, sentence: rule.says };
        return [problem(on, 'warning', 'STRATEGY_POLICY_NOTICE', args, ['steps', index, 'step'])];
      });
    });
  });
}
