import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findTemporal } from '../../src/stack/temporal-server';
import { addDays } from '../../src/domain/calendar/day';
import { eventually, House, TODAY } from '../support/house';
import { forbear } from '../support/forbear-command';
import { contact, smallStrategy } from '../support/small-strategy';

jest.setTimeout(180_000);

const json = { encoding: Buffer.from('json/plain') };
const strategy = smallStrategy([contact('REMIND', [4], { template: 'pay-reminder' })], {
  counting: { ...smallStrategy([]).counting, watchDays: 2 },
});

let house: House;
let known: ReadonlyMap<string, string>;

beforeAll(async () => {
  house = await House.open({ strategy, secondsADay: 3, headStart: 20 });
  await house.stack.startWorker();
  const rows = ['raw', 'order', 'cli'].map((account, i) => ({
    account,
    phone: `1360013${String(6000 + i)}`,
    obligations: `${addDays(TODAY, -2)}:300.00`,
  }));
  known = await house.enrol(rows);
});
afterAll(() => house?.close());

const ref = (name: string): string => known.get(name) ?? '';

/** As any program may that speaks Temporal's protocol, past every converter of ours. */
async function signalRaw(name: string, signalName: string, data: Buffer | null, metadata: object = json) {
  await house.client.desk.temporal.workflowService.signalWorkflowExecution({
    namespace: house.stack.namespace,
    workflowExecution: { workflowId: `account:bank:${ref(name)}` },
    signalName,
    ...(data === null ? {} : { input: { payloads: [{ metadata: { ...metadata }, data }] } }),
  });
}

async function isCured(name: string): Promise<boolean> {
  return (await house.client.find(ref(name))).outcome === 'cured';
}

test('after every kind of nonsense an account pays and is cured, and `show` says what was kept aside and why', async () => {
  const bad: readonly [string, Buffer | null, object?][] = [
    ['no-such-signal', Buffer.from('{}')],
    ['payment', Buffer.from('{"amount": 10')],
    ['payment', null],
    ['payment', Buffer.alloc(0)],
    ['payment', Buffer.from(`{"amount":"${'9'.repeat(1_500_000)}"}`)],
    ['payment', Buffer.from('{"amount":"much","valueDate":7}')],
    ['hold', Buffer.from([0xff, 0xfe, 0x00]), { encoding: Buffer.from('binary/plain') }],
    ['host-update', Buffer.from('null')],
    ['promise', Buffer.from('[[[]]]')],
    ['close', Buffer.from('"settled"')],
    ['__temporal_own', Buffer.from('{}')],
    ['facts', Buffer.from('{"strategy":{"hash":"none"},"facts":7}')],
  ];
  for (const [name, data, metadata] of bad) await signalRaw('raw', name, data, metadata);
  const status = await house.client.status(ref('raw'));
  expect(status?.aside).toHaveLength(bad.length);
  expect(status?.aside.every(({ reason }) => reason.length > 3 && !reason.includes('9999'))).toBe(true);

  // Of one kind in one instant one is kept: they say the same.
  const kept = new Set(status?.aside.map((one) => JSON.stringify(one))).size;
  expect(kept).toBeGreaterThan(8);

  const before = await forbear(house, ['show', ref('raw')]);
  expect(before.code).toBe(0);
  for (const named of ['no-such-signal', 'not valid JSON']) expect(before.out).toContain(named);

  // What was kept aside reaches the book with the next activity, and stays to be read there.
  await eventually('the reminder is sent', async () =>
    (await house.received()).some(({ to }) => to.some((it) => it.endsWith('6000'))),
  );
  await eventually('the book has what was kept aside', async () => {
    const aside = (await house.client.timeline(ref('raw'))).filter((entry) => entry.what === 'aside');
    return aside.length === kept;
  });
  const after = await forbear(house, ['show', ref('raw'), '--json']);
  const { aside } = JSON.parse(after.out) as { aside: { name: string; reason: string }[] };
  expect(new Set(aside.map(({ name }) => name))).toEqual(new Set(status?.aside.map(({ name }) => name)));

  await house.client.tell(ref('raw'), { kind: 'payment', amount: 300_00, valueDate: TODAY });
  await eventually('it is cured', () => isCured('raw'));
});

test('facts in a wrong order mean the same: the reversal of a payment that is not known yet', async () => {
  const { client } = house;
  await client.tell(ref('order'), { kind: 'reversal', of: 'pay-later', reason: 'returned' });
  await client.tell(ref('order'), { kind: 'dispute-resolved', dispute: 'unheard-of', outcome: 'rejected' });
  await client.tell(ref('order'), { kind: 'release', hold: 'unheard-of' });
  await client.tell(ref('order'), { kind: 'payment', id: 'pay-later', amount: 300_00, valueDate: TODAY });
  await eventually('the payment counts for nothing', async () => {
    const at = (await house.handle(ref('order')).query('status')) as { view: { pastDue: number } } | null;
    return at?.view.pastDue === 300_00;
  });
  await client.tell(ref('order'), { kind: 'payment', amount: 300_00, valueDate: TODAY });
  await eventually('it is cured', () => isCured('order'));
});

test("from Temporal's own command line: nonsense is kept aside, and a payment typed there counts", async () => {
  const { path } = await findTemporal(() => undefined);
  const signal = (name: string, ...input: string[]) =>
    promisify(execFile)(path, [
      ...[
        'workflow',
        'signal',
        '--address',
        house.stack.temporalAddress,
        '--namespace',
        house.stack.namespace,
      ],
      ...['--workflow-id', `account:bank:${ref('cli')}`, '--name', name],
      ...input,
    ]);
  await signal('payment', '--input', '"three hundred"');
  await signal('payment');
  await signal('pay', '--input', '{"amount": 30000}');
  await signal('payment', '--input', 'not json', '--input-meta', 'encoding=json/plain').catch(
    () => undefined,
  );
  await signal('payment', '--input', `{"id":"typed","amount":30000,"valueDate":"${TODAY}"}`);
  await eventually('it is cured', () => isCured('cli'));
  // Typed past the journal, the payment stands there by now.
  const facts = (await house.client.timeline(ref('cli'))).filter((entry) => entry.what === 'fact');
  expect(facts.map(({ event }) => event.id)).toContain('typed');
});
