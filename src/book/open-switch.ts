import type { Transaction } from 'kysely';
import { fail } from '../domain/errors/forbear-error';
import { databaseNow } from './clock';
import { inTransaction, type Db } from './open-book';
import { endQuestions } from './placements';
import { actor, type Claim } from './staff';
import { switchOf, type SwitchRow } from './stop';
import type { Tables } from './tables';
import { releaseVolume } from './volume';

/** So long a request to open is good for the second person. [assumption] */
const ASKED_HOURS = 24;

/**
 * One person asks that a stop is opened; it stands until another opens it.
 * Throws SWITCH_UNKNOWN, SWITCH_IS_OPEN and what `actor` throws.
 */
export function askToOpen(db: Db, id: string, by: Claim, why: string): Promise<SwitchRow> {
  return inTransaction(db, async (tx) => {
    const row = await standing(tx, id);
    const { ref, role } = await actor(tx, by, 'ask-open');
    await tx.insertInto('switchActs').values({ switch: row.id, act: 'ask', by: ref, role, why }).execute();
    return row;
  });
}

/**
 * The second person opens what another asked to be opened. A stop that was made once more after the asking has to be
 * asked for again. Throws SWITCH_UNKNOWN, SWITCH_IS_OPEN, SWITCH_NOT_ASKED, SWITCH_SAME_PERSON and what `actor` throws.
 */
export function openSwitch(db: Db, id: string, by: Claim, why: string | null = null): Promise<SwitchRow> {
  return inTransaction(db, async (tx) => {
    const row = await standing(tx, id);
    const { ref, role } = await actor(tx, by, 'open');
    const askers = await whoAsked(tx, row.id);
    if (askers.length === 0) fail('SWITCH_NOT_ASKED', { id: row.id });
    if (askers.every((asker) => asker === ref)) fail('SWITCH_SAME_PERSON', { id: row.id, ref });
    await tx
      .updateTable('switches')
      .set((eb) => ({ openedAt: eb.fn('clock_timestamp') }))
      .where('id', '=', row.id)
      .execute();
    await tx.insertInto('switchActs').values({ switch: row.id, act: 'open', by: ref, role, why }).execute();
    if (row.cause === 'volume') await releaseVolume(tx, row);
    if (row.scope === 'agency') await endQuestions(tx, row.id);
    return switchOf(tx, row.id);
  });
}

async function standing(tx: Transaction<Tables>, id: string): Promise<SwitchRow> {
  const { id: whole } = await switchOf(tx, id);
  const row = await tx
    .selectFrom('switches')
    .selectAll()
    .where('id', '=', whole)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.openedAt === null ? row : fail('SWITCH_IS_OPEN', { id: row.id, at: row.openedAt });
}

async function whoAsked(tx: Transaction<Tables>, id: string): Promise<readonly string[]> {
  const acts = await tx
    .selectFrom('switchActs')
    .select(['act', 'by', 'at'])
    .where('switch', '=', id)
    .orderBy('id')
    .execute();
  const lastStop = acts.map(({ act }) => act).lastIndexOf('stop');
  const now = await databaseNow(tx);
  const since = new Date(Date.parse(now) - ASKED_HOURS * 3_600_000).toISOString();
  return acts.filter(({ act, at }, i) => act === 'ask' && i > lastStop && at > since).map(({ by }) => by);
}
