import type { Client } from '@temporalio/client';
import { sql } from 'kysely';
import type { Db } from '../../src/book/open-book';
import { workflowId } from '../../src/client/start';

/**
 * Everything that the book and Temporal have of a lender, without what is made anew each time: references and moments.
 * A fact that was told twice counts once, as its account counts it: by its place in the journal.
 */
export async function feedState(db: Db, temporal: Client, lender: string): Promise<unknown> {
  const { rows: accounts } = await sql<{
    ref: string;
    number: string;
  }>`select ref, lender_number as number from accounts where lender = ${lender} order by lender_number`.execute(
    db,
  );
  const numbers = new Map(accounts.map(({ ref, number }) => [ref, number]));
  const { rows } = await sql<Record<string, unknown>>`select
    (select json_agg(to_jsonb(f) - 'id' - 'lender' - 'received_at' - 'done_at' - 'file_hash' order by f.as_of, f.kind)
      from feeds f where lender = ${lender}) as feeds,
    (select json_agg(to_jsonb(h) - 'lender' order by h.number) from host_rows h where lender = ${lender}) as rows,
    (select json_agg(to_jsonb(f) - 'lender' - 'hash' - 'feed' - 'received_at' order by f.id)
      from host_facts f where lender = ${lender}) as facts,
    (select count(*) from feed_work w join feeds f on f.id = w.feed where f.lender = ${lender}) as work,
    (select json_agg(json_build_array(a.lender_number, a.status, a.started_at is not null, a.enrolment, p.lender_person,
        (select count(*) from endpoints e where e.person = a.person),
        (select count(*) from parties t where t.account = a.ref)) order by a.lender_number)
      from accounts a join people p on p.ref = a.person where a.lender = ${lender}) as accounts,
    (select json_agg(json_build_array(a.lender_number, j.kind, j.body, j.told_at is not null) order by a.lender_number, j.seq)
      from journal j join accounts a on a.ref = j.account where a.lender = ${lender}) as journal`.execute(db);
  const workflows = await Promise.all(accounts.map(({ ref }) => heardBy(temporal, lender, ref)));
  const plain = JSON.stringify({ ...rows[0], workflows })
    .replace(/"(ref|person|seq|digit)":("[^"]*"|\d+)/g, '"$1":0')
    .replaceAll(`:${lender}:`, ':L:')
    .replaceAll(`"${lender}"`, '"L"');
  return JSON.parse([...numbers].reduce((text, [ref, number]) => text.replaceAll(ref, number), plain));
}

/** How often the account's workflow was begun, and what it was told: each fact once, by its place. */
async function heardBy(temporal: Client, lender: string, ref: string): Promise<unknown> {
  const handle = temporal.workflow.getHandle(workflowId({ lender, ref }));
  const history = await handle.fetchHistory();
  const told = new Map<number, string>();
  let begun = 0;
  for (const event of history.events ?? []) {
    if (event.workflowExecutionStartedEventAttributes != null) begun += 1;
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal == null) continue;
    const { seq } = JSON.parse(Buffer.from(signal.input?.payloads?.[0]?.data ?? '').toString()) as Told;
    told.set(seq, signal.signalName ?? '');
  }
  return { begun, told: [...told.entries()].sort(([a], [b]) => a - b).map(([, name]) => name) };
}

interface Told {
  readonly seq: number;
}
