import { dayNumber, type Moment } from './moment';
import type { Pack } from './pack';
import type { PolicyRequest } from './request';
import type { Rule } from './rule';

/** A rule with the pack that it stands in. */
export interface Placed {
  readonly rule: Rule;
  readonly pack: Pack;
}

/** What of a request says which rules speak of it. */
export type Spoken = Pick<
  PolicyRequest,
  'action' | 'role' | 'product' | 'channel' | 'party' | 'place' | 'purpose'
>;

/** The rules that speak of a request like this one, whatever the moment. What the request does not know matches. */
export function rulesOf(packs: readonly Pack[], request: Spoken): readonly Placed[] {
  const found: Placed[] = [];
  for (const pack of packs) {
    if (!within(pack.roles, request.role) || !within(pack.products, request.product)) continue;
    for (const rule of pack.rules) if (speaksOf(rule, request)) found.push({ rule, pack });
  }
  return found;
}

function speaksOf(rule: Rule, request: Spoken): boolean {
  if (!rule.actions.includes(request.action)) return false;
  if (request.purpose !== null && rule.spares.includes(request.purpose)) return false;
  return (
    within(rule.roles, request.role) &&
    within(rule.products, request.product) &&
    within(rule.channels, request.channel) &&
    within(rule.parties, request.party) &&
    within(rule.places, request.place)
  );
}

function within<T extends string>(list: readonly T[] | null, value: T | null): boolean {
  return list === null || value === null || list.includes(value);
}

/** Days of the dates of packs and rules, worked out once. */
const dates = new WeakMap<object, { readonly from: number; readonly last: number }>();

function datesOf(dated: Pack | Rule): { readonly from: number; readonly last: number } {
  const known = dates.get(dated);
  if (known !== undefined) return known;
  const made = {
    from: dated.from === null ? -Infinity : dayNumber(dated.from),
    last: dated.until === null ? Infinity : dayNumber(dated.until),
  };
  dates.set(dated, made);
  return made;
}

/** Whether pack and rule are in force at the moment, in any zone where the person may be. Both days count. */
export function isInForce({ rule, pack }: Placed, { zones }: Moment): boolean {
  return zones.some(({ day }) => isOn(datesOf(pack), day) && isOn(datesOf(rule), day));
}

const isOn = ({ from, last }: { readonly from: number; readonly last: number }, day: number): boolean =>
  from <= day && day <= last;

/** The last day on which both are in force; Infinity without an end. */
export function lastDayOf({ rule, pack }: Placed): number {
  return Math.min(datesOf(pack).last, datesOf(rule).last);
}
