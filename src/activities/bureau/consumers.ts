import { identitiesOf } from '../../book/furnishing/identities';
import { peopleOn } from '../../book/furnishing/told';
import type { Snapshot } from '../../domain/bureau/cut-off/snapshot';
import type { Consumer } from '../../domain/bureau/metro2/derive/data-record';
import type { Part } from '../../domain/bureau/metro2/derive/consumer';
import type { PartyRole } from '../../domain/party/roles';
import type { IsoDate } from '../../domain/units';
import type { Db } from '../../book/open-book';

interface Standing {
  readonly person: string;
  readonly role: PartyRole;
  readonly until: IsoDate | null;
}

/**
 * Who stands on each of these accounts, the main party first, as a bureau wants it: null where the book does not know who
 * one of them is. An heir or a representative is nobody that a bureau is told of. Personal.
 */
export async function consumersOf(
  db: Db,
  accounts: readonly {
    readonly account: string;
    readonly snapshot: Pick<Snapshot, 'deceased' | 'parties'>;
  }[],
  since: IsoDate,
  on: IsoDate,
): Promise<ReadonlyMap<string, readonly Consumer[] | null>> {
  const rows = await peopleOn(
    db,
    accounts.map(({ account }) => account),
    since,
    on,
  );
  const known = await identitiesOf(
    db,
    rows.map(({ person }) => person),
  );
  const standing = new Map<string, Standing[]>();
  for (const { account, ...row } of rows) {
    const list = standing.get(account) ?? [];
    list.push(row);
    standing.set(account, list);
  }
  return new Map(
    accounts.map(({ account, snapshot }) => {
      const people = standing.get(account) ?? [];
      const roles = new Set(
        people.filter(({ until }) => until === null || until > on).map(({ role }) => role),
      );
      const consumers = people.map(({ person, role, until }): Consumer | null => {
        const identity = known.get(person);
        if (identity === undefined) return null;
        const own = snapshot.parties[person];
        const dead = own?.deceased === true || (snapshot.deceased && (role === 'main' || role === 'joint'));
        const left = until !== null && until <= on;
        return {
          identity,
          part: partOf(role, roles),
          became: dead ? 'deceased' : left ? 'terminated' : null,
          chapter: own?.bankrupt ?? null,
        };
      });
      const whole = consumers.filter((one) => one !== null);
      return [account, whole.length === consumers.length && whole.length > 0 ? whole : null] as const;
    }),
  );
}

function partOf(role: PartyRole, roles: ReadonlySet<PartyRole>): Part {
  if (role === 'supplementary') return 'authorised-user';
  if (role === 'guarantor') return 'guarantor';
  if (roles.has('joint')) return 'joint';
  return roles.has('guarantor') ? 'maker' : 'individual';
}
