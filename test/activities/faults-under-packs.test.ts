import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Carrier } from '../../src/activities/messaging/carrier';
import { SmsCarrier } from '../../src/activities/messaging/sms';
import { createActivities } from '../../src/activities/create-activities';
import { OutboxFolder } from '../../src/activities/host/outbox-folder';
import { TemplateStore } from '../../src/activities/templates/template-store';
import { attemptsOf, settleExpired } from '../../src/book/attempts';
import { verify } from '../../src/book/evidence/verify';
import { openBook, type Book } from '../../src/book/open-book';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { Keeper } from '../../src/stack/keeper';
import { startOutside, type Outside } from '../../src/stack/outside/outside';
import { createDatabase, removePostgresFiles, startPostgres, type Postgres } from '../../src/stack/postgres';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { NOON, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { CARRIER_MS, person, request } from './under-test';

// Massachusetts: a debt is texted about at most twice in seven days, whatever came of it (MA-F1). A server of its own,
// because it is killed; a real SMS centre, which counts what it has received.
const STRATEGY: Strategy = {
  ...smallStrategy([contact('R1', [1], { channels: ['sms'] })]),
  policy: {
    ...{ role: 'original-creditor', packs: ['us-ma'] },
    endpoints: { source: 'contract', kind: 'personal' },
  },
};
const MORNING = '2026-03-10T15:00:00.000Z';

let keeper: Keeper;
let folder: string;
let server: Postgres;
let book: Book;
let outside: Outside;
let sms: SmsCarrier;
let strategy: string;
let act: ReturnType<typeof createActivities>;

/** The activities, with something that happens after the carrier has answered. */
function acting(afterwards: () => Promise<void> = () => Promise.resolve()) {
  const carrier: Carrier = {
    send: async (message) => {
      const sent = await sms.send(message);
      await afterwards();
      return sent;
    },
    close: () => Promise.resolve(),
  };
  return createActivities({
    ...{ db: book.db, carriers: { sms: carrier }, templates: new TemplateStore(join(folder, 'texts'), 'zh') },
    letterheads: {
      '*': { bank: '示例银行', phone: '95500', payLink: 'https://pay.example', ownerAlias: 'x' },
    },
    host: new OutboxFolder(join(folder, 'host')),
  });
}

beforeAll(async () => {
  folder = join(process.env['FORBEAR_TEST_RUN'] ?? '', 'faults-under-packs');
  keeper = await Keeper.open(folder);
  server = await startPostgres(keeper, true);
  await createDatabase(server, 'book');
  book = await openBook(server.url('book'), { migrate: true });
  await rehearse(book.db);
  await publishShipped(book.db);
  strategy = await published(book.db, STRATEGY);
  mkdirSync(join(folder, 'texts', 'zh'), { recursive: true });
  writeFileSync(join(folder, 'texts', 'zh', 'reminder.T1.sms.liquid'), '{{ bank }} {{ pastDue }}');
  outside = await startOutside({ folder: join(folder, 'outside'), receiptAfterMs: 30 });
  sms = new SmsCarrier({
    ...{ host: '127.0.0.1', port: outside.smppPort, systemId: 'forbear', password: 'secret', from: '95500' },
    timeoutMs: CARRIER_MS,
    onReceipt: () => Promise.resolve(),
  });
  act = acting();
});
afterAll(async () => {
  await sms.close();
  await outside.close();
  await book.close();
  await keeper.close();
  removePostgresFiles(folder);
});
afterEach(() => outside.behaviours.tell({ channel: 'sms', do: 'ok' }));

const somebody = () => person(book.db, strategy, undefined, { zone: 'America/New_York' });
const nth = (ref: string, n: number, now = MORNING) =>
  request(ref, strategy, 'R1', { occurrence: { step: 'R1', anchor: '2026-03-01', n, due: NOON }, now });
const arrived = (mobile: string): number =>
  outside.received.since(0).filter((message) => message.to.includes(mobile.replace('+', ''))).length;
const statuses = async (ref: string) => (await attemptsOf(book.db, ref)).map(({ status }) => status);
// It would be free so late that the step has lapsed.
const full = { how: 'not-sent', rule: 'too-late:policy:MA-F1' };

test('a carrier that is slow or gone after it took the message: nothing goes twice, and each counts for the cap', async () => {
  const { ref, mobile } = await somebody();
  outside.behaviours.tell({ channel: 'sms', do: 'drop-after-accepting', times: 1 });
  expect(await act.contact(nth(ref, 1))).toEqual({ how: 'unknown', channel: 'sms' });
  outside.behaviours.tell({ channel: 'sms', do: 'slow', ms: 4 * CARRIER_MS, times: 1 });
  expect(await act.contact(nth(ref, 2))).toEqual({ how: 'unknown', channel: 'sms' });
  for (const n of [1, 2]) expect(await act.contact(nth(ref, n))).toEqual({ how: 'unknown', channel: 'sms' });
  expect(await act.contact(nth(ref, 3))).toMatchObject(full);
  expect([arrived(mobile), await statuses(ref)]).toEqual([2, ['unknown', 'unknown']]);
});

test('a clock that is set back: what was sent later counts, and is not sent again', async () => {
  const { ref, mobile } = await somebody();
  for (const n of [1, 2]) expect(await act.contact(nth(ref, n))).toMatchObject({ how: 'done' });
  for (const back of ['2026-03-10T14:00:00.000Z', '2026-03-09T15:00:00.000Z', '2026-03-05T15:00:00.000Z']) {
    expect(await act.contact(nth(ref, 1, back))).toMatchObject({ how: 'done' });
    expect(await act.contact(nth(ref, 3, back))).toMatchObject(full);
  }
  expect(arrived(mobile)).toBe(2);
});

test('PostgreSQL killed after the carrier took the message: it counts, and is not sent again', async () => {
  const { ref, mobile } = await somebody();
  const killing = acting(async () => {
    process.kill(server.service.pid, 'SIGKILL');
    await server.service.ended;
  });
  await expect(killing.contact(nth(ref, 1))).rejects.toBeDefined();
  expect(arrived(mobile)).toBe(1);
  server = await startPostgres(keeper, true, server.port);
  // As Temporal tries the activity again, on the same worker with the same pool.
  expect(await act.contact(nth(ref, 1))).toEqual({ how: 'unknown', channel: 'sms' });
  expect(await act.contact(nth(ref, 2))).toMatchObject({ how: 'done' });
  expect(await act.contact(nth(ref, 3))).toMatchObject(full);
  expect([arrived(mobile), await statuses(ref)]).toEqual([2, ['unknown', 'accepted']]);
  expect(await settleExpired(book.db)).toBe(0);
  expect((await verify(book.db)).breaks).toEqual([]);
});
