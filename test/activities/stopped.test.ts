import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createActivities } from '../../src/activities/create-activities';
import { HostCall } from '../../src/activities/host/host-call';
import { listCases } from '../../src/book/cases';
import { stop } from '../../src/book/stop';
import { listTasks } from '../../src/book/tasks';
import { startTask } from '../../src/client/by-people';
import { stopAndWait, type Progress } from '../../src/client/stop';
import type { Scope } from '../../src/domain/policy/switches';
import { NOON, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, until, type Stage } from './under-test';

const STRATEGY = smallStrategy([
  contact('R1', [1], { channels: ['sms', 'email'] }),
  contact('N1', [4], { kind: 'notice', channels: ['sms'], tone: 0, template: 'record-notice' }),
  contact('C1', [8], { channels: ['call', 'email'], campaign: { N: { attemptsADay: 2, days: 3 } } }),
  contact('V1', [61], { channels: ['visit'] }),
  contact('A1', [91], { kind: 'task', channels: ['agency'] }),
  contact('A2', [181], { kind: 'task', channels: ['agency'], action: 'recall' }),
  { ...contact('H1', [20]), kind: 'host', channels: undefined, action: 'block-purchases' },
  { ...contact('L1', [151]), kind: 'task', channels: ['legal'] },
  { ...contact('T1', [16]), kind: 'task', channels: undefined, action: 'assign-owner' },
]);
const ADDRESSES = [
  { kind: 'mobile' as const, value: '+8613855557777' },
  { kind: 'email' as const, value: 'zhou@example.test' },
  { kind: 'address' as const, value: '人民路 89 号', verified: true },
];

let on: Stage;
let strategy: string;
beforeAll(async () => {
  on = await stage();
  await rehearse(on.book.db);
  strategy = await published(on.book.db, STRATEGY);
});
afterAll(() => on.close());
afterEach(() => on.book.db.updateTable('switches').set({ openedAt: NOON }).execute());

const BY = { why: 'wrong text', by: 'op-7', role: null };
const stopping = (scope: Scope, value: string | null = null) => stop(on.book.db, { scope, value, ...BY });
const putOff = (rule: string) => ({
  how: 'deferred',
  rule,
  stopped: true,
  until: expect.stringMatching(/^2026-03-10T02:/),
});
const debtor = () => person(on.book.db, strategy, ADDRESSES);

test('a message is put off, and takes no other channel', async () => {
  await stopping('channel', 'sms');
  const { ref } = await debtor();
  expect(await on.act.contact(request(ref, strategy, 'R1'))).toEqual(putOff('stop:channel:sms'));
  expect(on.outside.received.since(0)).toEqual([]);
});

test('work for people, placements, requests to the host and cases are not begun', async () => {
  await stopping('everything');
  const { ref } = await debtor();
  const all = putOff('stop:everything');
  expect(await on.act.schedule(request(ref, strategy, 'C1'))).toEqual(all);
  expect(await on.act.schedule(request(ref, strategy, 'V1'))).toEqual(all);
  expect(await on.act.schedule(request(ref, strategy, 'A1'))).toEqual(all);
  expect(await on.act.host(request(ref, strategy, 'H1'))).toEqual(all);
  expect(await on.act.legal(request(ref, strategy, 'L1'))).toEqual(all);
  expect(await listTasks(on.book.db, { account: ref })).toEqual([]);
  expect(await listCases(on.book.db, ref)).toEqual([]);
  expect(existsSync(join(on.folder, 'host'))).toBe(false);
  // Work inside the house touches nobody.
  expect(await on.act.schedule(request(ref, strategy, 'T1'))).toMatchObject({ how: 'done' });
});

test('a placement is stopped by agency, a request by its channel, and nothing else by them', async () => {
  await stopping('agency', 'north');
  await stopping('channel', 'host');
  const { ref } = await debtor();
  expect(await on.act.schedule(request(ref, strategy, 'A1'))).toMatchObject({ rule: 'stop:agency:north' });
  // What comes back from it goes on, or a stop would leave the agency what it has.
  expect(await on.act.schedule(request(ref, strategy, 'A2'))).toMatchObject({
    how: 'done',
    channel: 'agency',
  });
  expect(await on.act.host(request(ref, strategy, 'H1'))).toMatchObject({ rule: 'stop:channel:host' });
  expect(await on.act.contact(request(ref, strategy, 'R1'))).toMatchObject({ how: 'done', channel: 'sms' });
});

test('a call that was planned before the stop is not dialled under it', async () => {
  const { ref } = await debtor();
  await on.act.schedule(request(ref, strategy, 'C1'));
  const [task] = await listTasks(on.book.db, { account: ref });
  await stopping('segment', 'N');
  expect(await startTask(on.book.db, task?.id ?? '', NOON)).toMatchObject({
    may: false,
    answer: 'defer',
    rule: 'stop:segment:N',
  });
});

test('a stop waits for a call of the host system that is under way', async () => {
  let answer: (() => void) | null = null;
  const server = createServer((_request, response) => {
    answer = () => response.writeHead(200).end('{"result":"done"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const act = createActivities({ ...on.deps, host: new HostCall({ url, secret: 'secret' }) });
  const { ref } = await debtor();
  const asking = act.host(request(ref, strategy, 'H1'));
  await until(() => answer !== null);
  const waits: Progress[] = [];
  const stopped = stopAndWait(on.book.db, { scope: 'everything', value: null, ...BY }, (at) => {
    waits.push(at);
    // Only now, when the stop stands and waits, the lender's system answers.
    if (at.waits === 'out') answer?.();
  });
  expect(await asking).toMatchObject({ how: 'done' });
  expect((await stopped).waitedFor).toBe(1);
  expect(waits).toContainEqual(expect.objectContaining({ waits: 'out', count: 1 }));
  const row = await on.book.db
    .selectFrom('hostActions')
    .selectAll()
    .where('account', '=', ref)
    .executeTakeFirstOrThrow();
  expect(row.handedAt).not.toBeNull();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
