import { sql, type Selectable } from 'kysely';
import type { Clock } from '../domain/clock';
import { ForbearError } from '../domain/errors/forbear-error';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';

/** The clock that the book runs on. One that stands in the book, not in a caller's hand, binds the gate. */
export async function readClock(db: Db): Promise<Clock> {
  return clockOf(await db.selectFrom('clock').selectAll().where('id', '=', 1).executeTakeFirstOrThrow());
}

export function clockOf(row: Selectable<Tables['clock']>): Clock {
  if (row.kind === 'real' || row.epoch === null || row.started === null) return { kind: 'real' };
  return { kind: 'rehearsal', epoch: row.epoch, started: row.started, factor: row.factor };
}

/**
 * Sets the book's clock. A rehearsal is refused while a channel reaches people (CLOCK_REACHES_PEOPLE), and any change
 * once accounts live by the old clock (CLOCK_IN_USE).
 */
export function setClock(db: Db, clock: Clock): Promise<void> {
  return inTransaction(db, async (tx) => {
    await tx.selectFrom('clock').select('id').where('id', '=', 1).forUpdate().execute();
    if (clock.kind === 'rehearsal') {
      if (!(clock.factor >= 1)) throw new ForbearError('CLOCK_FACTOR', { factor: clock.factor });
      const real = await tx
        .selectFrom('channels')
        .select('channel')
        .where('reach', '=', 'people')
        .executeTakeFirst();
      if (real !== undefined) throw new ForbearError('CLOCK_REACHES_PEOPLE', { channel: real.channel });
    }
    const before = await readClock(tx);
    if (JSON.stringify(before) === JSON.stringify(clock)) return;
    const used = await tx.selectFrom('accounts').select('ref').limit(1).executeTakeFirst();
    if (used !== undefined && before.kind !== clock.kind) throw new ForbearError('CLOCK_IN_USE');
    const rehearsal = clock.kind === 'rehearsal' ? clock : { epoch: null, started: null, factor: 1 };
    await tx
      .updateTable('clock')
      .set({
        kind: clock.kind,
        epoch: rehearsal.epoch,
        started: rehearsal.started,
        factor: rehearsal.factor,
      })
      .where('id', '=', 1)
      .execute();
  });
}

export interface Channel {
  readonly channel: string;
  /** The carrier's address, such as `smtp://127.0.0.1:2525`; without credentials. */
  readonly address: string;
  /** Whether what is sent there can reach anybody. Where in doubt: `people`. */
  readonly reach: 'loopback' | 'people';
}

/** Registers where a channel sends. One that reaches people is refused in a rehearsal (CHANNEL_IN_REHEARSAL). */
export function setChannel(db: Db, channel: Channel): Promise<void> {
  return inTransaction(db, async (tx) => {
    // The same lock as setClock takes: both changes at once must see each other.
    const row = await tx
      .selectFrom('clock')
      .select('kind')
      .where('id', '=', 1)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.kind === 'rehearsal' && channel.reach === 'people')
      throw new ForbearError('CHANNEL_IN_REHEARSAL', { channel: channel.channel });
    await tx
      .insertInto('channels')
      .values(channel)
      .onConflict((conflict) =>
        conflict.column('channel').doUpdateSet({ address: channel.address, reach: channel.reach }),
      )
      .execute();
  });
}

export function listChannels(db: Db): Promise<Channel[]> {
  return db.selectFrom('channels').selectAll().orderBy('channel').execute();
}

/** The database's own moment: the gate's clock against real channels. */
export async function databaseNow(db: Db): Promise<string> {
  const row = await db.selectNoFrom(sql<string>`clock_timestamp()`.as('now')).executeTakeFirstOrThrow();
  return row.now;
}
