import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { attemptsOf } from '../../src/book/attempts';
import { openBook } from '../../src/book/open-book';
import { stopAndWait, type Progress } from '../../src/client/stop';
import { person, request, stage, type Stage } from '../activities/under-test';
import { NOON, published, rehearse } from '../book/book-under-test';
import { eventually } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';

jest.setTimeout(180_000);

const STRATEGY = smallStrategy([contact('R1', [1], { channels: ['sms'] })]);
const PROCESSES = 3;
const LANES = 6;
const EACH = 120;

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

interface Sender {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
}

async function sender(count: number, lanes: number): Promise<Sender & { readonly refs: readonly string[] }> {
  const refs: string[] = [];
  for (let i = 0; i < count; i += 1) refs.push((await person(on.book.db, strategy)).ref);
  const child = spawn(process.execPath, [join(__dirname, '..', 'support', 'sender.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<string>((resolve) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', () => resolve(said));
  });
  const requests = refs.map((ref) => request(ref, strategy, 'R1'));
  const { folder, book, outside } = on;
  child.stdin?.end(
    JSON.stringify({ bookUrl: book.url, smppPort: outside.smppPort, folder, requests, lanes }),
  );
  return { child, ended, refs };
}

const received = (): number => on.outside.received.since(0).length;

test('several processes send as fast as they can: after the acknowledgement nothing more is received', async () => {
  on.outside.behaviours.tell({ channel: 'sms', do: 'slow', ms: 150 });
  const senders = await Promise.all(Array.from({ length: PROCESSES }, () => sender(EACH, LANES)));
  const other = await openBook(on.book.url);
  await eventually('they are at work', () => received() >= 40);

  const done = await stopAndWait(other.db, { scope: 'channel', value: 'sms', ...BY });
  const atAcknowledgement = received();
  const ends = (await Promise.all(senders.map(({ ended }) => ended))).map(
    (said) => JSON.parse(said) as Record<string, number>,
  );
  await other.close();

  const count = (end: string): number => ends.reduce((sum, one) => sum + (one[end] ?? 0), 0);
  expect(received()).toBe(atAcknowledgement);
  expect(done.stop.acknowledgedAt).not.toBeNull();
  // Nobody was in the middle of a send that failed, and everybody who came after was put off.
  expect(count('done')).toBe(atAcknowledgement);
  expect(count('deferred stop:channel:sms')).toBe(PROCESSES * EACH - atAcknowledgement);
  expect(count('deferred stop:channel:sms')).toBeGreaterThan(0);
  on.outside.behaviours.tell({ channel: 'sms', do: 'ok' });
});

test('a worker killed with a permit out holds a stop until the permit has ended, and no longer', async () => {
  on.outside.behaviours.tell({ channel: 'sms', do: 'slow', ms: 600_000 });
  const before = received();
  const { child, ended, refs } = await sender(1, 1);
  const [ref = ''] = refs;
  await eventually('the centre has the message, and answers nothing', () => received() > before);
  child.kill('SIGKILL');
  await ended;
  const waits: Progress[] = [];
  const stopping = stopAndWait(on.book.db, { scope: 'everything', value: null, ...BY }, (at) =>
    waits.push(at),
  );
  await eventually('the stop waits', () => waits.some(({ waits: of }) => of === 'out'));
  // The permit lives for half a minute; the test does not wait for all of it.
  const soon = new Date(Date.now() + 500).toISOString();
  await on.book.db.updateTable('attempts').set({ expiresAt: soon }).where('account', '=', ref).execute();
  const done = await stopping;
  expect(done.waitedFor).toBe(1);
  expect((done.stop.acknowledgedAt ?? '') >= soon).toBe(true);
  expect(await attemptsOf(on.book.db, ref)).toMatchObject([{ status: 'reserved' }]);
  on.outside.behaviours.tell({ channel: 'sms', do: 'ok' });
});
