import { accountOf, type AccountRow } from '../book/accounts';
import { inTransaction, type Db } from '../book/open-book';
import { report } from '../book/report';
import { strategyByHash } from '../book/strategies';
import { compact, type CompactState } from '../domain/account/instalments';
import type { AccountState } from '../domain/account/state';
import type { Occurrence, StepResult } from '../domain/decide/decision';
import { refold, type Entry } from '../domain/decide/refold';
import type { Strategy } from '../domain/strategy/strategy';
import type { Instant } from '../domain/units';
import type { RestoreRequest } from './contract';

/** The account as its journal makes it: facts, and every step that was carried out, in the order they were written. */
export function restore(db: Db, request: RestoreRequest): Promise<CompactState> {
  return inTransaction(db, async (tx) => {
    if (request.report !== undefined) await report(tx, request.report);
    const account = await accountOf(tx, request.ref);
    const strategy = await strategyByHash(tx, request.strategy);
    return compact(await fromJournal(tx, account, strategy));
  });
}

/** The same, of an account that is already read; nothing is written. */
export async function fromJournal(
  db: Db,
  account: Pick<AccountRow, 'ref' | 'enrolment'>,
  strategy: Strategy,
): Promise<AccountState> {
  return refold(account.enrolment, await entriesOf(db, account.ref), strategy);
}

type Written = { readonly writtenAt: Instant; readonly entry: Entry };

async function entriesOf(db: Db, account: string): Promise<Entry[]> {
  const facts = await db
    .selectFrom('journal')
    .select(['seq', 'body', 'receivedAt'])
    .where('account', '=', account)
    .orderBy('seq')
    .execute();
  const decisions = await db
    .selectFrom('decisions')
    .select(['at', 'code', 'args', 'action', 'result', 'recordedAt'])
    .where('account', '=', account)
    .orderBy('id')
    .execute();
  const told = facts.map(({ seq, body, receivedAt }): Written => ({
    writtenAt: receivedAt,
    entry: { kind: 'fact', event: { ...body, seq } },
  }));
  const decided = decisions.flatMap(({ at, code, args, action, result, recordedAt }): Written[] => {
    if (action === null) return [{ writtenAt: recordedAt, entry: { kind: 'look', at } }];
    if (!isStep(action) || !isResult(result)) return [];
    const { occurrence, tone } = action;
    const entry = { kind: 'decision', at, occurrence, tone, why: { code, args }, result } as const;
    return [{ writtenAt: recordedAt, entry }];
  });
  return merged(told, decided);
}

/** Each list keeps its own order; a fact goes before the decision that was written with it. */
function merged(facts: readonly Written[], decisions: readonly Written[]): Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  for (const decision of decisions) {
    for (; next < facts.length && facts[next]!.writtenAt <= decision.writtenAt; next += 1)
      entries.push(facts[next]!.entry);
    entries.push(decision.entry);
  }
  return [...entries, ...facts.slice(next).map((fact) => fact.entry)];
}

interface StepAction {
  readonly do: 'step';
  readonly occurrence: Occurrence;
  readonly tone: number | null;
}

function isStep(action: unknown): action is StepAction {
  return (action as { do?: unknown } | null)?.do === 'step';
}

function isResult(result: unknown): result is StepResult {
  return typeof (result as { how?: unknown } | null)?.how === 'string';
}
