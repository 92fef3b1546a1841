import type { AccountEvent, ContactOutcome, HoldType } from '../account/events';
import { MANDATE_DAYS } from '../account/outcome';
import { addDays } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { IsoDate, Zone } from '../units';

/**
 * Holds that are of the person rather than of one debt: told of one account they hold every account of that person.
 * The others (a dispute of identity, a complaint, a placement, an order about one claim) stay where they were told.
 */
export const PERSONAL_HOLDS: ReadonlySet<HoldType> = new Set([
  'deceased',
  'bankruptcy',
  'vulnerable',
  'bereavement',
  'illness',
  'disaster',
  'cease-contact',
  'attorney',
  'mandate-check',
  'incapacity',
  'prison',
  'military-service',
  'breathing-space',
  'counselling',
] as const);

/** What a fact about one account says of the person. `party` is the person meant; left out: the main party. */
export interface PersonalHold {
  readonly hold: string;
  readonly type: HoldType;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly party?: string;
}

/** Facts of the host that say the same on every account of the person. */
const FLAGS = ['deceased', 'bankruptcy'] as const;

/**
 * The holds of the person that a fact brings: said outright, heard in a call or at a visit (the weakest signal is
 * enough), or flagged by the host. Their names are those that the account itself gives them.
 */
export function personalHolds(event: AccountEvent, zone: Zone): readonly PersonalHold[] {
  const day = localDate(event.at, zone);
  const heard = (type: HoldType, party: string | undefined): readonly PersonalHold[] => [
    { hold: `${type}:${event.id}`, type, from: day, until: null, ...(party === undefined ? {} : { party }) },
  ];
  switch (event.kind) {
    case 'hold': {
      const { hold, type, from, until = null, party, items } = event;
      if (!PERSONAL_HOLDS.has(type) || items !== undefined) return [];
      return [{ hold, type, from, until, ...(party === undefined ? {} : { party }) }];
    }
    case 'contact-outcome':
      if (event.code === 'DEC') return heard('deceased', event.party);
      if (event.code === 'RPC-VUL') return heard('vulnerable', event.party);
      if (event.code === 'REP')
        return heard('mandate-check', event.party).map((said) => ({
          ...said,
          until: addDays(day, MANDATE_DAYS - 1),
        }));
      return event.code === 'RPC-CEASE' ? heard('cease-contact', event.party) : [];
    case 'visit-outcome':
      return event.code === 'deceased' ? heard('deceased', event.party) : [];
    case 'facts':
    case 'host-update':
      return flagged(event.facts ?? {}, day);
    default:
      return [];
  }
}

/** The same for what an account is enrolled with. One hold of a kind, however often the host says so. */
export function flagged(facts: Readonly<Record<string, unknown>>, day: IsoDate): readonly PersonalHold[] {
  return FLAGS.filter((flag) => facts[flag] === true).map((type) => ({
    hold: `${type}:host`,
    type,
    from: day,
    until: null,
  }));
}

/** Whether a fact may change what holds the person: these lock the person before the account. */
export function isPersonal(event: AccountEvent): boolean {
  return event.kind === 'release' || losesEndpoint(event) || personalHolds(event, 'UTC').length > 0;
}

/** Whether a call has shown that the number that was dialled is not the person's. */
export function losesEndpoint(event: AccountEvent): event is ContactOutcome {
  return event.kind === 'contact-outcome' && (event.code === 'INV' || event.code === 'WN');
}
