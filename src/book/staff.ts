import { createHash, randomBytes } from 'node:crypto';
import { sql, type Selectable, type Transaction } from 'kysely';
import { ForbearError, fail } from '../domain/errors/forbear-error';
import { mayBy, type Right, type Role } from '../domain/staff/roles';
import type { IsoDate } from '../domain/units';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';

export type StaffRow = Omit<Selectable<Tables['staff']>, 'keyHash'>;

/** Who says that he acts, and the key that shows it. The role is never said: the book has it. */
export interface Claim {
  readonly ref: string;
  readonly key: string | undefined;
}

/** A member of staff whose key was right, and the role by which he may do what he asks for. */
export interface Actor {
  readonly ref: string;
  readonly role: Role;
}

const SHOWN = ['ref', 'roles', 'addedAt', 'activeAt', 'leftAt', 'awayUntil'] as const;

/**
 * Who acts, by the book's staff. Two people are two keys, so that nobody is the second person of himself; a key that
 * somebody else handed over is nobody's own yet, and opens nothing until it is changed.
 * Throws STAFF_UNKNOWN, STAFF_KEY_MISSING, STAFF_KEY_WRONG, STAFF_KEY_HANDED, STAFF_MAY_NOT.
 */
export async function actor(db: Db, claim: Claim, right: Right): Promise<Actor> {
  const { ref, roles } = await identified(db, claim);
  if (!(await hasOwnKey(db, ref))) fail('STAFF_KEY_HANDED', { ref });
  const role = mayBy(roles, right);
  if (role === null) fail('STAFF_MAY_NOT', { ref, roles: roles.join(', '), right });
  return { ref, role };
}

/** The roles of whoever shows a key of his own; null for anybody else, without a complaint. */
export async function roleOf(db: Db, claim: Claim): Promise<string | null> {
  try {
    return (await identified(db, claim)).roles[0] ?? null;
  } catch (error) {
    if (error instanceof ForbearError && error.code.startsWith('STAFF_')) return null;
    throw error;
  }
}

async function identified(
  db: Db,
  { ref, key }: Claim,
): Promise<{ readonly ref: string; readonly roles: Role[] }> {
  const row = await db.selectFrom('staff').selectAll().where('ref', '=', ref).executeTakeFirst();
  if (row === undefined || row.activeAt === null || row.leftAt !== null) fail('STAFF_UNKNOWN', { ref });
  if (key === undefined || key === '') fail('STAFF_KEY_MISSING', { ref });
  if (row.keyHash !== hashOf(key)) fail('STAFF_KEY_WRONG', { ref });
  return row;
}

/** The first of a book made his key himself; everybody else has changed it since it was handed over. */
async function hasOwnKey(db: Db, ref: string): Promise<boolean> {
  const own = await db
    .selectFrom('staffActs')
    .select('id')
    .where('member', '=', ref)
    .where('by', '=', ref)
    .where('act', 'in', ['add', 'key'])
    .limit(1)
    .executeTakeFirst();
  return own !== undefined;
}

export interface Added {
  readonly ref: string;
  readonly roles: readonly Role[];
  /** Shown once: the book keeps its hash only. */
  readonly key: string;
  /** False while a second person has still to confirm. */
  readonly active: boolean;
}

/**
 * Adds a member of staff. The first two who may add others make up the beginning: the first adds himself, and him the
 * second. From then on whoever is added waits for a second person, or one alone could make himself a second.
 * Throws STAFF_EXISTS and what `actor` throws.
 */
export function addStaff(db: Db, ref: string, roles: readonly Role[], by: Claim | null): Promise<Added> {
  return inTransaction(db, async (tx) => {
    await lockStaff(tx);
    const known = await tx.selectFrom('staff').select(SHOWN).execute();
    const able = known.filter(
      (one) => one.activeAt !== null && one.leftAt === null && mayBy(one.roles, 'staff'),
    );
    const first = known.length === 0;
    if (!first && by === null) fail('STAFF_BY_MISSING', { ref });
    const adding = first || by === null ? { ref } : await actor(tx, by, 'staff');
    if (first && mayBy(roles, 'staff') === null) fail('STAFF_FIRST', { ref });
    if (known.some((one) => one.ref === ref)) fail('STAFF_EXISTS', { ref });
    const key = newKey();
    const active = able.length < 2;
    await tx
      .insertInto('staff')
      .values({ ref, roles: [...roles], keyHash: hashOf(key), activeAt: null, leftAt: null })
      .execute();
    if (active) await activate(tx, ref);
    await noteAct(tx, ref, 'add', roles, adding.ref);
    return { ref, roles, key, active };
  });
}

/** The second person. Throws STAFF_SAME_PERSON, STAFF_UNKNOWN and what `actor` throws. */
export function confirmStaff(db: Db, ref: string, by: Claim): Promise<StaffRow> {
  return inTransaction(db, async (tx) => {
    await lockStaff(tx);
    const confirming = await actor(tx, by, 'staff');
    const row = await member(tx, ref);
    if (row.activeAt !== null) return row;
    const added = await tx
      .selectFrom('staffActs')
      .select('by')
      .where('member', '=', ref)
      .where('act', '=', 'add')
      .executeTakeFirstOrThrow();
    if (added.by === confirming.ref) fail('STAFF_SAME_PERSON', { ref: confirming.ref });
    await activate(tx, ref);
    await noteAct(tx, ref, 'confirm', row.roles, confirming.ref);
    return member(tx, ref);
  });
}

/** Lets somebody go: from then on nobody acts under that name. Throws what `actor` throws. */
export function dismissStaff(db: Db, ref: string, by: Claim): Promise<StaffRow> {
  return inTransaction(db, async (tx) => {
    await lockStaff(tx);
    const dismissing = await actor(tx, by, 'staff');
    const row = await member(tx, ref);
    if (row.leftAt !== null) return row;
    await tx
      .updateTable('staff')
      .set((eb) => ({ leftAt: eb.fn('clock_timestamp') }))
      .where('ref', '=', ref)
      .execute();
    await noteAct(tx, ref, 'leave', row.roles, dismissing.ref);
    return member(tx, ref);
  });
}

/**
 * Says that somebody is away up to a last day, or with null that he is back: whom he owns is free meanwhile.
 * Throws STAFF_UNKNOWN and what `actor` throws.
 */
export function awayStaff(db: Db, ref: string, until: IsoDate | null, by: Claim): Promise<StaffRow> {
  return inTransaction(db, async (tx) => {
    await lockStaff(tx);
    const saying = await actor(tx, by, 'hand-over');
    const row = await member(tx, ref);
    if (row.leftAt !== null) fail('STAFF_UNKNOWN', { ref });
    if (row.awayUntil === until) return row;
    await tx.updateTable('staff').set({ awayUntil: until }).where('ref', '=', ref).execute();
    await noteAct(tx, ref, until === null ? 'back' : 'away', row.roles, saying.ref);
    return member(tx, ref);
  });
}

/** A new key in place of one's own. The old one ends. Throws STAFF_UNKNOWN, STAFF_KEY_MISSING, STAFF_KEY_WRONG. */
export function changeKey(db: Db, claim: Claim): Promise<{ readonly ref: string; readonly key: string }> {
  return inTransaction(db, async (tx) => {
    await lockStaff(tx);
    const { ref, roles } = await identified(tx, claim);
    const key = newKey();
    await tx
      .updateTable('staff')
      .set({ keyHash: hashOf(key) })
      .where('ref', '=', ref)
      .execute();
    await noteAct(tx, ref, 'key', roles, ref);
    return { ref, key };
  });
}

/** Everybody, those who have left included. Keys are nobody's to see. */
export function listStaff(db: Db): Promise<StaffRow[]> {
  return db.selectFrom('staff').select(SHOWN).orderBy('addedAt').orderBy('ref').execute();
}

async function member(db: Db, ref: string): Promise<StaffRow> {
  const row = await db.selectFrom('staff').select(SHOWN).where('ref', '=', ref).executeTakeFirst();
  return row ?? fail('STAFF_UNKNOWN', { ref });
}

/** Changes of the staff go one after the other: how many may add others must not change under one's feet. */
async function lockStaff(tx: Transaction<Tables>): Promise<void> {
  await sql`lock table staff in share row exclusive mode`.execute(tx);
}

async function activate(tx: Transaction<Tables>, ref: string): Promise<void> {
  await tx
    .updateTable('staff')
    .set((eb) => ({ activeAt: eb.fn('clock_timestamp') }))
    .where('ref', '=', ref)
    .execute();
}

async function noteAct(
  tx: Transaction<Tables>,
  of: string,
  act: Selectable<Tables['staffActs']>['act'],
  roles: readonly Role[],
  by: string,
): Promise<void> {
  await tx
    .insertInto('staffActs')
    .values({ member: of, act, roles: [...roles], by })
    .execute();
}

const newKey = (): string => randomBytes(24).toString('base64url');

/** A key is random and long, so that a plain hash of it gives nothing away. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
