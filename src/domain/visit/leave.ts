import type { AccountState } from '../account/state';
import { addDays } from '../calendar/day';
import type { IsoDate } from '../units';
import { VISIT_LIMITS, type PlaceKind } from './limits';

/** Who sets out: a member of staff, and the identification that is shown at the door. */
export interface Visitor {
  readonly ref: string;
  readonly identification: string;
}

/** What is known of a visit when the team sets out. */
export interface VisitKnown {
  readonly party: readonly Visitor[];
  readonly place: PlaceKnown | null;
}

export interface PlaceKnown {
  readonly kind: PlaceKind | null;
  /** Day on which the address was last verified; null where nobody has said. */
  readonly verifiedOn: IsoDate | null;
  /** Why nobody goes there: refused entry, a dog, a threat. Null: one may. */
  readonly offLimits: string | null;
}

/**
 * What stands against the visit beside holds, promises, disputes, hours and caps, which the gate has for every contact;
 * null: nothing. Asked at the moment the team sets out: what was so when the task was made may be so no more.
 */
export function visitBar({ party, place }: VisitKnown, account: AccountState, today: IsoDate): string | null {
  const going = new Set(party.map(({ ref }) => ref));
  if (going.size < VISIT_LIMITS.people) return 'visit:alone';
  if (party.some(({ identification }) => identification === '')) return 'visit:identification';
  if (place?.offLimits != null) return 'visit:off-limits';
  const { facts } = account;
  if (place?.kind === 'work' && facts['visit_asked'] !== true) return 'visit:workplace';
  if (isStale(place?.verifiedOn ?? null, today) || facts['address_unverified'] === true)
    return 'visit:address-unverified';
  if (account.marks['threatened'] !== undefined) return 'visit:threatened';
  if (account.marks['moved'] !== undefined && !isNewer(place, account.marks['moved'])) return 'visit:moved';
  const barred = FACTS.find((name) => facts[name] === true);
  if (barred !== undefined) return `visit:${barred.replaceAll('_', '-')}`;
  return account.counts.visits >= VISIT_LIMITS.anEpisode ? 'visit:most' : null;
}

/** Facts by their usual names, where the lender sends them; as holds and promises the gate knows them anyway. */
const FACTS = ['plan_kept', 'complaint', 'ill', 'bereaved_30d'] as const;

function isStale(verifiedOn: IsoDate | null, today: IsoDate): boolean {
  return verifiedOn !== null && addDays(verifiedOn, VISIT_LIMITS.verifiedMonths * 31) < today;
}

/** Whether the address was verified after a visit had found that the person moved. */
function isNewer(place: PlaceKnown | null, moved: IsoDate): boolean {
  return place?.verifiedOn != null && place.verifiedOn > moved;
}
