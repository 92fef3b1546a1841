import { enrolAccount, accountOf, type NewAccount } from '../../src/book/accounts';
import { openBook, type Book } from '../../src/book/open-book';
import { publish } from '../../src/book/strategies';
import { openClient, type ForbearClient } from '../../src/client/client';
import { Sweep } from '../../src/client/sweep';
import { workflowId } from '../../src/client/start';
import { thirtyYears } from '../support/long-loan';
import { contact, smallStrategy } from '../support/small-strategy';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../support/servers';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let client: ForbearClient;
let strategy: string;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  strategy = (await publish(book.db, smallStrategy([contact('C1', [4])]), 'forbear: strategy/1')).hash;
  const { address, namespace } = temporal;
  client = await openClient({ bookUrl: database.url, temporal: { address, namespace }, answerWithin: 1_000 });
});
afterAll(async () => {
  await client?.close();
  await book?.close();
  await temporal?.close();
  await database?.drop();
});

let count = 0;
async function enrolled(more: Partial<NewAccount> = {}): Promise<string> {
  count += 1;
  const { ref } = await enrolAccount(book.db, {
    lenderNumber: `N-${count}`,
    person: { lender: 'bank', lenderPerson: `P-${count}`, language: 'en', zone: 'UTC', endpoints: [] },
    terms: { lender: 'bank', product: 'credit_card', currency: 'CNY', zone: 'UTC', books: 'obligations' },
    facts: {},
    enteredOn: '2026-03-01',
    events: [],
    strategy,
    contentHash: `h${count}`,
    ...more,
  });
  return ref;
}

const paying = (id: string) => ({ kind: 'payment', id, amount: 100, valueDate: '2026-03-02' }) as const;

/** Signals in the history of the account's present run, as name and journal place. */
async function signals(ref: string): Promise<string[]> {
  const { events } = await temporal.client.workflow
    .getHandle(workflowId({ lender: 'bank', ref }))
    .fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    if (!signal) return [];
    const told = JSON.parse(Buffer.from(signal.input?.payloads?.[0]?.data ?? []).toString()) as {
      seq: number;
    };
    return [`${signal.signalName ?? ''} ${told.seq}`];
  });
}
/** What the account's present run was started with. */
async function inputOf(ref: string): Promise<unknown> {
  const { events } = await temporal.client.workflow
    .getHandle(workflowId({ lender: 'bank', ref }))
    .fetchHistory();
  const started = events?.[0]?.workflowExecutionStartedEventAttributes;
  return JSON.parse(Buffer.from(started?.input?.payloads?.[0]?.data ?? []).toString());
}

const terminate = (ref: string) =>
  temporal.client.workflow.getHandle(workflowId({ lender: 'bank', ref })).terminate();
const close = (ref: string, outcome: string) =>
  book.db
    .updateTable('accounts')
    .set({ status: 'closed', outcome, closedAt: '2026-04-01T00:00:00.000Z' })
    .where('ref', '=', ref)
    .execute();

it('tells a running account each fact once, with its place in the journal', async () => {
  const ref = await enrolled();
  expect(await client.start(ref)).toBe('started');
  expect(await client.start(ref)).toBe('running');
  expect(await client.tell(ref, paying('p1'))).toMatchObject({
    id: 'p1',
    seq: 1,
    duplicate: false,
    told: 'told',
  });
  expect(await client.tell(ref, paying('p1'))).toMatchObject({ seq: 1, duplicate: true, told: 'told' });
  await client.tell(ref, { kind: 'reversal', id: 'r1', of: 'p1', reason: 'returned' });
  expect(await signals(ref)).toEqual(['payment 1', 'reversal 2']);
});

it('starts an account with three hundred and sixty instalments by less than a kilobyte, a short one by itself', async () => {
  const events = thirtyYears({ day: 25 }).map(({ id, due, amount }) => ({
    ...{ kind: 'obligation' as const, id: `enrolment:${id}`, at: '2026-03-01T00:00:00.000Z' },
    ...{ obligation: id, due, amount },
  }));
  const [long, short] = [await enrolled({ events }), await enrolled({ events: events.slice(0, 12) })];
  expect(await client.start(long)).toBe('started');
  expect(await client.start(short)).toBe('started');
  const input = await inputOf(long);
  expect(JSON.stringify(input).length).toBeLessThan(1024);
  expect(input).toMatchObject({ restore: { lender: 'bank', ref: long } });
  expect(await inputOf(short)).toMatchObject({ enrolment: { events: events.slice(0, 12) } });
});

it('refuses facts that the account has no room for, and takes a known name anew', async () => {
  const many = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, k) => [`f${from + k}`, k]));
  const ref = await enrolled({ facts: many(0, 30) });
  await client.tell(ref, { kind: 'facts', id: 'a', facts: many(30, 40) });
  const beyond = client.tell(ref, { kind: 'facts', id: 'b', facts: { f1: 2, g: 1, h: 1 } });
  await expect(beyond).rejects.toMatchObject({ code: 'FACTS_TOO_MANY', args: { beyond: 2, most: 40 } });
  expect(await client.tell(ref, { kind: 'facts', id: 'c', facts: { f1: 2 } })).toMatchObject({ seq: 2 });
  expect(await client.tell(ref, { kind: 'facts', id: 'a', facts: many(30, 40) })).toMatchObject({
    duplicate: true,
  });
  const atOnce = client.tell(ref, { kind: 'facts', id: 'd', facts: many(0, 41) });
  await expect(atOnce).rejects.toMatchObject({ code: 'EVENT_MALFORMED', args: { field: 'facts' } });
});

it('starts an open account that has no run, with the fact', async () => {
  const ref = await enrolled();
  expect(await client.tell(ref, paying('p1'))).toMatchObject({ told: 'told' });
  expect(await signals(ref)).toEqual(['payment 1']);
  expect((await accountOf(book.db, ref)).startedAt).not.toBeNull();
});

it('accepts a fact while Temporal is away, and the sweep tells it', async () => {
  const ref = await enrolled();
  await client.start(ref);
  const away = await openClient({
    bookUrl: database.url,
    temporal: { address: '127.0.0.1:1', namespace: 'none' },
  });
  try {
    expect(await away.tell(ref, paying('p1'))).toMatchObject({ told: 'waiting' });
  } finally {
    await away.close();
  }
  expect(await signals(ref)).toEqual([]);
  await new Sweep(client.desk).turn();
  await new Sweep(client.desk).turn();
  expect(await signals(ref)).toEqual(['payment 1']);
});

it('finds by sweep what was terminated by hand or never started, once', async () => {
  const [lost, never] = [await enrolled(), await enrolled()];
  await client.start(lost);
  await terminate(lost);
  const sweep = new Sweep(client.desk, { afterSeconds: 0 });
  expect(await sweep.turn()).toMatchObject({ started: 1, restored: 1 });
  expect(await sweep.turn()).toMatchObject({ started: 0, restored: 0 });
  for (const ref of [lost, never]) {
    const found = await temporal.client.workflow.getHandle(workflowId({ lender: 'bank', ref })).describe();
    expect(found.status.name).toBe('RUNNING');
  }
});

it('keeps a payment after closing as late, and opens the account for a reversal', async () => {
  const ref = await enrolled();
  await client.start(ref);
  await client.tell(ref, paying('p1'));
  await terminate(ref);
  await close(ref, 'settled');
  expect(await client.tell(ref, paying('p2'))).toMatchObject({ told: 'late' });
  expect((await accountOf(book.db, ref)).status).toBe('closed');
  expect(await client.tell(ref, { kind: 'reversal', of: 'p1', reason: 'returned' })).toMatchObject({
    told: 'reopened',
  });
  expect((await accountOf(book.db, ref)).status).toBe('open');
  expect(await signals(ref)).toEqual(['reversal 3']);
});

it('leaves a sold account to its buyer', async () => {
  const ref = await enrolled();
  await client.start(ref);
  await client.tell(ref, paying('p1'));
  await terminate(ref);
  await close(ref, 'sold');
  expect(await client.tell(ref, { kind: 'reversal', of: 'p1', reason: 'returned' })).toMatchObject({
    told: 'late',
  });
  expect((await accountOf(book.db, ref)).status).toBe('closed');
});

it('sends nothing that is malformed, and names the field and not its value', async () => {
  const ref = await enrolled();
  const wrong = client.tell(ref, { kind: 'payment', amount: 1.5, valueDate: '2026-02-30' });
  await expect(wrong).rejects.toMatchObject({ code: 'EVENT_MALFORMED', args: { field: 'amount' } });
  await expect(client.tell(ref, { ...paying('Lin Mei'), id: 'Lin Mei' })).rejects.toThrow(/^(?!.*Lin Mei)/);
  expect(await client.timeline(ref)).toEqual([]);
});

it('says so when no worker answers a promise', async () => {
  const ref = await enrolled();
  await client.start(ref);
  const asked = client.promise(ref, { promise: 'p', givenBy: 'debtor', channel: 'call' });
  await expect(asked).rejects.toMatchObject({ code: 'ACCOUNT_SILENT' });
  expect(await client.next(ref)).toBeNull();
});
