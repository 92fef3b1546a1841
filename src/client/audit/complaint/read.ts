import { sql } from 'kysely';
import { COUNTED } from '../../../book/attempts';
import type { Db } from '../../../book/open-book';
import type { AccountEvent } from '../../../domain/account/events';
import type { Pack } from '../../../domain/policy/pack/pack';
import type { RuleKind } from '../../../domain/policy/pack/rule';
import type { Currency, Instant, Zone } from '../../../domain/units';

/** What the gate kept when it let a contact go. */
export interface Allowed {
  readonly known?: {
    readonly pastDue?: number;
    readonly askable?: number;
    readonly attempts?: number;
    readonly seq?: number;
  };
  readonly law?: {
    readonly packs?: readonly { readonly pack: string; readonly version: string }[];
    readonly allowed?: readonly string[];
  };
  readonly strategy?: string;
}

/** A contact that was made, by whomever, with the evidence of why it was let go; null: it did not pass the gate. */
export interface Contact {
  readonly id: string;
  readonly at: Instant;
  readonly reservedAt: Instant;
  readonly account: string;
  readonly person: string;
  readonly main: string;
  readonly zone: Zone;
  readonly currency: Currency;
  readonly step: string;
  readonly channel: string;
  readonly tone: number | null;
  readonly agency: string | null;
  readonly endpoint: string | null;
  readonly place: string | null;
  readonly purpose: string | null;
  readonly gate: Allowed | null;
}

/** Every contact of these accounts that counts, the oldest first. */
export async function contactsOf(db: Db, accounts: readonly string[]): Promise<readonly Contact[]> {
  if (accounts.length === 0) return [];
  const rows = await db
    .selectFrom('attempts')
    .innerJoin('accounts', 'accounts.ref', 'attempts.account')
    .innerJoin('people', 'people.ref', 'attempts.person')
    .leftJoin('evidence', (join) =>
      join
        .onRef('evidence.account', '=', 'attempts.account')
        .on('evidence.kind', '=', 'gate')
        .on(sql<boolean>`evidence.body->>'attempt' = attempts.id and evidence.body->>'answer' = 'allow'`),
    )
    .select(['attempts.id', 'attempts.at', 'attempts.reservedAt', 'attempts.account', 'attempts.person'])
    .select(['attempts.step', 'attempts.channel', 'attempts.tone', 'attempts.agency', 'attempts.endpoint'])
    .select(['attempts.place', 'attempts.purpose', 'accounts.person as main', 'accounts.zone'])
    .select('accounts.currency')
    .select(['people.zone as own', 'evidence.body as gate'])
    .where('attempts.account', 'in', [...accounts])
    .where('attempts.status', 'in', [...COUNTED])
    .orderBy('attempts.at')
    .orderBy('attempts.id')
    .execute();
  return rows.map(({ own, zone, gate, ...row }) => ({
    ...row,
    zone: own ?? zone,
    gate: gate as Allowed | null,
  }));
}

export interface Fact {
  readonly account: string;
  readonly receivedAt: Instant;
  readonly event: AccountEvent;
}

export async function factsOfAll(db: Db, accounts: readonly string[]): Promise<readonly Fact[]> {
  if (accounts.length === 0) return [];
  const rows = await db
    .selectFrom('journal')
    .select(['account', 'receivedAt', 'body'])
    .where('account', 'in', [...accounts])
    .orderBy('at')
    .orderBy('seq')
    .execute();
  const begun = await db
    .selectFrom('accounts')
    .select(['ref', 'enrolment'])
    .where('ref', 'in', [...accounts])
    .execute();
  // What an account came with was there before anything was told of it.
  const came = begun.flatMap(({ ref, enrolment }) =>
    enrolment.events.map((event): Fact => ({ account: ref, receivedAt: event.at, event })),
  );
  return [
    ...came,
    ...rows.map(({ account, receivedAt, body }): Fact => ({ account, receivedAt, event: body })),
  ];
}

/** Says which rules of these kinds let a contact go, by pack and version. */
export async function rulesSaid(db: Db): Promise<(gate: Allowed, kinds: readonly RuleKind[]) => string> {
  const rows = await db.selectFrom('policyPacks').select('compiled').execute();
  const packs = new Map<string, Pack>(
    rows.map(({ compiled }) => [`${compiled.name}@${compiled.version}`, compiled]),
  );
  return ({ law, strategy }, kinds) => {
    const found = (law?.packs ?? []).flatMap(({ pack, version }) => {
      const ids = packs
        .get(`${pack}@${version}`)
        ?.rules.filter(({ kind }) => kinds.includes(kind))
        .map(({ id }) => id);
      const let_ = (ids ?? []).filter((id) => law?.allowed?.includes(`${pack}/${id}`));
      return let_.map((id) => `${id} of ${pack}@${version.slice(0, 12)}`);
    });
    const house = `the strategy ${(strategy ?? '').slice(0, 12)}`;
    return found.length === 0
      ? `by the rules of ${house}`
      : `by ${[...new Set(found)].join(', ')} and ${house}`;
  };
}
