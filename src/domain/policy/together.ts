import type { AccountState } from '../account/state';
import type { Standing } from '../delinquency/standing';
import type { Step } from '../strategy/strategy';
import type { Instant } from '../units';

/**
 * How much a channel asks of a person: what was said on one need not be said again that day on the same or a weaker
 * one. Everything written is alike; a letter is of its own account and speaks for no other.
 */
const STRENGTH: Readonly<Record<string, number>> = {
  app: 1,
  email: 1,
  sms: 1,
  wechat: 1,
  voice_ai: 2,
  call: 2,
  visit: 3,
};

/** On these an attempt has said something only when the person was spoken to. */
const SPOKEN: readonly string[] = ['call', 'visit'];

/** A contact of today that named the account, made for another of the person's accounts. */
export interface ContactMade {
  readonly id: string;
  readonly at: Instant;
  readonly channel: string;
  readonly tone: number | null;
  /** It is going out at this moment: whether it arrives is not known yet. */
  readonly underWay: boolean;
}

/**
 * Whether a step speaks of all that the person owes: what asks for money that is past due does. A notice is each
 * account's own, as is a word about a promise, and a reminder of what is not due yet.
 */
export function speaksTogether(step: Step, channel: string): boolean {
  const own = step.kind !== 'contact' || step.duringPromise === true || isAhead(step);
  return !own && STRENGTH[channel] !== undefined;
}

/** The contact of today that has said what the step would say: on the same or a stronger channel, in no softer tone. */
export function saidBy(
  contacts: readonly ContactMade[],
  asked: { readonly step: Step; readonly channel: string; readonly tone: number | null },
  spokenAt: Instant | null,
): ContactMade | null {
  if (!speaksTogether(asked.step, asked.channel)) return null;
  const covers = ({ channel, tone, at }: ContactMade): boolean => {
    if (strength(channel) < strength(asked.channel)) return false;
    // Whoever was spoken to has heard it, in whatever tone; whoever did not answer has heard nothing.
    if (SPOKEN.includes(channel)) return spokenAt !== null && spokenAt >= at;
    return (tone ?? 0) >= (asked.tone ?? 0);
  };
  return contacts.find(covers) ?? null;
}

/**
 * The contact of today for another account that was the person's voice of the day and left this account out, as one with
 * later hours or caps of its own: the account speaks on another day. On a weaker channel, or where nobody answered, the
 * person has not been spoken to yet.
 */
export function voiceToday(
  elsewhere: readonly ContactMade[],
  asked: { readonly step: Step; readonly channel: string },
  spokenAt: Instant | null,
): ContactMade | null {
  if (!speaksTogether(asked.step, asked.channel)) return null;
  const spoke = ({ channel, at }: ContactMade): boolean =>
    strength(channel) >= strength(asked.channel) &&
    (!SPOKEN.includes(channel) || (spokenAt !== null && spokenAt >= at));
  return elsewhere.find(spoke) ?? null;
}

const strength = (channel: string): number => STRENGTH[channel] ?? 0;

/**
 * Whether the step reminds of what is not due yet. A step that counts back from the next due date in order to stop a
 * roll does not: whoever has just paid what was past due is not asked on.
 */
export function isAhead({ stages, at }: Step): boolean {
  if (!stages.includes('pre-due')) return false;
  if (at.anchor === 'statement') return true;
  const before = Object.values(at.days).every((days) => days.every((day) => day <= 0));
  return before && (at.anchor === 'due' || at.anchor === 'next-due');
}

/** One of a person's accounts, as far as it matters which of them leads. */
export interface Led {
  readonly account: Pick<AccountState, 'terms'>;
  readonly standing: Pick<Standing, 'treatmentDpd' | 'askable'>;
}

/**
 * The worst account leads: the one longest past due on its ladder, then the larger amount, then the earlier reference.
 * Amounts of two currencies are never compared, let alone added: there the currency's name decides.
 */
export function worstFirst(one: Led, other: Led): number {
  const days = other.standing.treatmentDpd - one.standing.treatmentDpd;
  if (days !== 0) return days;
  const [a, b] = [one.account.terms, other.account.terms];
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  return other.standing.askable - one.standing.askable || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0);
}
