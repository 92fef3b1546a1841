import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ForbearError } from '../../src/domain/errors/forbear-error';
import { Keeper, type Service } from '../../src/stack/keeper';
import { Supervisor } from '../../src/stack/supervisor';

let data: string;
let keeper: Keeper;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'forbear-supervisor-'));
  keeper = await Keeper.open(data);
});
afterEach(async () => {
  await keeper.close();
  rmSync(data, { recursive: true, force: true });
});

const settle = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

function service(command: string, args: string[]): Promise<{ service: Service }> {
  const start = { command, args, ports: {}, stopSignal: 'SIGTERM', graceMs: 5000 } as const;
  return Promise.resolve({ service: keeper.spawn('it', start) });
}

test('what ends unasked is started again, what was stopped is not', async () => {
  const lost: ForbearError[] = [];
  const supervisor = new Supervisor(
    keeper,
    () => undefined,
    (error) => lost.push(error),
  );
  const first = await supervisor.keep(() => service('sleep', ['600']));
  process.kill(first.service.pid, 'SIGKILL');
  await settle(500);
  const second = keeper.recordOf('it')!.process.pid;
  expect(second).not.toBe(first.service.pid);
  await keeper.stop('it');
  await settle(500);
  expect(keeper.recordOf('it')).toBeUndefined();
  expect(lost).toEqual([]);
});

test('what ends again and again is given up with one sentence', async () => {
  let starts = 0;
  const lost = await new Promise<ForbearError>((done) => {
    const supervisor = new Supervisor(keeper, () => undefined, done);
    void supervisor.keep(() => {
      starts += 1;
      return service('false', []);
    });
  });
  expect(lost.message).toMatch(/^STACK_SERVICE_LOST: The service it ended 6 times within a minute/);
  expect(starts).toBe(6);
});
