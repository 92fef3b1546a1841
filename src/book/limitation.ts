import { sql } from 'kysely';
import type { AccountState } from '../domain/account/state';
import { localDate } from '../domain/calendar/zone';
import { fallingDue } from '../domain/delinquency/falling-due';
import type { Standing } from '../domain/delinquency/standing';
import { heirLimitation } from '../domain/party/estate';
import { limitationOf } from '../domain/party/limitation';
import { PARTY_RIGHTS } from '../domain/party/rights';
import type { IsoDate } from '../domain/units';
import type { Db } from './open-book';
import type { PartyRow } from './parties';

/** The last day of the claim against each party of an account, in the order given; null where it is not known. */
export async function limitations(
  db: Db,
  account: AccountState,
  standing: Standing,
  parties: readonly PartyRow[],
): Promise<readonly (IsoDate | null)[]> {
  const { ref, zone } = account.terms;
  const reached = await db
    .selectFrom('attempts')
    .select(['person'])
    .select((eb) => eb.fn.max('at').as('at'))
    .where('account', '=', ref)
    .where('delivery', '=', 'delivered')
    .groupBy('person')
    .execute();
  const word = await db
    .selectFrom('journal')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('account', '=', ref)
    .where((eb) =>
      eb.or([
        eb('kind', 'in', ['payment', 'promise']),
        eb.and([eb('kind', '=', 'delivery'), eb(sql<string>`body->>'status'`, '=', 'arrived')]),
      ]),
    )
    .executeTakeFirst();
  const due = account.terms.books === 'obligations' ? lastDue(account) : standing.oldestDue;
  const main = parties.find(({ role }) => role === 'main')?.person;
  const died = account.holds.find(({ type }) => type === 'deceased')?.from ?? null;
  const reachedOn = (who: string | undefined): readonly IsoDate[] =>
    reached.filter(({ person }) => person === who).map(({ at }) => localDate(at, zone));
  return parties.map(({ person, role, limitation, since }) => {
    if (role === 'heir') {
      const said = word?.at == null ? [] : [localDate(word.at, zone)];
      const before = [...said, ...reachedOn(main)];
      const heir = { stated: limitation, due, before, since, died };
      return heirLimitation({ ...heir, interrupted: reachedOn(person) });
    }
    // Whoever pays or promises on the account is its person, where nobody else is named.
    const own = role === 'main' ? [word?.at ?? null] : [];
    const at = [...own, ...reached.filter((one) => one.person === person).map((one) => one.at)];
    const interrupted = PARTY_RIGHTS[role].debtor
      ? at.flatMap((moment) => (moment === null ? [] : [localDate(moment, zone)]))
      : [];
    return limitationOf(role, { stated: limitation, due, interrupted });
  });
}

function lastDue(account: AccountState): IsoDate | null {
  return fallingDue(account).reduce<IsoDate | null>(
    (last, { due }) => (last === null || due > last ? due : last),
    null,
  );
}
