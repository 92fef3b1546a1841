import type { IsoDate } from '../units';
import type { Pack } from './pack/pack';
import type { Rule } from './pack/rule';
import { WAYS, type Role, type Way } from './pack/words';

/** What is known of a text that is about to be said. */
export interface TextAsked {
  readonly role: Role;
  readonly product: string;
  readonly channel: string;
  /** Where the person is. */
  readonly day: IsoDate;
}

export interface Forbidden {
  readonly rule: string;
  readonly phrase: string;
  /** Name and version of the pack. */
  readonly pack: string;
}

/** The first phrase of a text that a rule of the packs forbids on that channel on that day, or null. */
export function forbiddenIn(text: string, packs: readonly Pack[], asked: TextAsked): Forbidden | null {
  const small = text.toLowerCase();
  for (const pack of packs) {
    if (!pack.roles.includes(asked.role) || !isIn(pack.products, asked.product) || !isOn(pack, asked.day))
      continue;
    for (const rule of pack.rules) {
      if (rule.kind !== 'conduct' || !speaksOf(rule, asked)) continue;
      const phrase = rule.forbiddenPhrases.find((one) => small.includes(one.toLowerCase()));
      if (phrase !== undefined) return { rule: rule.id, phrase, pack: `${pack.name}@${pack.version}` };
    }
  }
  return null;
}

function speaksOf(rule: Rule, { role, product, channel, day }: TextAsked): boolean {
  const way = WAYS.find((one): one is Way => one === channel) ?? null;
  return (
    isIn(rule.roles, role) &&
    isIn(rule.products, product) &&
    // A way that the packs do not know is judged by all of them.
    (way === null || isIn(rule.channels, way)) &&
    isOn(rule, day)
  );
}

const isIn = (list: readonly string[] | null, value: string): boolean =>
  list === null || list.includes(value);

const isOn = ({ from, until }: { from: IsoDate | null; until: IsoDate | null }, day: IsoDate): boolean =>
  (from === null || from <= day) && (until === null || day <= until);
