import { affordableInstalment } from '../agreement/affordable';
import { addDays, minDate } from '../calendar/day';
import type { Situation } from '../decide/situation';
import { why } from '../decide/why';
import type { HardshipRule } from '../strategy/offers';
import type { Considered } from './answer';
import type { OfferAsked } from './asked';

/**
 * What a household in hardship can carry, from income and outgoings as they were stated (ladders 6). Contact rests
 * once for counselling; the evidence is asked for by a task of the strategy's, and the review has its day.
 */
export function considerHardship(at: Situation, offer: OfferAsked, rule: HardshipRule): Considered {
  const { account, day } = at;
  const { income = 0, essentials = 0, household = 1, review } = offer;
  if (review === undefined || review <= day)
    return { answer: 'refuse', because: [why('offer-review', { day })] };
  const affordable = affordableInstalment({
    ...{ income, essentials, household },
    leastLiving: rule.leastLiving,
  });
  const rests = (account.agreements ?? []).flatMap(({ terms }) =>
    terms.kind === 'hardship' && terms.restUntil !== undefined ? [terms.restUntil] : [],
  );
  const rested = rests.length > 0;
  // A budget that is corrected meanwhile leaves the rest as it is.
  const goesOn = rests.find((until) => until >= day);
  const reviewOn = minDate(review, addDays(day, rule.reviewDays));
  const until = rested ? goesOn : rule.restDays === 0 ? undefined : addDays(day, rule.restDays);
  const restUntil = until === undefined ? {} : { restUntil: until };
  const terms = { kind: 'hardship', from: day, affordable, reviewOn, ...restUntil } as const;
  const because = [
    why('offer-hardship', { affordable, on: reviewOn }),
    ...(rested ? [why('offer-rested')] : []),
    ...(affordable === 0 ? [why('offer-relief')] : []),
  ];
  const { approval = null } = rule;
  return { answer: 'fits', rule: rule.name, terms, because, approval, givingUp: null };
}
