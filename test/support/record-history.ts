/**
 * Records a life for test/workflows/replay.test.ts. Run it once for a new life, never for one that is there:
 *
 *     npx jest --testMatch '**\/test/support/record-history.ts'
 *
 * It lives the account below on Temporal's dev server, with a day in a quarter of a second.
 */
import { NativeConnection } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/worker/bundle';
import { accountWorker, inputOf, Outside, quietRuntime, startAccount } from './account-worker';
import { asJson, keepLife } from './recorded-life';
import { ownNamespace } from './servers';
import { owes, TERMS } from './small-account';
import { contact, smallStrategy } from './small-strategy';

const NAME = 'card-late-promises-pays';
const ABOUT =
  'Falls late, is reminded, breaks a promise, disputes a part, is called and visited, has a payment returned, pays, cures.';

const epoch = '2026-03-01T00:00:00.000Z';
const FACTOR = 345_600;

const strategy = smallStrategy([
  contact('R1', [1]),
  contact('R2', [7, 12], { channels: ['email', 'sms'], tone: 2 }),
  contact('N1', [21], {
    stages: ['negotiation'],
    channels: ['call'],
    campaign: { N: { attemptsADay: 2, days: 3 }, H: { attemptsADay: 2, days: 3 } },
  }),
  contact('B1', [24], { stages: ['negotiation'], kind: 'host', action: 'block-purchases', channels: [] }),
  contact('V1', [30], { stages: ['negotiation'], channels: ['visit'] }),
  contact('D1', [35], { stages: ['negotiation'], kind: 'notice', channels: ['sms'], tone: 4 }),
]);

const at = (day: string, hour = 3): string => `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const told = [
  [
    'promise',
    { id: 'q1', at: at('2026-03-06'), promise: 'q1', amount: 100_00, date: '2026-03-09', method: 'transfer' },
  ],
  ['dispute-raised', { id: 'd1', at: at('2026-03-15'), dispute: 'd1', amount: 20_00, reason: 'service' }],
  ['dispute-resolved', { id: 'd2', at: at('2026-03-20'), dispute: 'd1', outcome: 'rejected' }],
  ['payment', { id: 'p1', at: at('2026-03-21'), amount: 30_00, valueDate: '2026-03-21' }],
  [
    'contact-outcome',
    { id: 'o1', at: at('2026-03-24'), code: 'RPC-REF', channel: 'call', step: 'N1', reason: 'lost-work' },
  ],
  ['reversal', { id: 'r1', at: at('2026-03-27'), of: 'p1', reason: 'returned' }],
  ['visit-outcome', { id: 'v1', at: at('2026-04-03'), code: 'met', step: 'V1' }],
  ['no-such-thing', { id: 'x' }],
  ['payment', { id: 'p2', at: at('2026-04-10'), amount: 150_00, valueDate: '2026-04-10' }],
] as const;

test('records a life', async () => {
  quietRuntime();
  const bundle = await bundleWorkflows();
  const server = await ownNamespace();
  const connection = await NativeConnection.connect({ address: server.address });
  const { client, namespace } = server;
  const outside = new Outside();
  const until = '2026-03-25T02:00:00.000Z';
  outside.answer = ({ occurrence }) =>
    occurrence.step === 'N1'
      ? { how: 'done', channel: 'call', task: { kind: 'campaign', until } }
      : { how: 'done' };
  const worker = await accountWorker({ connection, namespace, bundle, strategies: [strategy], outside });
  await worker.runUntil(async () => {
    const events = [owes('i1', '2026-03-02', 100_00), owes('i2', '2026-04-02', 50_00)];
    const enrolment = { terms: TERMS, facts: {}, enteredOn: '2026-03-01', events };
    const clock = { kind: 'rehearsal', epoch, started: new Date().toISOString(), factor: FACTOR } as const;
    const input = { ...inputOf(strategy, enrolment, epoch), clock };
    const handle = await startAccount(client, input, 'account:bank:recorded');
    for (const [name, event] of told) {
      const before =
        'at' in event ? Date.parse(clock.started) + (Date.parse(event.at) - Date.parse(epoch)) / FACTOR : 0;
      await new Promise((done) => setTimeout(done, before - Date.now()));
      await handle.signal(name, { givenBy: 'debtor', channel: 'call', ...event });
    }
    await handle.result();
  });
  const runs: { id: string; began: number }[] = [];
  for await (const run of client.workflow.list({ query: 'WorkflowId = "account:bank:recorded"' }))
    runs.push({ id: run.runId, began: run.startTime.getTime() });
  runs.sort((a, b) => a.began - b.began);
  const histories = await Promise.all(
    runs.map(({ id }) => client.workflow.getHandle('account:bank:recorded', id).fetchHistory()),
  );
  console.log(
    JSON.stringify({
      runs: runs.length,
      events: histories.map((history) => history.events?.length),
      steps: outside.steps(),
    }),
  );
  keepLife({ name: NAME, about: ABOUT, strategy, runs: histories.map(asJson) });
  await connection.close();
  await server.close();
}, 180_000);
