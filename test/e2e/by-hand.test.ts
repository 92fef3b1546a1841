import { factsOf } from '../../src/book/journal';
import { addDays } from '../../src/domain/calendar/day';
import { eventually, House, TODAY } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';
import { reader } from '../support/texts';

jest.setTimeout(180_000);

const OWED = 400_00;
const strategy = smallStrategy(
  [
    contact('GRACE', [4], { template: 'grace-reminder' }),
    contact('STATEMENT', [6], { template: 'arrears-statement', channels: ['email'] }),
    contact('REMIND', [10], { template: 'pay-reminder' }),
  ],
  { counting: { ...smallStrategy([]).counting, watchDays: 2 } },
);
const read = reader(strategy);
const NAMES = ['terminated', 'reset', 'twice', 'untouched'] as const;

let house: House;
let known: ReadonlyMap<string, string>;

beforeAll(async () => {
  house = await House.open({ strategy, secondsADay: 2, headStart: 3 });
  await house.stack.startWorker();
  const rows = NAMES.map((account, i) => ({
    account,
    phone: `1370013${String(7000 + i)}`,
    email: `zhao.${i}@example.test`,
    obligations: `${addDays(TODAY, -2)}:${OWED / 100}.00`,
  }));
  known = await house.enrol(rows);
});
afterAll(() => house?.close());

const ref = (name: (typeof NAMES)[number]): string => known.get(name) ?? '';

async function stepsAt(name: (typeof NAMES)[number]): Promise<string[]> {
  const messages = (await house.received()).map(read);
  return messages.filter((message) => message.ref === ref(name)).map(({ step }) => step);
}

async function runOf(name: (typeof NAMES)[number]): Promise<string> {
  return (await house.handle(ref(name)).describe()).runId;
}

/** As somebody does with the button of Temporal's UI: the newest run goes back to its first workflow task. */
async function reset(name: (typeof NAMES)[number]): Promise<void> {
  const { temporal } = house.client.desk;
  const handle = house.handle(ref(name));
  const { events } = await handle.fetchHistory();
  const first = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await temporal.workflowService.resetWorkflowExecution({
    namespace: house.stack.namespace,
    workflowExecution: { workflowId: handle.workflowId, runId: await runOf(name) },
    reason: 'by hand',
    workflowTaskFinishEventId: first?.eventId ?? null,
    requestId: `reset-${Date.now()}`,
  });
}

test('terminated or reset by hand, an account goes on from its journal, and nothing is sent twice', async () => {
  await eventually('all have had two messages', async () =>
    (await Promise.all(NAMES.map(stepsAt))).every((steps) => steps.includes('STATEMENT')),
  );
  // A part is paid first: what the journal has must be known to the new runs as well.
  for (const name of NAMES)
    await house.client.tell(ref(name), {
      kind: 'payment',
      id: `part-${name}`,
      amount: 50_00,
      valueDate: TODAY,
    });

  const before = await Promise.all(NAMES.map(runOf));
  await house.handle(ref('terminated')).terminate('by hand');
  await house.handle(ref('twice')).terminate('by hand');
  await reset('reset');
  await eventually('the sweep starts them again', async () => {
    const now = await Promise.all(NAMES.map(runOf));
    const states = await Promise.all(NAMES.map((name) => house.handle(ref(name)).describe()));
    return (
      now.filter((run, i) => run !== before[i]).length >= 3 &&
      states.every((it) => it.status.name === 'RUNNING')
    );
  });
  await house.handle(ref('twice')).terminate('by hand, once more');

  await eventually('each goes on to its last step', async () =>
    (await Promise.all(NAMES.map(stepsAt))).every((steps) => steps.includes('REMIND')),
  );
  for (const name of NAMES) {
    expect([name, await stepsAt(name)]).toEqual([name, ['GRACE', 'STATEMENT', 'REMIND']]);
    await eventually('it knows what was paid before', async () => {
      const status = (await house.handle(ref(name)).query('status')) as { view: { pastDue: number } };
      return status.view.pastDue === OWED - 50_00;
    });
  }

  for (const name of NAMES)
    await house.client.tell(ref(name), {
      kind: 'payment',
      id: `rest-${name}`,
      amount: OWED - 50_00,
      valueDate: TODAY,
    });
  await eventually('all are cured and closed', async () => {
    const rows = await Promise.all(NAMES.map((name) => house.client.find(ref(name))));
    return rows.every(({ outcome }) => outcome === 'cured');
  });
  for (const name of NAMES) {
    expect([name, await stepsAt(name)]).toEqual([name, ['GRACE', 'STATEMENT', 'REMIND']]);
    const { finalState } = await house.client.find(ref(name));
    expect(finalState?.owed.movements.map(({ id }) => id)).toEqual([`part-${name}`, `rest-${name}`]);
  }
});

test('a payment after closing lands in the book as late, and changes nothing', async () => {
  const name = 'untouched';
  await eventually(
    'its run has ended',
    async () => (await house.handle(ref(name)).describe()).status.name === 'COMPLETED',
  );
  const run = await runOf(name);
  const sent = await house.client.tell(ref(name), {
    kind: 'payment',
    id: 'late',
    amount: 10_00,
    valueDate: TODAY,
  });
  expect(sent.told).toBe('late');
  expect((await factsOf(house.client.book.db, ref(name))).map(({ id }) => id)).toContain('late');
  const facts = (await house.client.timeline(ref(name))).filter((entry) => entry.what === 'fact');
  expect(facts.find(({ event }) => event.id === 'late')).toMatchObject({ late: true });
  expect((await house.client.find(ref(name))).status).toBe('closed');
  expect(await runOf(name)).toBe(run);
});

test('a payment that comes back after closing opens the account again, and paying once more closes it', async () => {
  const name = 'reset';
  const sent = await house.client.tell(ref(name), {
    kind: 'reversal',
    of: `rest-${name}`,
    reason: 'returned',
  });
  expect(sent.told).toBe('reopened');
  await eventually('it is treated again', async () => {
    const { status } = await house.client.find(ref(name));
    const at = (await house.handle(ref(name)).query('status')) as { view: { pastDue: number } } | null;
    return status === 'open' && at?.view.pastDue === OWED - 50_00;
  });
  await house.client.tell(ref(name), {
    kind: 'payment',
    id: 'again',
    amount: OWED - 50_00,
    valueDate: TODAY,
  });
  await eventually(
    'it is cured once more',
    async () => (await house.client.find(ref(name))).outcome === 'cured',
  );
  expect(await stepsAt(name)).toEqual(['GRACE', 'STATEMENT', 'REMIND']);
});
