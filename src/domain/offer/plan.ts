import { isRunning, type Agreement, type AgreementTerms } from '../agreement/agreement';
import { judgeAgreement } from '../agreement/judge';
import { longestFor } from '../agreement/household-plan';
import {
  customInstalments,
  equalInstalments,
  firstInstalmentFits,
  type Impossible,
  type MonthlyTerms,
  type Schedule,
} from '../agreement/schedule';
import type { Decider } from '../agreement/authority';
import { addDays, minDate } from '../calendar/day';
import type { Situation } from '../decide/situation';
import type { Why } from '../decide/decision';
import { why } from '../decide/why';
import type { PlanRule } from '../strategy/offers';
import type { Minor } from '../units';
import type { Considered } from './answer';
import type { OfferAsked } from './asked';
import { higherOf } from './roles';

/** An instalment plan by one rule: accepted as asked, or the nearest one that the rule permits, with what was wrong. */
export function considerPlan(at: Situation, offer: OfferAsked, rule: PlanRule): Considered {
  const { standing, account } = at;
  const whole = Math.max(standing.balance, standing.pastDue);
  const amount = offer.amount ?? partsTotal(offer) ?? whole;
  const refuse = (...because: readonly Why[]): Considered => ({ answer: 'refuse', because });
  if (amount > whole) return refuse(why('offer-over-debt', { amount, debt: whole }));
  if (amount < standing.pastDue) return refuse(why('offer-under-due', { amount, pastDue: standing.pastDue }));
  const again = planAgain(at, rule);
  if ('refused' in again) return refuse(again.refused);
  const approval = higherOf(rule.approval ?? null, again.approval);
  const keep = { ...(rule.watch === undefined ? {} : { watch: rule.watch }), ...again.replaces };
  if (offer.parts !== undefined) return custom(at, offer, rule, amount, approval, keep);

  const asked: MonthlyTerms = {
    principal: amount,
    count: offer.count ?? 1,
    firstDue: offer.first ?? at.day,
    rate: offer.rate ?? 0,
    from: at.day,
    count_by: 'equal-months',
    ...(offer.down === undefined ? {} : { downPayment: offer.down }),
  };
  const wrong = mistakes(at, asked, rule);
  if (wrong.length === 0) {
    const schedule = equalInstalments(asked);
    if (typeof schedule === 'string') return refuse(impossible(schedule));
    const terms: AgreementTerms = { kind: 'plan', monthly: asked, ...keep };
    const because = [...again.because, fits(schedule, rule)];
    return { answer: 'fits', rule: rule.name, terms, because, approval, givingUp: null };
  }
  const best = nearest(at, asked, rule);
  if (best === null || account.path === null) return refuse(...wrong);
  return {
    answer: 'counter',
    rule: rule.name,
    best: { kind: 'plan', monthly: best, ...keep },
    because: wrong,
  };
}

function custom(
  at: Situation,
  { parts = [] }: OfferAsked,
  rule: PlanRule,
  amount: Minor,
  approval: Decider | null,
  keep: object,
): Considered {
  const refuse = (...because: readonly Why[]): Considered => ({ answer: 'refuse', because });
  const schedule = customInstalments(
    amount,
    parts.map(([due, one]) => ({ due, amount: one })),
  );
  if (typeof schedule === 'string') return refuse(impossible(schedule));
  const longest = longestOf(rule, amount);
  const last = schedule.instalments.at(-1)?.due ?? at.day;
  // Dates of their own may lie closer or wider than months: what counts is how long the whole takes.
  const end = addDays(at.day, longest * 31);
  if (parts.length > longest || last > end)
    return refuse(why('offer-too-long', { kind: 'plan', longest, unit: 'instalments' }));
  const first = firstMistake(at, schedule, rule);
  if (first !== null) return refuse(first);
  const small = schedule.instalments.slice(0, -1).find((one) => one.amount < rule.least);
  if (small !== undefined)
    return refuse(why('offer-instalment-small', { instalment: small.amount, least: rule.least }));
  const terms = { kind: 'plan', parts, ...keep } as const;
  return {
    answer: 'fits',
    rule: rule.name,
    terms,
    because: [fits(schedule, rule)],
    approval,
    givingUp: null,
  };
}

/** What of a plan the rule does not permit. */
function mistakes(at: Situation, asked: MonthlyTerms, rule: PlanRule): readonly Why[] {
  const wrong: Why[] = [];
  const longest = longestOf(rule, asked.principal);
  if (asked.count > longest)
    wrong.push(why('offer-too-long', { kind: 'plan', longest, unit: 'instalments' }));
  else if (rule.counts !== undefined && !rule.counts.includes(asked.count))
    wrong.push(why('offer-counts', { count: asked.count, counts: rule.counts.join(', ') }));
  if (asked.rate > rule.rateUpTo)
    wrong.push(why('offer-rate', { rate: percent(asked.rate), highest: percent(rule.rateUpTo) }));
  if (wrong.length > 0) return wrong;
  const schedule = equalInstalments(asked);
  if (typeof schedule === 'string') return [impossible(schedule)];
  const first = firstMistake(at, schedule, rule);
  if (first !== null) wrong.push(first);
  const [one] = schedule.instalments;
  const small = schedule.instalments.slice(0, -1).some(({ amount }) => amount < rule.least);
  if (small) wrong.push(why('offer-instalment-small', { instalment: one?.amount, least: rule.least }));
  return wrong;
}

function firstMistake(at: Situation, schedule: Schedule, rule: PlanRule): Why | null {
  const { pastDue } = at.standing;
  if (firstInstalmentFits(schedule, rule.first, pastDue, at.day)) return null;
  const [first] = schedule.instalments;
  const by = addDays(at.day, rule.first.withinDays);
  const least = Math.ceil((pastDue * rule.first.leastPercent) / 100);
  return why('offer-first', { first: first?.due, instalment: first?.amount, by, least });
}

/** The nearest plan that the rule permits: as long as asked or the next shorter, the first instalment soon and large enough. */
function nearest(at: Situation, asked: MonthlyTerms, rule: PlanRule): MonthlyTerms | null {
  const longest = Math.min(asked.count, longestOf(rule, asked.principal));
  const lengths = (rule.counts ?? Array.from({ length: longest }, (_unused, i) => i + 1))
    .filter((count) => count <= longest)
    .reverse();
  // Shorter than the shortest there is: the shortest.
  const shortest = rule.counts?.[0];
  const by = addDays(at.day, rule.first.withinDays);
  const firstDue = asked.firstDue < at.day ? by : minDate(asked.firstDue, by);
  for (const count of lengths.length === 0 && shortest !== undefined ? [shortest] : lengths) {
    const { downPayment: _down, ...rest } = asked;
    const plain = { ...rest, count, firstDue, rate: Math.min(asked.rate, rule.rateUpTo) };
    if (mistakes(at, plain, rule).length === 0) return plain;
    const least = Math.ceil((at.standing.pastDue * rule.first.leastPercent) / 100);
    const paid = { ...plain, downPayment: least };
    if (mistakes(at, paid, rule).length === 0) return paid;
  }
  return null;
}

function longestOf(rule: PlanRule, principal: Minor): number {
  return rule.counts?.at(-1) ?? longestFor(principal, rule.longest);
}

type Again =
  | { readonly refused: Why }
  | { readonly approval: Decider | null; readonly because: readonly Why[]; readonly replaces: object };

/** A running plan is planned anew within limits; after a broken one of the same rule somebody must approve (ladders 6). */
function planAgain(at: Situation, rule: PlanRule): Again {
  const { account, day } = at;
  const plans = (account.agreements ?? []).filter(({ terms }) => terms.kind === 'plan');
  const running = plans.find(isRunning);
  if (running !== undefined && running.terms.kind === 'plan') {
    const replans = (running.terms.replans ?? 0) + 1;
    if (replans > rule.replan.times) return { refused: why('offer-replanned', { times: rule.replan.times }) };
    const kept = keptOf(at, running);
    const early = kept < rule.replan.afterKept;
    const because = [
      early
        ? why('offer-replan-early', { kept, wanted: rule.replan.afterKept, by: rule.replan.earlierBy })
        : why('offer-replan', { kept }),
    ];
    const approval = early ? rule.replan.earlierBy : null;
    return { approval, because, replaces: { replaces: running.id, replans } };
  }
  const broken = plans.find(({ status, rule: name, since }) => {
    const same = account.episode === null || since >= account.episode.startedOn;
    return status === 'broken' && name === rule.name && same && since <= day;
  });
  if (broken === undefined || rule.again === undefined) return { approval: null, because: [], replaces: {} };
  const because = [why('offer-again', { since: broken.since, by: rule.again })];
  return { approval: rule.again, because, replaces: {} };
}

function keptOf({ account, day }: Situation, running: Agreement): number {
  const { watched } = judgeAgreement(account, running, day);
  return watched?.instalments.filter(({ state }) => state === 'kept' || state === 'kept-late').length ?? 0;
}

function fits(schedule: Schedule, rule: PlanRule): Why {
  const { instalments, total, interest } = schedule;
  const [first] = instalments;
  return why('offer-plan-fits', {
    rule: rule.name,
    count: instalments.length,
    instalment: first?.amount,
    first: first?.due,
    total,
    interest,
  });
}

const impossible = (reason: Impossible): Why => why('offer-impossible', { reason: SAYS[reason] });

const SAYS: Readonly<Record<Impossible, string>> = {
  'no-principal': 'there is no amount to be paid',
  count: 'that is no number of instalments',
  rate: 'that is no rate',
  unit: 'that is no unit',
  'first-due-before-start': 'the first instalment lies in the past',
  'down-payment': 'the first payment does not fit the amount',
  'too-small-for-unit': 'the instalments would be too small',
  'dates-not-rising': 'the dates do not follow one another',
  'amounts-do-not-add-up': 'the amounts do not add up to what is owed',
};

const percent = (ppm: number): string => `${ppm / 10_000} %`;

function partsTotal({ parts }: OfferAsked): Minor | undefined {
  return parts?.reduce((sum, [, amount]) => sum + amount, 0);
}
