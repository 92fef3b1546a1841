import type { IsoDate, Minor } from '../units';
import { COMPONENTS, NOTHING, plus, type Amounts, type Component } from './components';
import { GROUPS, type Band, type Group } from './order';

/** One part of a loan with what is unpaid of it. */
export interface Part {
  readonly id: string;
  readonly due: IsoDate;
  readonly owed: Amounts;
}

export interface Allocated {
  readonly parts: readonly Part[];
  /** What went to each component. */
  readonly to: Amounts;
  /** Money that found nothing to pay. */
  readonly left: Minor;
}

/**
 * Money to the parts in the order of the band: its groups one after the other, in each its components. Parts that may
 * not be paid ahead are left out by the caller. Parts come oldest first, or in the order in which they are to be paid.
 */
export function allocate(parts: readonly Part[], money: Minor, band: Band, day: IsoDate): Allocated {
  let left = money;
  let to = NOTHING;
  const settled = (band.groups ?? GROUPS).flatMap((group) => {
    const paid = allocateGroup(
      parts.filter(({ due }) => groupOf(due, day) === group),
      left,
      band,
    );
    left = paid.left;
    to = plus(to, paid.to);
    return paid.parts;
  });
  return { parts: settled, to, left };
}

function groupOf(due: IsoDate, day: IsoDate): Group {
  return due < day ? 'past-due' : due === day ? 'due' : 'in-advance';
}

function allocateGroup(parts: readonly Part[], money: Minor, { order, through }: Band): Allocated {
  const owed = parts.map((part) => ({ ...part.owed }) as Record<Component, Minor>);
  const to: Record<Component, Minor> = { ...NOTHING };
  // A component that a rule forgot still is owed: it comes last.
  const whole = [...order, ...COMPONENTS.filter((component) => !order.includes(component))];
  let left = money;
  const pay = (place: number, component: Component): void => {
    const line = owed[place];
    if (line === undefined) return;
    const taken = Math.min(left, line[component]);
    line[component] -= taken;
    to[component] += taken;
    left -= taken;
  };
  const places = parts.map((_part, place) => place);
  if (through === 'by-part') for (const place of places) for (const component of whole) pay(place, component);
  else for (const component of whole) for (const place of places) pay(place, component);
  return { parts: parts.map((part, place) => ({ ...part, owed: owed[place] ?? part.owed })), to, left };
}
