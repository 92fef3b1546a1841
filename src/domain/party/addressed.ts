import { stoppedBy } from '../hold/active';
import type { PartyHold } from '../account/state';
import { effectOnChannel } from '../policy/hold-effect';
import type { Step } from '../strategy/strategy';
import type { IsoDate } from '../units';
import { mayBeAddressed } from './rights';
import type { PartyRole } from './roles';

/** Somebody who stands on an account. */
export interface OnAccount {
  readonly person: string;
  readonly role: PartyRole;
}

/**
 * Whom a step speaks to. One that names a role speaks to everybody in it. One that names none speaks to the main party,
 * and where a hold stops that one alone, to those who share the debt with it: the debt goes on.
 */
export function addressees(
  step: Step,
  main: string,
  others: readonly OnAccount[],
  holds: readonly PartyHold[],
  day: IsoDate,
): readonly string[] {
  const kind = step.kind === 'notice' ? 'notice' : 'contact';
  const { to } = step;
  if (to !== undefined)
    return others.filter(({ role }) => role === to && mayBeAddressed(role, kind)).map(({ person }) => person);
  const [channel = ''] = step.channels ?? [];
  const isHeld = (person: string): boolean => {
    const own = holds.filter(({ party }) => party === person);
    return stoppedBy(own, day, effectOnChannel(step, channel)) !== null;
  };
  if (!isHeld(main)) return [main];
  const joint = others.filter(({ person, role }) => role === 'joint' && !isHeld(person));
  return joint.length === 0 ? [main] : joint.map(({ person }) => person);
}
