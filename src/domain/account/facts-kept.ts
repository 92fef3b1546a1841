import { KEEPS_FEW_FACTS } from '../decide/generation';
import type { Scalar } from '../units';
import type { AccountState } from './state';

type Told = Readonly<Record<string, Scalar>>;

/**
 * An account keeps so many facts of the host and no more: a history holds them twice at every continue-as-new, and a
 * strategy asks for a dozen. Intake refuses what is beyond it with a code.
 */
export const MOST_FACTS = 40;
/** Characters of a fact's name, and of a value that is a text: those of a code. */
export const FACT_NAME = 60;
export const FACT_TEXT = 40;

/**
 * The account's facts with these told: a known name takes the new value, a new one is kept while there is room. What
 * came past the intake and is longer than a fact may be is left out.
 */
export function withFacts({ generation, facts }: AccountState, told: Told): Told {
  if (generation < KEEPS_FEW_FACTS) return { ...facts, ...told };
  const kept: Record<string, Scalar> = { ...facts };
  let room = MOST_FACTS - Object.keys(kept).length;
  for (const [name, value] of Object.entries(told)) {
    const isKnown = Object.hasOwn(kept, name);
    if (!isSmall(name, value) || (!isKnown && room <= 0)) continue;
    if (!isKnown) room -= 1;
    kept[name] = value;
  }
  return kept;
}

/** How many of the told names find no room beside those that the account has. */
export function beyondRoom(known: Iterable<string>, told: Told): number {
  return Math.max(0, new Set([...known, ...Object.keys(told)]).size - MOST_FACTS);
}

function isSmall(name: string, value: Scalar): boolean {
  return name.length <= FACT_NAME && (typeof value !== 'string' || value.length <= FACT_TEXT);
}
