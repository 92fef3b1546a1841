import { overlaps } from '../switches';
import type { Pack } from './pack';

/**
 * The packs that hold for somebody who may be in these jurisdictions, of those that the lender names: a country holds
 * its parts, and who is known to be in the country only may be in any part of it. Where nothing is known all of them
 * hold, which is the strictest. What a pack stands on holds with it.
 */
export function packsFor(
  known: readonly Pack[],
  names: readonly string[],
  jurisdictions: readonly string[],
): readonly Pack[] {
  const narrow = narrowest(jurisdictions);
  const wanted = new Set<string>();
  const add = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const pack of known) if (pack.name === name) pack.on.forEach(add);
  };
  for (const { name, jurisdiction } of known) {
    if (!names.includes(name)) continue;
    if (narrow.length === 0 || narrow.some((one) => overlaps(one, jurisdiction))) add(name);
  }
  return known.filter(({ name }) => wanted.has(name));
}

/** Who is known to be in a part of a country may not be in any of the others. */
function narrowest(jurisdictions: readonly string[]): readonly string[] {
  return jurisdictions.filter((one) => !jurisdictions.some((other) => other.startsWith(`${one}-`)));
}

/** Names that the lender gives, or that a pack stands on, of which there is no pack at all. */
export function packsMissing(known: readonly Pack[], names: readonly string[]): readonly string[] {
  const there = new Set(known.map(({ name }) => name));
  return [...new Set([...names, ...known.flatMap(({ on }) => on)])].filter((name) => !there.has(name));
}
