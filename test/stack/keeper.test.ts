import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keeper, type ServiceRecord } from '../../src/stack/keeper';
import { end, identify, runs } from '../../src/stack/process-table';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'forbear-keeper-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const waiting = { command: 'sleep', args: ['600'], ports: {}, stopSignal: 'SIGTERM', graceMs: 5000 } as const;

function record(pid: number, change: Partial<ServiceRecord['process']> = {}): string {
  const found = identify(pid)!;
  const { stopSignal, graceMs } = waiting;
  const written: ServiceRecord = {
    name: 'left',
    process: { ...found, ...change },
    ports: {},
    stopSignal,
    graceMs,
    place: 1,
  };
  return JSON.stringify(written);
}

test('closing stops the services, the last started first, and leaves no record', async () => {
  const keeper = await Keeper.open(data);
  const told = join(data, 'told');
  for (const name of ['first', 'second', 'third']) {
    const script = `trap 'sleep 0.1; echo ${name} >> ${told}; exit' TERM; echo on; while :; do sleep 0.05; done`;
    const { out } = keeper.spawn(name, { ...waiting, command: 'sh', args: ['-c', script] });
    while (readFileSync(out, 'utf8') === '') await new Promise((done) => setTimeout(done, 20));
  }
  const started = keeper.records();
  expect(started.every((it) => runs(it.process))).toBe(true);
  await keeper.close();
  expect(readFileSync(told, 'utf8')).toBe('third\nsecond\nfirst\n');
  expect(started.some((it) => runs(it.process))).toBe(false);
  expect(keeper.records()).toEqual([]);
});

test('a service that ignores its signal is killed after its grace', async () => {
  const keeper = await Keeper.open(data);
  const args = ['-e', `process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)`];
  const service = keeper.spawn('deaf', { ...waiting, command: process.execPath, args, graceMs: 300 });
  while (!readFileSync(service.out, 'utf8').includes('deaf'))
    await new Promise((done) => setTimeout(done, 20));
  await keeper.close();
  expect(identify(service.pid)).toBeNull();
});

test('a second run on the same folder is refused with one sentence', async () => {
  const keeper = await Keeper.open(data);
  await expect(Keeper.open(data)).rejects.toThrow(
    `STACK_DATA_IN_USE: The data folder ${data} is in use by process ${process.pid}. ` +
      'Stop that run first, or name another folder with --data.',
  );
  await keeper.close();
  await (await Keeper.open(data)).close();
});

test('of two runs that find a dead owner only one gets the folder', async () => {
  const keeper = await Keeper.open(data);
  await keeper.close();
  writeFileSync(
    join(data, 'run', 'lock.json'),
    JSON.stringify({ pid: 999_999_999, started: 'x', command: 'y' }),
  );
  const both = await Promise.allSettled([Keeper.open(data), Keeper.open(data)]);
  expect(both.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
  for (const it of both) if (it.status === 'fulfilled') await it.value.close();
});

test('what a killed run left is stopped by its record', async () => {
  const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  await (await Keeper.open(data)).close();
  writeFileSync(join(data, 'run', 'left.service.json'), record(left.pid!));
  const gone = new Promise((done) => left.once('exit', (_code, signal) => done(signal)));
  await (await Keeper.open(data)).close();
  expect(await gone).toBe('SIGTERM');
});

test.each([
  ['began at another time', { started: 'boot:1' }],
  ['runs another program', { command: '/usr/bin/postgres -D elsewhere' }],
])('a process that has the pid of a dead service but %s is left alone', async (_what, change) => {
  const foreign = spawn('sleep', ['600'], { stdio: 'ignore' });
  const known = identify(foreign.pid!)!;
  await (await Keeper.open(data)).close();
  const file = join(data, 'run', 'left.service.json');
  writeFileSync(file, record(foreign.pid!, change));
  await (await Keeper.open(data)).close();
  expect(runs(known)).toBe(true);
  expect(existsSync(file)).toBe(false);
  await end(known, 'SIGKILL', 1000);
});

test('a process that has given up its command and not yet ended still runs', async () => {
  const ending = spawn('cat', [], { argv0: '', stdio: ['pipe', 'ignore', 'ignore'] });
  while (identify(ending.pid!)?.command !== '') await new Promise((done) => setTimeout(done, 20));
  const known = { ...identify(ending.pid!)!, command: 'cat' };
  const [itself, another] = [runs(known), runs({ ...known, started: 'boot:1' })];
  const gone = new Promise((done) => ending.once('exit', done));
  ending.stdin.end();
  await gone;
  expect([itself, another, runs(known)]).toEqual([true, false, false]);
});

test('a closing keeper starts nothing more', async () => {
  const keeper = await Keeper.open(data);
  const closing = keeper.close();
  expect(() => keeper.spawn('late', waiting)).toThrow('STACK_INTERRUPTED');
  await closing;
});
