import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { AccountStatus } from '../../src/workflows/messages';
import { bundleWorkflows } from '../../src/worker/bundle';
import {
  accountWorker,
  inputOf,
  Outside,
  quietRuntime,
  startAccount,
  TASK_QUEUE,
} from '../support/account-worker';
import { ownNamespace, type TestNamespace } from '../support/servers';
import { owes, TERMS } from '../support/small-account';
import { contact, smallStrategy } from '../support/small-strategy';

const { EventType } = temporal.api.enums.v1;
type Payload = temporal.api.common.v1.IPayload;

const strategy = smallStrategy([contact('R1', [40])]);
const json = { encoding: Buffer.from('json/plain') };
const today = new Date().toISOString().slice(0, 10);

let server: TestNamespace;
let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  quietRuntime();
  const [bundle, own] = await Promise.all([bundleWorkflows(), ownNamespace()]);
  server = own;
  connection = await NativeConnection.connect({ address: server.address });
  const { namespace } = server;
  worker = await accountWorker({
    connection,
    namespace,
    bundle,
    strategies: [strategy],
    outside: new Outside(),
  });
  running = worker.run();
}, 120_000);
afterAll(async () => {
  worker?.shutdown();
  await running;
  await connection?.close();
  await server?.close();
});

async function anAccount(id: string, due = '2026-01-15'): Promise<WorkflowHandle> {
  const events = [owes('i1', due, 100_00)];
  const enrolment = { terms: TERMS, facts: {}, enteredOn: today, events };
  const input = {
    ...inputOf(strategy, enrolment, new Date().toISOString()),
    clock: { kind: 'real' } as const,
  };
  return startAccount(server.client, input, id, TASK_QUEUE);
}

/** As any program may that speaks Temporal's protocol, past every converter of ours. */
async function signalRaw(workflowId: string, signalName: string, payloads: Payload[] | null): Promise<void> {
  await server.client.workflowService.signalWorkflowExecution({
    namespace: server.namespace,
    workflowExecution: { workflowId },
    signalName,
    ...(payloads === null ? {} : { input: { payloads } }),
  });
}

const pays = (id: string, amount: number) => ({ id, at: new Date().toISOString(), amount, valueDate: today });

test.each<[string, string, Payload[] | null]>([
  ['broken JSON', 'payment', [{ metadata: json, data: Buffer.from('{"amount": 10') }]],
  ['no payload', 'payment', null],
  ['an empty list of payloads', 'payment', []],
  ['a payload without anything', 'payment', [{}]],
  ['a payload without data', 'payment', [{ metadata: json }]],
  [
    'an unknown encoding',
    'payment',
    [{ metadata: { encoding: Buffer.from('x/y') }, data: Buffer.from('1') }],
  ],
  [
    'bytes',
    'hold',
    [{ metadata: { encoding: Buffer.from('binary/plain') }, data: Buffer.from([0xff, 0xfe]) }],
  ],
  ['null', 'host-update', [{ metadata: json, data: Buffer.from('null') }]],
  ['a list', 'promise', [{ metadata: json, data: Buffer.from('[1,2]') }]],
  ['a number', 'close', [{ metadata: json, data: Buffer.from('7') }]],
  [
    'a strategy that nobody knows',
    'facts',
    [{ metadata: json, data: Buffer.from('{"strategy":{"hash":"x"}}') }],
  ],
  ['a name that nobody knows', 'no-such-thing', [{ metadata: json, data: Buffer.from('{}') }]],
  ['a name of the language', 'constructor', [{ metadata: json, data: Buffer.from('{}') }]],
  ['a name that Temporal keeps for itself', '__temporal_x', [{ metadata: json, data: Buffer.from('{}') }]],
  ['a megabyte', 'payment', [{ metadata: json, data: Buffer.from(`{"amount":"${'9'.repeat(1_000_000)}"}`) }]],
])('%s does not stop an account: it pays afterwards and is heard', async (what, name, payloads) => {
  const id = `account:bank:${what.replace(/\W/g, '-')}`;
  const handle = await anAccount(id);
  await signalRaw(id, name, payloads);
  await handle.signal('payment', pays('p1', 40_00));
  const status = (await handle.query('status')) as AccountStatus;
  expect(status.view.pastDue).toBe(60_00);
  expect(status.aside).toHaveLength(1);
  expect(status.aside[0]?.reason).toMatch(/\w/);
  // What somebody typed is not quoted: it may hold anything.
  expect(JSON.stringify(status.aside)).not.toContain('99999');
  const failed = (await handle.fetchHistory()).events?.some(
    (event) => event.workflowTaskFailedEventAttributes,
  );
  expect(failed).toBe(false);
  await handle.terminate();
});

test('a flood of nonsense is counted, and carried over with what was understood', async () => {
  const id = 'account:bank:flood';
  const handle = await anAccount(id);
  for (let n = 0; n < 30; n += 1)
    await signalRaw(id, `nonsense-${n}`, [{ metadata: json, data: Buffer.from('{}') }]);
  await handle.signal('payment', pays('p1', 10_00));
  await signalRaw(id, 'payment', [{ metadata: json, data: Buffer.from(`{"note":"${'x'.repeat(20_000)}"}`) }]);
  await handle.signal('payment', pays('p2', 10_00));
  const status = (await handle.query('status')) as AccountStatus;
  expect(status.view.pastDue).toBe(80_00);
  expect(status.aside).toHaveLength(20);
  expect(status.aside.at(-1)?.reason).toContain('not listed');
  const { raw } = await handle.describe();
  expect(raw.workflowExecutionInfo?.execution?.runId).not.toBe(raw.workflowExecutionInfo?.firstRunId);
  await handle.terminate();
});

/**
 * How many events the run has once it waits for nothing but news. A run that follows another is held back by the server
 * for a second before its first task, and on a busy machine for longer.
 */
async function eventsAtRest(handle: WorkflowHandle): Promise<number> {
  for (;;) {
    const types = (await handle.fetchHistory()).events?.map(({ eventType }) => eventType) ?? [];
    const last = types.at(-1);
    const isBusy =
      last === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED ||
      last === EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED ||
      last === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW;
    if (types.includes(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) && !isBusy) return types.length;
    await new Promise((done) => setTimeout(done, 100));
  }
}

test('a shapeless question is rejected and leaves no trace', async () => {
  const handle = await anAccount('account:bank:question');
  await handle.signal('payment', pays('p1', 10_00));
  while (((await handle.query('status')) as AccountStatus).view.pastDue !== 90_00);
  const before = await eventsAtRest(handle);
  await expect(handle.executeUpdate('promise', { args: [{ amount: 'much' }] })).rejects.toThrow();
  await expect(handle.executeUpdate('promise', { args: [] })).rejects.toThrow();
  expect((await handle.fetchHistory()).events?.length).toBe(before);
  await handle.terminate();
});

test("lists find accounts by stage, and Temporal's UI shows where one stands", async () => {
  const id = 'account:bank:listed';
  const handle = await anAccount(id);
  const found: string[] = [];
  for (let turn = 0; turn < 100 && !found.includes(id); turn += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const query =
      'ExecutionStatus = "Running" and Stage = "negotiation" and OldestDue < "2026-02-01T00:00:00Z"';
    for await (const run of server.client.workflow.list({ query })) found.push(run.workflowId);
  }
  expect(found).toContain(id);
  expect((await handle.describe()).memo?.['title']).toContain('stage negotiation');
  const meta = await handle.query<{
    currentDetails?: string;
    definition?: { signalDefinitions?: unknown[] };
  }>('__temporal_workflow_metadata');
  expect(meta.currentDetails).toContain('**negotiation**');
  expect(meta.definition?.signalDefinitions?.length).toBeGreaterThan(20);
  await handle.terminate();
});

test('a timer of ten thousand days is one that the server takes', async () => {
  const due = new Date(Date.now() + 10_000 * 86_400_000).toISOString().slice(0, 10);
  const handle = await anAccount('account:bank:patient', due);
  let timer: { seconds?: unknown } | null | undefined;
  for (let turn = 0; turn < 50 && !timer; turn += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const events = (await handle.fetchHistory()).events ?? [];
    timer = events.find((event) => event.timerStartedEventAttributes)?.timerStartedEventAttributes
      ?.startToFireTimeout;
  }
  expect(Number(timer?.seconds) / 86_400).toBeGreaterThan(9_999);
  await handle.terminate();
});

test.each(['2999-12-31', '9998-12-31', '9999-12-31'])(
  'a hold until %s, as hosts write an open end, does not stop an account',
  async (until) => {
    const handle = await anAccount(`account:bank:open-end-${until}`);
    const at = new Date().toISOString();
    await handle.signal('hold', { id: 'h', at, hold: 'h', type: 'pause', from: today, until });
    while (((await handle.query('status')) as AccountStatus).view.holds.length === 0);
    // Now it sleeps until the hold's end, which the server takes as a hundred years at most.
    await handle.signal('payment', pays('p1', 40_00));
    const { view } = (await handle.query('status')) as AccountStatus;
    expect(view).toMatchObject({ pastDue: 60_00, holds: ['pause'] });
    await handle.terminate();
  },
);
