import { sql, type Selectable, type Transaction } from 'kysely';
import { fail } from '../domain/errors/forbear-error';
import { isLooser, isVolumeWatched, VOLUME_RULE, type VolumeRule } from '../domain/policy/volume';
import { databaseNow } from './clock';
import { inTransaction, type Db } from './open-book';
import { actor, type Claim } from './staff';
import type { Tables } from './tables';

export type VolumeRuleAct = Selectable<Tables['volumeRuleActs']>;

interface Of {
  readonly lender: string;
  readonly channel: string;
}

/** So long a looser rule that was asked for is good for the second person, as an opening is. [assumption] */
const ASKED_HOURS = 24;

/** What is unusual for a lender's channel: its own rule, or what is usual for all. */
export async function volumeRuleOf(db: Db, of: Of): Promise<VolumeRule> {
  return (await volumeRule(db, of).executeTakeFirst()) ?? VOLUME_RULE;
}

export function volumeRule(db: Db, { lender, channel }: Of) {
  return db
    .selectFrom('volumeRules')
    .select(['times', 'floor'])
    .where('lender', '=', lender)
    .where('channel', '=', channel);
}

/** Writes the rule, whoever answers for it: see `changeVolumeRule`. */
export async function setVolumeRule(
  db: Db,
  lender: string,
  channel: string,
  rule: VolumeRule,
): Promise<void> {
  await db
    .insertInto('volumeRules')
    .values({ lender, channel, ...rule })
    .onConflict((conflict) => conflict.columns(['lender', 'channel']).doUpdateSet({ ...rule }))
    .execute();
}

/** A change that was asked for: in force, or waiting for a second person. */
export interface RuleChange {
  readonly act: VolumeRuleAct;
  readonly inForce: boolean;
}

/**
 * Says what volume is unusual from now on. A rule that holds sooner is in force at once; one that lets more go is asked
 * for and waits for a second person, for it opens what nobody has looked at yet. What is left out stays as it is.
 * Throws VOLUME_BY_HAND, VOLUME_RULE_SAME and what `actor` throws.
 */
export function changeVolumeRule(
  db: Db,
  of: Of,
  wanted: Partial<VolumeRule>,
  by: Claim,
  why: string,
): Promise<RuleChange> {
  return inTransaction(db, async (tx) => {
    const { ref, role } = await actor(tx, by, 'volume-rules');
    if (!isVolumeWatched(of.channel)) fail('VOLUME_BY_HAND', { channel: of.channel });
    await lockRules(tx);
    const before = await volumeRuleOf(tx, of);
    const rule = { times: wanted.times ?? before.times, floor: wanted.floor ?? before.floor };
    if (rule.times === before.times && rule.floor === before.floor) fail('VOLUME_RULE_SAME', { ...of });
    const looser = isLooser(rule, before);
    const act = await note(tx, {
      ...of,
      ...rule,
      act: looser ? 'ask' : 'set',
      confirms: null,
      by: ref,
      role,
      why,
    });
    if (!looser) await setVolumeRule(tx, of.lender, of.channel, rule);
    return { act, inForce: !looser };
  });
}

/**
 * The second person lets a looser rule be in force, by the number of the asking, so that nobody confirms other figures
 * than those that were looked at. An asking is over when another change of the same rule came after it, or after a day.
 * Throws VOLUME_ASK_UNKNOWN, VOLUME_ASK_OVER, VOLUME_SAME_PERSON and what `actor` throws.
 */
export function confirmVolumeRule(
  db: Db,
  id: number,
  by: Claim,
  why: string | null = null,
): Promise<RuleChange> {
  return inTransaction(db, async (tx) => {
    const { ref, role } = await actor(tx, by, 'volume-rules');
    await lockRules(tx);
    const asked = await tx
      .selectFrom('volumeRuleActs')
      .selectAll()
      .where('id', '=', id)
      .where('act', '=', 'ask')
      .executeTakeFirst();
    if (asked === undefined) return fail('VOLUME_ASK_UNKNOWN', { id });
    const { lender, channel, times, floor } = asked;
    if (await isOver(tx, asked)) fail('VOLUME_ASK_OVER', { id });
    if (asked.by === ref) fail('VOLUME_SAME_PERSON', { id, ref });
    const act = await note(tx, {
      lender,
      channel,
      times,
      floor,
      act: 'confirm',
      confirms: id,
      by: ref,
      role,
      why,
    });
    await setVolumeRule(tx, lender, channel, { times, floor });
    return { act, inForce: true };
  });
}

/** Everything that was ever said of these rules, the oldest first. */
export function volumeRuleActs(db: Db, lender?: string): Promise<VolumeRuleAct[]> {
  const query = db.selectFrom('volumeRuleActs').selectAll().orderBy('id');
  return (lender === undefined ? query : query.where('lender', '=', lender)).execute();
}

/** Channels of lenders whose volume is looked at: with a rule of their own, or on which something went out or is planned. */
export async function watchedVolumes(db: Db, lender?: string): Promise<Of[]> {
  const rows = await db
    .selectFrom('volumeCounts')
    .select(['lender', 'channel'])
    .union(db.selectFrom('volumeDays').select(['lender', 'channel']))
    .union(db.selectFrom('volumeRules').select(['lender', 'channel']))
    .orderBy('lender')
    .orderBy('channel')
    .execute();
  return rows.filter(
    (row) => isVolumeWatched(row.channel) && (lender === undefined || row.lender === lender),
  );
}

async function isOver(tx: Transaction<Tables>, { id, lender, channel, at }: VolumeRuleAct): Promise<boolean> {
  const later = await tx
    .selectFrom('volumeRuleActs')
    .select('id')
    .where('lender', '=', lender)
    .where('channel', '=', channel)
    .where('id', '>', id)
    .limit(1)
    .executeTakeFirst();
  const hours = (Date.parse(await databaseNow(tx)) - Date.parse(at)) / 3_600_000;
  return later !== undefined || hours > ASKED_HOURS;
}

/** Changes go one after the other, so that each is judged by the rule that it replaces. */
async function lockRules(tx: Transaction<Tables>): Promise<void> {
  await sql`lock table volume_rule_acts in share row exclusive mode`.execute(tx);
}

function note(tx: Transaction<Tables>, act: Omit<VolumeRuleAct, 'id' | 'at'>): Promise<VolumeRuleAct> {
  return tx.insertInto('volumeRuleActs').values(act).returningAll().executeTakeFirstOrThrow();
}
