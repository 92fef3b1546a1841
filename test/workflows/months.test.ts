import { bundleWorkflows } from '../../src/worker/bundle';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { accountWorker, inputOf, Outside, quietRuntime, startAccount } from '../support/account-worker';
import { timeSkipping } from '../support/env';
import { addSearchAttributes } from '../support/search-attributes';
import { owes, pays, TERMS } from '../support/small-account';
import { contact, smallStrategy } from '../support/small-strategy';

const strategy = smallStrategy([
  contact('R1', [1]),
  contact('R2', [7]),
  contact('N1', [25], { stages: ['negotiation'], channels: ['call'] }),
]);

let env: TestWorkflowEnvironment;
let bundle: WorkflowBundleWithSourceMap;
let outside: Outside;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  quietRuntime();
  [env, bundle] = await Promise.all([timeSkipping(), bundleWorkflows()]);
  await addSearchAttributes(env.connection);
  outside = new Outside();
  const connection = env.nativeConnection;
  worker = await accountWorker({ connection, namespace: 'default', bundle, strategies: [strategy], outside });
  running = worker.run();
});
afterAll(async () => {
  worker?.shutdown();
  await running;
  await env?.teardown();
});

test('an account is reminded, negotiated with, and closed when it has paid and the watch days are over', async () => {
  const epoch = new Date(await env.currentTimeMs()).toISOString();
  const day = (n: number): string => new Date(Date.parse(epoch) + n * 86_400_000).toISOString().slice(0, 10);
  const events = [owes('i1', day(1), 100_00)];
  const enrolment = { terms: TERMS, facts: {}, enteredOn: day(0), events };
  const handle = await startAccount(env.client, inputOf(strategy, enrolment, epoch), 'account:bank:a1');
  await env.sleep('27 days');
  expect(outside.steps()).toEqual([`${day(2)} R1`, `${day(8)} R2`, `${day(26)} N1`]);
  expect(outside.asked.map(({ activity }) => activity)).toEqual(['contact', 'contact', 'schedule']);
  console.log(
    JSON.stringify(await handle.query('status')),
    await handle.query('next'),
    await handle.query('timeline'),
  );
  await handle.signal('payment', { ...pays(day(27), 100_00), at: `${day(27)}T12:00:00.000Z` });
  await env.sleep('40 days');
  expect(outside.closings.map(({ reason }) => reason)).toEqual(['cured']);
}, 40_000);
