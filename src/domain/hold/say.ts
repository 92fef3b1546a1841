import type { HoldType } from '../account/events';
import { RIGHTS, type Right } from '../staff/roles';
import { HOLD_EFFECTS, type HoldEffects } from './effects';
import { HOLD_RULES } from './rules';

const WORDS: Readonly<Record<keyof HoldEffects, string>> = {
  contact: 'asking for money',
  notice: 'notices by law',
  visit: 'visits',
  legal: 'law and placement',
  host: 'host steps',
  stage: 'a change of stage',
  count: 'the count of days',
};

/** What a hold of that kind stops. */
export function saysBlocked(type: HoldType): string {
  return listed(type, true);
}

/** What goes on under it. */
export function saysAllowed(type: HoldType): string {
  return listed(type, false);
}

function listed(type: HoldType, stops: boolean): string {
  const effects = HOLD_EFFECTS[type];
  const named = (Object.keys(WORDS) as (keyof HoldEffects)[]).filter((one) => effects[one] === stops);
  return named.length === 0 ? 'nothing' : named.map((one) => WORDS[one]).join(', ');
}

/** How a hold of that kind ends. */
export function saysEnd(type: HoldType): string {
  const { ends } = HOLD_RULES[type];
  switch (ends.by) {
    case 'release':
      return 'never by itself';
    case 'date':
      return ends.days === null ? 'on the last day given' : `${ends.days} days after it began`;
    case 'event': {
      const by = ends.told === undefined ? '' : ', by itself';
      return ends.days === 0 ? `with ${ends.event}${by}` : `${ends.days} days after ${ends.event}${by}`;
    }
  }
}

/** Who may set it. */
export function saysSet(type: HoldType): string {
  const { set } = HOLD_RULES[type];
  if (set === null) return 'anybody';
  return set === 'feed' ? "the lender's file" : saysRight(set);
}

/** Who may lift it, and who must be the second person. */
export function saysLift(type: HoldType): string {
  const { lift, second } = HOLD_RULES[type];
  return second === null ? saysRight(lift) : `${saysRight(lift)}; then another: ${saysRight(second)}`;
}

export const saysRight = (right: Right): string => RIGHTS[right].join(', ');
