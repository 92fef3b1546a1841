import type { Transaction } from 'kysely';
import type { AccountState } from '../../domain/account/state';
import { isZone, localDate } from '../../domain/calendar/zone';
import { PARTY_ROLES, type PartyRole } from '../../domain/party/roles';
import { contactRequest } from '../../domain/policy/contact-request';
import type { PolicyKnown } from '../../domain/policy/law';
import { lookBackOf } from '../../domain/policy/pack/look-back';
import { packsFor, packsMissing } from '../../domain/policy/pack/select';
import type { Step, Strategy } from '../../domain/strategy/strategy';
import type { Instant, Zone } from '../../domain/units';
import type { PlaceKind } from '../../domain/visit/limits';
import type { AccountRow } from '../accounts';
import type { Endpoint } from '../people';
import { jurisdictionsOf } from '../switches';
import type { Tables } from '../tables';
import { ledgerOf } from './ledger';
import { brokenPlans } from './of-account';
import { packsFrom } from './packs';

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

/**
 * What the packs need for this contact: those that hold for it, and the person's past over all accounts and agencies.
 * In the transaction of the reservation, under the person's lock. Null where the strategy names no packs.
 */
export async function lawOf(tx: Transaction<Tables>, asked: LawAsked): Promise<PolicyKnown | null> {
  const { strategy, step, channel, row, account, person, endpoint, now } = asked;
  const use = strategy.policy;
  if (use === undefined) return null;
  const zones = zonesOf(person.zone);
  const known = await packsFrom(tx, localDate(now, row.zone));
  const packs = packsFor(known, use.packs, jurisdictionsOf([row.zone, zones[0] ?? null], account));
  const look = lookBackOf(packs);
  const role = await roleOf(tx, row, person.ref);
  return {
    request: contactRequest({
      ...{ use, step, channel, account, person: person.ref, role, zones, staff: asked.staff },
      endpoint: endpoint === null ? null : { ref: endpoint.ref, source: endpoint.source, place: asked.place },
    }),
    packs,
    ledger: await ledgerOf(tx, {
      ...{ person: person.ref, lender: row.lender, now, look, use, serves: servedBy(strategy) },
      more: look.happenings.has('plan-broken') ? brokenPlans(account, person.ref, now) : [],
    }),
    missing: packsMissing(known, use.packs),
  };
}

function zonesOf(zone: string | null): readonly Zone[] {
  return isZone(zone) ? [zone] : [];
}

async function roleOf(tx: Transaction<Tables>, row: AccountRow, person: string): Promise<PartyRole> {
  if (row.person === person) return 'main';
  const rows = await tx
    .selectFrom('parties')
    .select('role')
    .where('account', '=', row.ref)
    .where('person', '=', person)
    .where('until', 'is', null)
    .execute();
  // Who stands on it in no role is nobody that may be told anything.
  return PARTY_ROLES.find((one) => rows.some(({ role }) => role === one)) ?? 'supplementary';
}

const servedBy = ({ steps }: Strategy) =>
  new Map(steps.flatMap(({ name, serves }) => (serves === undefined ? [] : [[name, serves] as const])));
