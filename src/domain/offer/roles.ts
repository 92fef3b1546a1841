import { DECIDERS, type Decider } from '../agreement/authority';

/** The higher of two roles; null asks for nobody. */
export function higherOf(one: Decider | null, other: Decider | null): Decider | null {
  if (one === null || other === null) return one ?? other;
  return DECIDERS.indexOf(one) >= DECIDERS.indexOf(other) ? one : other;
}

/** Whether somebody of a role may do what the other may. */
export function reaches(role: Decider, wanted: Decider): boolean {
  return DECIDERS.indexOf(role) >= DECIDERS.indexOf(wanted);
}

/** The highest role of several by which somebody decides about money, or null. */
export function deciderOf(roles: readonly string[]): Decider | null {
  return [...DECIDERS].reverse().find((role) => role !== 'self-service' && roles.includes(role)) ?? null;
}
