import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HostCall } from '../../src/activities/host/host-call';
import { accountOf } from '../../src/book/accounts';
import { recordsOf } from '../../src/book/bureau';
import { approveCase, fileCase, listCases } from '../../src/book/cases';
import { accept, factsOf } from '../../src/book/journal';
import { usableEndpoints } from '../../src/book/people';
import { listTasks } from '../../src/book/tasks';
import { CHASE } from '../../src/domain/decide/decision';
import { createActivities } from '../../src/activities/create-activities';
import { payment, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const STRATEGY = smallStrategy(
  [
    contact('C1', [8], {
      channels: ['call', 'email'],
      campaign: { N: { attemptsADay: 2, days: 3 } },
      queue: 'collector',
    }),
    contact('V1', [61], { channels: ['visit', 'letter'] }),
    { ...contact('T1', [16]), kind: 'task', channels: undefined, action: 'assign-owner', queue: 'senior' },
    { ...contact('T2', [16]), kind: 'task', channels: undefined, queue: 'legal', answerDays: 7 },
    { ...contact('H1', [20]), kind: 'host', channels: undefined, action: 'block-purchases', answerDays: 2 },
    { ...contact('L1', [151]), kind: 'task', channels: ['legal'], queue: 'counsel' },
    { ...contact('N1', [4]), kind: 'notice', channels: ['sms'], tone: 0, template: 'record-notice' },
    contact('R1', [1]),
  ],
  { contact: { hours: { visit: [{ from: '09:00', to: '18:30' }] }, caps: [], closedOn: ['2026-03-11'] } },
);

describe('work for people, the host and counsel', () => {
  let on: Stage;
  let strategy: string;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
  });
  afterAll(() => on.close());

  const ADDRESS = [
    { kind: 'mobile' as const, value: '+8613855556666' },
    { kind: 'address' as const, value: '人民路 88 号', verified: true },
  ];
  const tasks = (ref: string) => listTasks(on.book.db, { account: ref });

  it('puts a call campaign into the book, and answers when it ends', async () => {
    const { ref } = await person(on.book.db, strategy, ADDRESS);
    const asked = request(ref, strategy, 'C1');
    const answer = await on.act.schedule(asked);
    // Ten in the morning of 10 March, three days, the 11th closed only matters for the first day.
    expect(answer).toEqual({
      how: 'done',
      channel: 'call',
      task: { kind: 'campaign', until: '2026-03-13T02:00:00.000Z' },
    });
    await on.act.schedule(asked);
    expect(await tasks(ref)).toMatchObject([
      {
        kind: 'campaign',
        queue: 'collector',
        onDate: '2026-03-10',
        dailyAttempts: 2,
        days: 3,
        status: 'open',
      },
    ]);
  });

  it('sends a message instead of calling whom nobody can call', async () => {
    const { ref } = await person(on.book.db, strategy, [{ kind: 'email', value: 'only@example.test' }]);
    expect(await on.act.schedule(request(ref, strategy, 'C1'))).toEqual({ how: 'done', channel: 'email' });
    expect(await tasks(ref)).toEqual([]);
    const nowhere = await person(on.book.db, strategy, []);
    expect(await on.act.schedule(request(nowhere.ref, strategy, 'C1'))).toEqual({
      how: 'not-sent',
      rule: 'no-endpoint',
    });
  });

  it('plans a visit with day, window and place, on a day that is open', async () => {
    const { ref } = await person(on.book.db, strategy, ADDRESS);
    const { person: who } = await accountOf(on.book.db, ref);
    const address = (await usableEndpoints(on.book.db, who)).find(({ kind }) => kind === 'address')!;
    // Three in the afternoon: tomorrow, which is closed, so the day after.
    const asked = request(ref, strategy, 'V1', { now: '2026-03-10T07:00:00.000Z' });
    expect(await on.act.schedule(asked)).toMatchObject({
      task: { kind: 'visit', until: '2026-03-13T02:00:00.000Z' },
    });
    const [visit] = await tasks(ref);
    expect(visit).toMatchObject({
      kind: 'visit',
      onDate: '2026-03-12',
      windowFrom: '09:00',
      windowTo: '18:30',
      place: address.ref,
    });
    expect(JSON.stringify(visit)).not.toContain('人民路');
  });

  it('asks a supervisor after an outcome that did not come', async () => {
    const { ref } = await person(on.book.db, strategy, ADDRESS);
    await on.act.schedule(request(ref, strategy, 'V1'));
    const late = request(ref, strategy, 'V1', {
      occurrence: { step: 'V1', anchor: '2026-03-10', n: CHASE, due: '2026-03-11T02:00:00.000Z' },
      now: '2026-03-11T02:00:00.000Z',
    });
    expect(await on.act.schedule(late)).toEqual({ how: 'done' });
    expect(await on.act.schedule(late)).toEqual({ how: 'done' });
    const all = await tasks(ref);
    expect(all.filter((task) => task.queue === 'supervisor')).toMatchObject([{ action: 'chase-outcome' }]);
    expect(all.find((task) => task.kind === 'visit')!.chased).toBeGreaterThan(0);
  });

  it('opens tasks, and waits for an answer only where the step does', async () => {
    const { ref } = await person(on.book.db, strategy);
    expect(await on.act.schedule(request(ref, strategy, 'T1'))).toEqual({ how: 'done' });
    expect(await on.act.schedule(request(ref, strategy, 'T2'))).toEqual({
      how: 'done',
      task: { kind: 'task', until: '2026-03-17T02:00:00.000Z' },
    });
    expect((await tasks(ref)).map(({ action, queue }) => [action, queue])).toEqual(
      expect.arrayContaining([
        ['assign-owner', 'senior'],
        [null, 'legal'],
      ]),
    );
  });

  it('asks the host by a file that appears whole, once', async () => {
    const { ref } = await person(on.book.db, strategy);
    const asked = request(ref, strategy, 'H1');
    const answer = { how: 'done', task: { kind: 'host', until: '2026-03-12T02:00:00.000Z' } };
    expect(await on.act.host(asked)).toEqual(answer);
    expect(await on.act.host(asked)).toEqual(answer);
    const files = readdirSync(join(on.folder, 'host'));
    expect(files).toHaveLength(1);
    const line = JSON.parse(readFileSync(join(on.folder, 'host', files[0]!), 'utf8')) as object;
    expect(line).toMatchObject({ ref, action: 'block-purchases', step: 'H1', lender: 'bank' });
  });

  it('calls the host, signed, and takes an answer that comes at once', async () => {
    const got: { body: string; signature: string; key: string }[] = [];
    let status = 503;
    const host: Server = createServer((incoming, response) => {
      let body = '';
      incoming.on('data', (chunk) => (body += chunk));
      incoming.on('end', () => {
        got.push({
          body,
          signature: String(incoming.headers['forbear-signature']),
          key: String(incoming.headers['idempotency-key']),
        });
        response.writeHead(status).end(JSON.stringify({ result: 'done' }));
      });
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', () => resolve()));
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
    const act = createActivities({ ...on.deps, host: new HostCall({ url, secret: 'shared' }) });
    const { ref } = await person(on.book.db, strategy);
    const asked = request(ref, strategy, 'H1');
    await expect(act.host(asked)).rejects.toMatchObject({ type: 'ACTIVITY_FAILED', nonRetryable: false });
    status = 200;
    expect(await act.host(asked)).toEqual({ how: 'done' });
    expect(await factsOf(on.book.db, ref)).toMatchObject([
      { kind: 'host-result', step: 'H1', result: 'done' },
    ]);
    expect(got[0]!.key).toBe(got[1]!.key);
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(got[1]!.signature)!;
    expect(mac).toBe(createHmac('sha256', 'shared').update(`${seconds}.${got[1]!.body}`).digest('hex'));
    await new Promise((resolve) => host.close(resolve));
  });

  it('drafts a case that only a person makes ready to be filed', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    await on.act.contact(request(ref, strategy, 'R1'));
    await accept(on.book.db, ref, payment(10_000), 'test');
    const asked = request(ref, strategy, 'L1');
    expect(await on.act.legal(asked)).toMatchObject({ how: 'done', task: { kind: 'task' } });
    await on.act.legal(asked);
    const cases = await listCases(on.book.db, ref);
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({
      status: 'drafted',
      dossier: {
        owed: { pastDue: 40_000 },
        cameAbout: [{ kind: 'payment', amount: 10_000 }],
        tried: [{ step: 'R1', channel: 'sms', how: 'accepted' }],
      },
    });
    expect(JSON.stringify(cases[0])).not.toContain(mobile);
    expect(await tasks(ref)).toMatchObject([{ action: 'approve-case', queue: 'counsel' }]);
    const { id } = cases[0]!;
    await expect(fileCase(on.book.db, id, asked.now)).rejects.toMatchObject({ code: 'CASE_NOT_APPROVED' });
    await approveCase(on.book.db, id, 'head', asked.now);
    expect(await fileCase(on.book.db, id, asked.now)).toMatchObject({ status: 'filed' });
  });

  it('records the month for everyone, and nothing adverse without the notice before it', async () => {
    const told = await person(on.book.db, strategy);
    const untold = await person(on.book.db, strategy);
    expect(await on.act.contact(request(told.ref, strategy, 'N1', { tone: 0 }))).toMatchObject({
      how: 'done',
    });
    await on.act.contact(request(untold.ref, strategy, 'R1'));
    const month = await on.act.bureauMonth('2026-03');
    expect(month.withheld).toBeGreaterThan(0);
    const records = new Map((await recordsOf(on.book.db, '2026-03')).map((row) => [row.account, row.body]));
    expect(records.get(told.ref)).toMatchObject({ status: 1, pastDue: 50_000, withheld: false });
    expect(records.get(untold.ref)).toMatchObject({ status: 0, pastDue: 0, withheld: true });
    expect(await on.act.bureauMonth('2026-03')).toMatchObject({ records: 0 });
  });
});
