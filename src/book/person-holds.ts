import type { Selectable, Transaction } from 'kysely';
import { minDate } from '../domain/calendar/day';
import type { HoldType } from '../domain/account/events';
import type { PersonalHold } from '../domain/party/personal';
import type { Instant, IsoDate } from '../domain/units';
import type { Db } from './open-book';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;
export type PersonHoldRow = Selectable<Tables['personHolds']>;

/** Everything that was ever held of a person, the oldest first. */
export function holdsOf(db: Db, person: string): Promise<PersonHoldRow[]> {
  return db
    .selectFrom('personHolds')
    .selectAll()
    .where('person', '=', person)
    .orderBy('recordedAt')
    .orderBy('hold')
    .execute();
}

/** Whether the person was ever held so. */
export async function hasHeld(db: Db, person: string, type: HoldType): Promise<boolean> {
  const row = await db
    .selectFrom('personHolds')
    .select('hold')
    .where('person', '=', person)
    .where('type', '=', type)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps a hold of the person. `again`: one of that name takes the new days, else it stays as it is. */
export async function putHold(
  tx: Tx,
  person: string,
  { hold, type, from, until }: PersonalHold,
  told: { readonly origin: string | null; readonly at: Instant; readonly by: string | null },
  again: boolean,
): Promise<void> {
  const row = { person, hold, type, fromDate: from, until, saidAt: told.at, saidBy: told.by };
  await tx
    .insertInto('personHolds')
    .values({ ...row, origin: told.origin })
    .onConflict((conflict) => {
      const known = conflict.columns(['person', 'hold']);
      // Set again under its name a hold takes the new days; what is heard or flagged again changes nothing.
      return again ? known.doUpdateSet({ type, fromDate: from, until }) : known.doNothing();
    })
    .execute();
}

/** Ends a hold of that name, of whichever of these people has one. Answers those people. */
export async function endHold(
  tx: Tx,
  people: readonly string[],
  hold: string,
  lastDay: IsoDate,
): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const rows = await tx
    .selectFrom('personHolds')
    .select(['person', 'until'])
    .where('person', 'in', [...people])
    .where('hold', '=', hold)
    .execute();
  for (const { person, until } of rows)
    await tx
      .updateTable('personHolds')
      .set({ until: earlier(until, lastDay) })
      .where('person', '=', person)
      .where('hold', '=', hold)
      .execute();
  return rows.map(({ person }) => person);
}

function earlier(until: IsoDate | null, day: IsoDate): IsoDate {
  return until === null ? day : minDate(until, day);
}
