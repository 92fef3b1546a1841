import { timeSkipping } from '../support/env';

// The first run on a machine fetches the server.
jest.setTimeout(300_000);

test('a month passes at once', async () => {
  const env = await timeSkipping();
  const before = await env.currentTimeMs();
  await env.sleep('30 days');
  const passed = (await env.currentTimeMs()) - before;
  await env.teardown();
  expect(passed).toBeGreaterThanOrEqual(30 * 86_400_000);
});
