import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keeper } from '../../src/stack/keeper';
import { removeElsewhere } from '../../src/stack/postgres-place';
import { runningStack } from '../../src/stack/running';
import { forbear } from '../client/cli/command-line';

jest.setTimeout(180_000);

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'forbear-detached-'));
});
afterEach(async () => {
  await forbear(['down', '--data', data]);
  await Keeper.sweep(data);
  removeElsewhere(data);
  rmSync(data, { recursive: true, force: true });
});

test('up --detach comes back when everything runs, and down stops it', async () => {
  const up = await forbear(['up', '--detach', '--data', data, '--json']);
  expect(up).toMatchObject({ code: 0 });
  const { uiAddress, mailboxAddress } = JSON.parse(up.out) as { uiAddress: string; mailboxAddress: string };
  expect((await fetch(mailboxAddress)).status).toBe(200);
  expect((await fetch(uiAddress)).status).toBe(200);
  expect((await forbear(['list', '--data', data])).out).toMatch(
    /^No account is like that\.\nHealth: nothing is stopped; /,
  );
  expect((await forbear(['task', 'list', '--data', data])).out).toBe('There is no such task.');

  const twice = await forbear(['up', '--detach', '--data', data]);
  expect(twice).toMatchObject({ code: 4, err: expect.stringContaining('STACK_DATA_IN_USE') });

  expect(await forbear(['down', '--data', data])).toMatchObject({ code: 0, out: 'Stopped.' });
  expect(runningStack(data)).toBeNull();
  await expect(fetch(mailboxAddress)).rejects.toThrow();
  expect(await forbear(['down', '--data', data])).toMatchObject({ code: 0, out: 'Nothing was running.' });
});
