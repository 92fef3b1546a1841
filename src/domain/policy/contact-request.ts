import type { AccountState } from '../account/state';
import type { PartyRole } from '../party/roles';
import type { Step } from '../strategy/strategy';
import type { Zone } from '../units';
import type { PlaceKind } from '../visit/limits';
import type { PolicyRequest } from './pack/request';
import { WAYS, type Party, type Place, type Purpose, type Way } from './pack/words';
import { isAhead } from './together';
import type { PolicyUse } from './use';

/** What the gate knows of a contact that it asks the packs about. */
export interface ContactAsked {
  readonly use: PolicyUse;
  readonly step: Step;
  readonly channel: string;
  readonly account: AccountState;
  readonly person: string;
  /** In which role the person stands on the account. */
  readonly role: PartyRole;
  readonly endpoint: {
    readonly ref: string;
    readonly source: string | null;
    /** Of an address, a number or a mail address; null: not known. */
    readonly place: PlaceKind | null;
  } | null;
  /** Every zone in which the person may be. */
  readonly zones: readonly Zone[];
  /** How many set out; null where nobody does. */
  readonly staff: number | null;
}

/** The question to the packs that a contact is. What nobody knows stays null, and is taken at its narrowest or asked. */
export function contactRequest(asked: ContactAsked): PolicyRequest {
  const { use, step, channel, account, person, role, endpoint, zones, staff } = asked;
  const conduct = use.conduct?.[channel] ?? {};
  return {
    action: 'contact',
    role: use.role,
    product: account.terms.product,
    channel: isWay(channel) ? channel : null,
    party: PARTY_OF[role],
    place: placeOf(channel, endpoint?.place ?? null),
    purpose: purposeOf(step),
    account: account.terms.ref,
    person,
    creditor: account.terms.lender,
    agent: account.terms.lender,
    endpoint: endpoint?.ref ?? null,
    reached: role === 'main' ? null : person,
    endpointSource: endpoint?.source ?? use.endpoints?.source ?? null,
    endpointKind:
      endpoint?.place === 'work' && channel === 'email' ? WORK_EMAIL : (use.endpoints?.kind ?? null),
    zones,
    staff,
    recording: conduct.recording ?? null,
    disclosures: conduct.disclosures ?? null,
    // Whoever may be addressed at all hears of the debt; whoever may not is reached by nobody.
    tellsOfDebt: true,
    // Written after the permit, which holds what it may say: looked at then.
    text: null,
    means: conduct.means ?? [],
    waivers: [],
    facts: account.facts,
    agency: null,
    record: null,
  };
}

/** How the packs call a party. The holder of another card owes nothing; an heir answers with the estate. */
export const PARTY_OF: Readonly<Record<PartyRole, Party>> = {
  main: 'debtor',
  joint: 'joint',
  guarantor: 'guarantor',
  supplementary: 'other',
  heir: 'executor',
  representative: 'guardian',
};

export const isWay = (channel: string): channel is Way => WAYS.some((way) => way === channel);

/** As the packs call a mail address of the employer's. */
const WORK_EMAIL = 'work-email';

/** A number or address is the person's own, and as the home, unless it is the employer's; where a visit goes is known or not. */
export function placeOf(channel: string, kind: PlaceKind | null): Place | null {
  if (channel !== 'visit') return kind === 'work' ? 'work' : 'home';
  if (kind === null) return null;
  return kind === 'home' || kind === 'work' ? kind : 'elsewhere';
}

export function purposeOf(step: Step): Purpose {
  if (step.kind === 'notice') return 'notice';
  return isAhead(step) ? 'remind' : 'collect';
}
