import type { Transaction } from 'kysely';
import { localDate } from '../domain/calendar/zone';
import { packsFor } from '../domain/policy/pack/select';
import type { Pack } from '../domain/policy/pack/pack';
import type { Role } from '../domain/policy/pack/words';
import type { Instant, IsoDate } from '../domain/units';
import type { AccountRow } from './accounts';
import { lockAccounts } from './append';
import { readClock } from './clock';
import { foldAt } from './fold';
import { lockPeople } from './locks';
import { inTransaction, type Db } from './open-book';
import { accountsOf, holdPerson } from './personal';
import { packsFrom } from './policy/packs';
import { strategyByHash } from './strategies';
import { jurisdictionsOf } from './switches';
import type { Tables } from './tables';
import { openTask } from './tasks';
import { keepWish } from './wishes';

type Tx = Transaction<Tables>;

/** No step of a strategy: somebody never wants to be contacted again, and a person looks at what that leaves to do. */
export const NEVER_AGAIN = 'never-again';

export interface NeverAgain {
  /** `hold`: a law knows it, and everything rests; `wish`: the person's wish binds the gate, and a task asks a person. */
  readonly kept: 'hold' | 'wish';
  /** Accounts whose journals grew. */
  readonly accounts: readonly string[];
  /** The task that was opened; null: none is needed, or there is no open account. */
  readonly task: string | null;
}

/**
 * "Never contact me again." Where a pack that holds for one of the person's accounts knows a request to cease, it is a
 * hold of the person on all of them. Elsewhere it is a wish: the gate lets nothing out but notices by letter, and a task
 * asks a person how the account goes on. Either way it binds before this returns. Said again it changes nothing.
 */
export function neverAgain(
  db: Db,
  person: string,
  said: { readonly at: Instant; readonly by: string | null },
): Promise<NeverAgain> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, [person]);
    const refs = await accountsOf(tx, [person]);
    await lockAccounts(tx, refs);
    const open = await openOnes(tx, refs);
    const { at, by } = said;
    if (await someLawKnowsIt(tx, open, at)) {
      const from = localDate(at, open[0]?.zone ?? 'UTC');
      const hold = { hold: 'cease-contact:said', type: 'cease-contact' as const, from, until: null };
      const accounts = await holdPerson(tx, person, { ...hold, at, ...(by === null ? {} : { by }) });
      return { kept: 'hold', accounts, task: null };
    }
    const all = { days: null, from: '00:00', to: '24:00', places: null, channels: null, until: null };
    await keepWish(tx, person, { ...all, at, form: null, by });
    return { kept: 'wish', accounts: [], task: await ask(tx, person, open, at) };
  });
}

function openOnes(tx: Tx, refs: readonly string[]): Promise<AccountRow[]> {
  if (refs.length === 0) return Promise.resolve([]);
  return tx
    .selectFrom('accounts')
    .selectAll()
    .where('ref', 'in', [...refs])
    .where('status', '=', 'open')
    .orderBy('ref')
    .execute();
}

async function someLawKnowsIt(tx: Tx, open: readonly AccountRow[], at: Instant): Promise<boolean> {
  const clock = await readClock(tx);
  for (const row of open) {
    const { policy } = await strategyByHash(tx, row.strategy);
    if (policy === undefined) continue;
    const day = localDate(at, row.zone);
    const where = jurisdictionsOf([row.zone], await foldAt(tx, row, clock, at));
    const packs = packsFor(await packsFrom(tx, day), policy.packs, where);
    if (packs.some((pack) => knowsIt(pack, policy.role, day))) return true;
  }
  return false;
}

function knowsIt(pack: Pack, role: Role, day: IsoDate): boolean {
  const inForce = ({
    from,
    until,
  }: {
    readonly from: IsoDate | null;
    readonly until: IsoDate | null;
  }): boolean => (from === null || from <= day) && (until === null || day <= until);
  if (!pack.roles.includes(role) || !inForce(pack)) return false;
  return pack.rules.some(
    (rule) =>
      rule.kind === 'hold' &&
      rule.startedBy.includes('cease-request') &&
      (rule.roles === null || rule.roles.includes(role)) &&
      inForce(rule),
  );
}

/** One task for the person, on the first account that is open. */
async function ask(tx: Tx, person: string, open: readonly AccountRow[], at: Instant): Promise<string | null> {
  const [row] = open;
  if (row === undefined) return null;
  const onDate = localDate(at, row.zone);
  const task = await openTask(tx, {
    kind: 'task',
    account: row.ref,
    person,
    occurrence: { step: NEVER_AGAIN, anchor: onDate, n: 1, due: at },
    action: NEVER_AGAIN,
    queue: 'compliance',
    onDate,
    due: at,
    inputs: { title: 'Never wants to be contacted again: how does the account go on?' },
  });
  return task.id;
}
