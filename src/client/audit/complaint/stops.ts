import type { Db } from '../../../book/open-book';
import { localDate } from '../../../domain/calendar/zone';
import { wishAgainst, wishedMoment, type Wish } from '../../../domain/policy/wish';
import type { Place } from '../../../domain/policy/pack/words';
import { OPTED_OUT } from '../../wishes';
import type { Contact, Fact } from './read';

/** Something by which a person asked not to be reached, or a hold that says so. */
export interface StopSaid {
  readonly at: string;
  readonly recordedAt: string;
  readonly until: string | null;
  readonly said: string;
  readonly covers: (contact: Contact) => boolean;
}

/** Refused channels with their ends, wishes, numbers that were refused, and holds that stop contact. */
export async function stopsOf(db: Db, person: string, facts: readonly Fact[]): Promise<readonly StopSaid[]> {
  return [
    ...(await refusals(db, person)),
    ...(await wishes(db, person)),
    ...(await endpoints(db, person)),
    ...holds(facts),
  ];
}

async function refusals(db: Db, person: string): Promise<readonly StopSaid[]> {
  const rows = await db
    .selectFrom('consents')
    .selectAll()
    .where('person', '=', person)
    .orderBy('id')
    .execute();
  return rows.flatMap((row, index): StopSaid[] => {
    if (row.says !== 'refused') return [];
    const back = rows.slice(index + 1).find(({ channel }) => channel === row.channel);
    return [
      {
        ...{ at: row.saidAt, recordedAt: row.recordedAt, until: back?.saidAt ?? null },
        said: `${row.channel} was refused`,
        covers: ({ channel, person: whose }) => whose === person && channel === row.channel,
      },
    ];
  });
}

async function wishes(db: Db, person: string): Promise<readonly StopSaid[]> {
  const rows = await db
    .selectFrom('happenings')
    .selectAll()
    .where('person', '=', person)
    .where('event', '=', 'preference')
    .execute();
  return rows.flatMap(({ id, at, until, recordedAt, said: { not } }): StopSaid[] => {
    if (not === undefined || not === null) return [];
    const wish: Wish = { id: String(id), since: at, until, ...not };
    const covers = (one: Contact): boolean => {
      if (one.person !== person) return false;
      const asked = {
        channel: one.channel,
        place: (one.place ?? 'home') as Place,
        notice: one.purpose === 'notice',
      };
      return (
        wishAgainst([wish], asked, one.at) !== null || wishedMoment([wish], asked, one.zone, one.at) > one.at
      );
    };
    return [{ at, recordedAt, until, said: `the wish ${String(id)}`, covers }];
  });
}

async function endpoints(db: Db, person: string): Promise<readonly StopSaid[]> {
  const rows = await db
    .selectFrom('endpoints')
    .select(['ref', 'retiredAt'])
    .where('person', '=', person)
    .where('retiredReason', '=', OPTED_OUT)
    .execute();
  return rows.flatMap(({ ref, retiredAt: at }): StopSaid[] =>
    at === null
      ? []
      : [
          {
            at,
            recordedAt: at,
            until: null,
            said: `the number or address ${ref} was refused`,
            covers: ({ endpoint }) => endpoint === ref,
          },
        ],
  );
}

function holds(facts: readonly Fact[]): readonly StopSaid[] {
  return facts.flatMap(({ account, receivedAt, event }): StopSaid[] => {
    const asked = event.kind === 'contact-outcome' && event.code === 'RPC-CEASE';
    const held = event.kind === 'hold' && (event.type === 'cease-contact' || event.type === 'attorney');
    if (!asked && !held) return [];
    const name = held ? event.hold : `cease-contact:${event.id}`;
    const end = facts.find(
      (one) =>
        one.account === account &&
        one.event.kind === 'release' &&
        one.event.hold === name &&
        one.event.at > event.at,
    );
    // It stood until it was lifted, and on to the last day that was said then.
    const lifted = end?.event.kind === 'release' ? end.event : null;
    return [
      {
        ...{ at: event.at, recordedAt: receivedAt, until: null },
        said: held ? `the hold ${event.type}` : 'the request to cease contact',
        covers: (one) => {
          const day = localDate(one.at, one.zone);
          return (
            one.account === account &&
            (!held || event.until === undefined || day <= event.until) &&
            (lifted === null || one.at <= lifted.at || day <= (lifted.lastDay ?? ''))
          );
        },
      },
    ];
  });
}
