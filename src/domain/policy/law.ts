import type { Instant } from '../units';
import type { PolicyAnswer } from './pack/answer';
import { decide } from './pack/decide';
import type { LedgerIndex } from './pack/ledger';
import type { Pack } from './pack/pack';
import type { PolicyRequest } from './pack/request';

/** What the packs are asked, and what they need to know of the past. */
export interface PolicyKnown {
  readonly request: PolicyRequest;
  readonly packs: readonly Pack[];
  readonly ledger: LedgerIndex;
  /** Packs that the lender names and that nobody has published: what they say is not known. */
  readonly missing: readonly string[];
}

/** What the packs say now, as the gate says it. */
export type LawSays =
  | { readonly says: 'allow'; readonly law: PolicyAnswer | null }
  | { readonly says: 'defer'; readonly until: Instant; readonly rule: string; readonly law: PolicyAnswer }
  | {
      readonly says: 'block' | 'review';
      readonly rule: string;
      /** Only this channel is refused: another may be free. */
      readonly channel: boolean;
      readonly law: PolicyAnswer | null;
    };

/** Asks the packs at a moment. Without packs everything is allowed: the house's rules speak alone. */
export function askLaw(known: PolicyKnown | undefined, at: Instant): LawSays {
  if (known === undefined) return { says: 'allow', law: null };
  const { request, packs, ledger, missing } = known;
  if (missing.length > 0)
    return { says: 'review', rule: `policy:not-published:${missing[0] ?? ''}`, channel: false, law: null };
  const law = decide(request, packs, ledger, at);
  const { answer, until } = law;
  if (answer === 'allow') return { says: 'allow', law };
  const spoke =
    law.rules.find(({ says }) => says === answer) ?? law.rules.find(({ says }) => says !== 'allow');
  const rule = `policy:${spoke?.rule ?? 'unknown'}`;
  if (answer === 'defer') return { says: 'defer', until: until ?? at, rule, law };
  return { says: answer, rule, channel: spoke?.ofChannels === true, law };
}
