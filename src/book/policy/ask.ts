import type { Selectable } from 'kysely';
import type { AccountState } from '../../domain/account/state';
import { isZone } from '../../domain/calendar/zone';
import { PARTY_ROLES, type PartyRole } from '../../domain/party/roles';
import { contactRequest, isWay, PARTY_OF, purposeOf } from '../../domain/policy/contact-request';
import type { PolicyKnown } from '../../domain/policy/law';
import { lookBackFor, type LookBack } from '../../domain/policy/pack/look-back';
import type { Pack } from '../../domain/policy/pack/pack';
import { packsFor, packsMissing } from '../../domain/policy/pack/select';
import type { Step, Strategy } from '../../domain/strategy/strategy';
import type { Instant, Zone } from '../../domain/units';
import type { PlaceKind } from '../../domain/visit/limits';
import type { AccountRow } from '../accounts';
import type { Endpoint } from '../people';
import { jurisdictionsOf } from '../switches';
import type { Tables } from '../tables';
import type { Served } from './happenings';
import { ledgerOf, type LedgerRead } from './ledger';
import { brokenPlans } from './of-account';

/** A contact that the packs are asked about. */
export interface LawAsked {
  readonly strategy: Strategy;
  readonly step: Step;
  readonly channel: string;
  readonly row: AccountRow;
  readonly account: AccountState;
  readonly person: { readonly ref: string; readonly zone: string | null };
  readonly endpoint: Endpoint | null;
  /** Of a visit: the kind of place that it goes to, and how many set out. */
  readonly place: PlaceKind | null;
  readonly staff: number | null;
  readonly now: Instant;
}

/** What is read for it under the person's lock. */
export interface LawRead {
  /** The packs that are published, in force around this day. */
  readonly packs: readonly Pack[];
  readonly ledger: LedgerRead;
  /** On which accounts the person stands or stood, and as what. */
  readonly stands: readonly Stands[];
}
export type Stands = Pick<Selectable<Tables['parties']>, 'account' | 'role' | 'until'>;

/**
 * What the packs need for this contact: those that hold for it, and the person's past over all accounts and agencies.
 * Null where the strategy names no packs.
 */
export function lawOf(read: LawRead, asked: LawAsked): PolicyKnown | null {
  const { strategy, step, channel, row, account, person, endpoint, now } = asked;
  const use = strategy.policy;
  if (use === undefined) return null;
  const zones = zonesOf(person.zone);
  const packs = packsFor(read.packs, use.packs, jurisdictionsOf([row.zone, zones[0] ?? null], account));
  const request = contactRequest({
    ...{ use, step, channel, account, person: person.ref, zones, staff: asked.staff },
    role: roleOf(read.stands, row, person.ref),
    endpoint: endpoint === null ? null : { ref: endpoint.ref, source: endpoint.source, place: asked.place },
  });
  const look = lookBackFor(packs, request);
  const serves = servedBy(strategy);
  return {
    request,
    packs,
    ledger: ledgerOf(read.ledger, {
      ...{ person: person.ref, lender: row.lender, now, look, use, serves },
      more: look.happenings.has('plan-broken') ? brokenPlans(account, person.ref, now) : [],
    }),
    missing: packsMissing(read.packs, use.packs),
  };
}

/**
 * How far back the packs of a strategy may look for such a contact, wherever the person is. Read before the account is
 * known: at least as far as `lawOf` asks.
 */
export function lookAhead(
  { policy: use }: Pick<Strategy, 'policy'>,
  known: readonly Pack[],
  of: { readonly step: Step; readonly channel: string; readonly isMain: boolean },
): LookBack {
  if (use === undefined) return { attemptDays: 0, happenings: new Set() };
  return lookBackFor(packsFor(known, use.packs, []), {
    ...{ action: 'contact', role: use.role, product: null, place: null, purpose: purposeOf(of.step) },
    channel: isWay(of.channel) ? of.channel : null,
    party: of.isMain ? PARTY_OF.main : null,
  });
}

function zonesOf(zone: string | null): readonly Zone[] {
  return isZone(zone) ? [zone] : [];
}

function roleOf(stands: readonly Stands[], row: AccountRow, person: string): PartyRole {
  if (row.person === person) return 'main';
  const roles = stands.filter(({ account, until }) => account === row.ref && until === null);
  // Who stands on it in no role is nobody that may be told anything.
  return PARTY_ROLES.find((one) => roles.some(({ role }) => role === one)) ?? 'supplementary';
}

/** Steps that are notices of the packs, each with their names. */
export const servedBy = ({ steps }: Strategy): Served =>
  new Map(steps.flatMap(({ name, serves }) => (serves === undefined ? [] : [[name, serves] as const])));
