import type { Transaction } from 'kysely';
import { accountOf } from '../../book/accounts';
import { lockPeople } from '../../book/locks';
import { ASSIGN_OWNER, ownerOf } from '../../book/owners';
import { personOf } from '../../book/people';
import { whatStops } from '../../book/switches';
import type { TaskRow } from '../../book/tasks';
import { endTask, taskOf } from '../../book/tasks';
import type { Tables } from '../../book/tables';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import { worstFirst } from '../../domain/policy/together';
import type { Asked } from '../asked';
import { askable, type Sibling } from '../contact/lead';

/** Work that one collector does for all accounts of a person. */
type Shared = { readonly kind: 'campaign' } | { readonly action: string };

/** What of the step's work is shared among a person's accounts; null: each account has its own. */
function shared({ step, addressee }: Asked, channel: string | null): Shared | null {
  if (addressee !== undefined) return null;
  if (channel === 'call') return { kind: 'campaign' };
  return channel === null && step.action === ASSIGN_OWNER ? { action: ASSIGN_OWNER } : null;
}

/**
 * One owner for one person: where the worst account that may be asked for has the same work open, this step is done with
 * that task. Where this account is the worst, it takes the others' work over, and null is answered: it opens its own.
 * In the transaction that opens it.
 */
export async function oneOwner(
  tx: Transaction<Tables>,
  asked: Asked,
  channel: string | null,
): Promise<StepResult | null> {
  const work = shared(asked, channel);
  if (work === null) return null;
  const { account, request } = asked;
  await lockPeople(tx, [account.person]);
  const kept = 'action' in work ? await keptOwner(tx, asked) : null;
  if (kept !== null) return { how: 'done', with: kept };
  const open = await openElsewhere(tx, asked, work);
  if (open.length === 0) return null;
  const rows = await tx
    .selectFrom('accounts')
    .selectAll()
    .where('status', '=', 'open')
    .where(
      'ref',
      'in',
      open.map((task) => task.account),
    )
    .execute();
  const found = await askable(tx, asked, rows);
  const { self } = found;
  const siblings: Sibling[] = [];
  // Nobody is to wait for work that a stop stands against, nor to take it over.
  for (const one of found.siblings) if (!(await isStopped(tx, one, asked, channel))) siblings.push(one);
  const [worst] = siblings.filter((one) => worstFirst(one, self) < 0).sort(worstFirst);
  const task = open.find((one) => one.account === worst?.row.ref);
  if (task !== undefined) return { how: 'done', ...(channel === null ? {} : { channel }), with: task.id };
  for (const one of open)
    if (siblings.some(({ row }) => row.ref === one.account))
      await endTask(tx, one.id, `with:${account.ref}`, request.now);
  return null;
}

/**
 * The task by which the person has an owner who is there and stays: one of the same kind, or one that was named for a
 * worse account. A step that asks for another kind on the worst account is a hand-over and opens its own task.
 */
async function keptOwner(tx: Transaction<Tables>, asked: Asked): Promise<string | null> {
  const { account, request, step } = asked;
  const owner = await ownerOf(tx, account.person, localDate(request.now, account.zone));
  if (owner === null || owner.gone !== null || owner.task === null) return null;
  const task = await taskOf(tx, owner.task);
  if (task.action !== ASSIGN_OWNER) return null;
  if (task.queue === (step.queue ?? null)) return task.id;
  if (task.account === account.ref) return null;
  const row = await accountOf(tx, task.account);
  if (row.status !== 'open') return null;
  const { self, siblings } = await askable(tx, asked, [row]);
  return siblings.some((one) => worstFirst(one, self) < 0) ? task.id : null;
}

/** Whether a stop, old data or the like stands against doing such work for another account. */
async function isStopped(
  tx: Transaction<Tables>,
  { row, strategy, account }: Sibling,
  { step, request: { now } }: Asked,
  channel: string | null,
): Promise<boolean> {
  // Work inside the house goes on.
  if (channel === null) return false;
  const { zone } = await personOf(tx, row.person);
  const of = { row, step, account, now, channel, zone, due: now };
  return (await whatStops(tx, { ...of, strategy: { hash: row.strategy, rules: strategy } })) !== null;
}

function openElsewhere(tx: Transaction<Tables>, { account }: Asked, work: Shared): Promise<TaskRow[]> {
  let query = tx
    .selectFrom('tasks')
    .selectAll()
    .where('person', '=', account.person)
    .where('account', '!=', account.ref)
    .where('status', '=', 'open')
    .orderBy('openedAt')
    .orderBy('id');
  query = 'kind' in work ? query.where('kind', '=', work.kind) : query.where('action', '=', work.action);
  return query.execute();
}
