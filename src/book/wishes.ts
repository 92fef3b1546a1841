import type { Selectable } from 'kysely';
import { fail } from '../domain/errors/forbear-error';
import type { Wish } from '../domain/policy/wish';
import type { Instant } from '../domain/units';
import { keepEvidence } from './evidence/chain';
import { lockPeople } from './locks';
import { inTransaction, type Db } from './open-book';
import { recordHappening } from './policy/happenings';
import type { Tables } from './tables';
import type { Way } from '../domain/policy/pack/words';

/** What a person asks for. `form`: a wish that was only spoken may bind for some days only by a pack; here it goes on. */
export interface NewWish extends Omit<Wish, 'id' | 'since' | 'channels'> {
  readonly at: Instant;
  readonly channels: readonly Way[] | null;
  readonly form: 'oral' | 'written' | null;
  /** Opaque reference of who heard it. */
  readonly by: string | null;
}

/** What a person asked for and has not taken back, the oldest first: read by every reservation under the person's lock. */
export async function wishesOf(db: Db, person: string): Promise<readonly Wish[]> {
  const rows = await db
    .selectFrom('happenings')
    .select(['id', 'event', 'at', 'until', 'said'])
    .where('person', '=', person)
    .where('event', '=', 'preference')
    .orderBy('at')
    .orderBy('id')
    .execute();
  return wishesIn(rows);
}

/** The same of all that was said of the person, where that is read anyway. */
export function wishesIn(
  rows: readonly Pick<Selectable<Tables['happenings']>, 'id' | 'event' | 'at' | 'until' | 'said'>[],
): readonly Wish[] {
  return rows.flatMap(({ id, event, at, until, said: { not } }): Wish[] =>
    event !== 'preference' || not === undefined || not === null
      ? []
      : [{ id: String(id), since: at, until, ...not }],
  );
}

/**
 * Keeps what a person asked for: it binds the next contact of every account of theirs, and packs that have a rule for it
 * see it too. The same wish again changes nothing.
 */
export function keepWish(db: Db, person: string, wish: NewWish): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    const { at, until, form, by, days, from, to, places, channels } = wish;
    const not = { days, from, to, places, channels };
    const known = await wishesOf(tx, person);
    if (known.some((one) => sameWish(one, wish) && (one.until === null || one.until >= at))) return;
    await recordHappening(tx, person, {
      event: 'preference',
      at,
      until,
      by,
      not,
      ...(form === null ? {} : { form }),
    });
  });
}

const sameWish = (one: Wish, other: NewWish): boolean =>
  JSON.stringify([one.days, one.from, one.to, one.places, one.channels, one.until]) ===
  JSON.stringify([other.days, other.from, other.to, other.places, other.channels, other.until]);

/** The person takes a wish back: it stays in the book with its end. Throws WISH_UNKNOWN. */
export function endWish(
  db: Db,
  person: string,
  id: string,
  said: { readonly at: Instant; readonly by: string | null },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    const wish = (await wishesOf(tx, person)).find((one) => one.id === id && isOpen(one, said.at));
    if (wish === undefined) return fail('WISH_UNKNOWN', { id, person });
    await tx
      .updateTable('happenings')
      .set({ until: justBefore(said.at) })
      .where('id', '=', Number(id))
      .execute();
    const body = { event: 'preference', says: 'taken back', about: id, by: said.by };
    await keepEvidence(tx, person, { kind: 'told', account: null, at: said.at, body });
  });
}

/** Whoever asks at this very moment finds it gone. */
const justBefore = (at: Instant): Instant => new Date(Date.parse(at) - 1).toISOString();

const isOpen = ({ until }: Wish, at: Instant): boolean => until === null || until > at;

/** The language in which the person wants to be written to: templates of it are taken, where there are any. */
export function setLanguage(
  db: Db,
  person: string,
  language: string,
  said: { readonly at: Instant; readonly by: string | null },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    await tx.updateTable('people').set({ language }).where('ref', '=', person).execute();
    const body = { event: 'preference', about: `language ${language}`, by: said.by };
    await keepEvidence(tx, person, { kind: 'told', account: null, at: said.at, body });
  });
}
