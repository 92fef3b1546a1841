import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Keeper, type ServiceRecord } from '../../src/stack/keeper';
import { built } from '../../src/stack/node-service';
import { identify, runs, type Identity } from '../../src/stack/process-table';
import { noted, runningStack } from '../../src/stack/running';
import { startStack } from '../../src/stack/stack';
import { removeElsewhere } from '../../src/stack/postgres-place';

jest.setTimeout(120_000);

let data: string;
beforeEach(() => {
  // A folder of mktemp is private to its owner: what a fresh clone often lies in.
  data = mkdtempSync(join(tmpdir(), 'forbear-stack-'));
});
afterEach(async () => {
  await Keeper.sweep(data);
  removeElsewhere(data);
  rmSync(data, { recursive: true, force: true });
});

/** A run of its own, as `forbear up` and `forbear demo` make it, but without the worker. */
function run(kind: 'up' | 'demo'): {
  process: ChildProcess;
  output: () => string;
  ready: Promise<void>;
  ended: Promise<number | null>;
} {
  const script = `
    const { startStack } = require(${JSON.stringify(built('stack/stack.js'))});
    const { interruption, untilRaised } = require(${JSON.stringify(built('stack/interruption.js'))});
    const stopped = interruption();
    startStack({ kind: '${kind}', data: process.argv[1], say: console.log, signal: stopped.signal, worker: false })
      .then(async (stack) => { console.log('ready'); await untilRaised(stopped.signal); await stack.stop(); })
      .then(() => process.exit(0), (error) => { console.log(error.message); process.exit(1); });`;
  const child = spawn(process.execPath, ['-e', script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const ready = new Promise<void>((done, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\nready\n')) done();
    });
    void ended.then(() => reject(new Error(output)));
  });
  ready.catch(() => undefined);
  return { process: child, output: () => output, ready, ended };
}

function services(): Record<string, Identity> {
  const run = join(data, 'run');
  const records = readdirSync(run)
    .filter((file) => file.endsWith('.service.json'))
    .map((file) => JSON.parse(readFileSync(join(run, file), 'utf8')) as ServiceRecord);
  return Object.fromEntries(records.map((it) => [it.name, it.process]));
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: noted(data)!.bookUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Pids whose command line names the data folder. */
function processesOf(folder: string): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && (identify(pid)?.command ?? '').includes(folder));
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops every process and leaves only the data folder',
  async (signal) => {
    const first = run('demo');
    await first.ready;
    const started = services();
    expect(Object.keys(started).sort()).toEqual(['outside', 'postgres', 'temporal']);
    expect(runningStack(data)?.namespace).toBe('rehearsal');
    // npm passes each Ctrl-C on a second time.
    first.process.kill(signal);
    first.process.kill(signal);
    expect(await first.ended).toBe(0);
    expect(Object.values(started).filter(runs)).toEqual([]);
    expect(processesOf(data)).toEqual([]);
    expect(services()).toEqual({});
    expect(existsSync(join(data, 'postgres-stands-at.txt'))).toBe(false);
    expect(runningStack(data)).toBeNull();
  },
);

test('Ctrl-C in the middle of the start leaves nothing either', async () => {
  const first = run('demo');
  while (!first.output().includes('PostgreSQL: ')) await new Promise((done) => setTimeout(done, 20));
  first.process.kill('SIGINT');
  expect(await first.ended).toBe(1);
  expect(first.output()).toContain('STACK_INTERRUPTED');
  expect(processesOf(data)).toEqual([]);
});

test('a run killed with -9 leaves its servers, and the next run stops them and goes on with the data', async () => {
  const first = run('up');
  await first.ready;
  const left = services();
  const address = noted(data)!.uiAddress;
  await query('create table kept (word text)');
  await query(`insert into kept values ('逾期')`);
  first.process.kill('SIGKILL');
  await first.ended;
  expect(Object.values(left).every(runs)).toBe(true);

  const second = run('up');
  await second.ready;
  expect(Object.values(left).filter(runs)).toEqual([]);
  expect(await query('select word from kept')).toEqual([{ word: '逾期' }]);
  expect(noted(data)!.uiAddress).toBe(address);
  second.process.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  expect(processesOf(data)).toEqual([]);
});

test('a demo starts anew, and a second run beside it is refused', async () => {
  const first = run('demo');
  await first.ready;
  await query('create table kept (word text)');
  const second = run('demo');
  expect(await second.ended).toBe(1);
  expect(second.output()).toBe(
    `STACK_DATA_IN_USE: The data folder ${data} is in use by process ${first.process.pid}. ` +
      'Stop that run first, or name another folder with --data.\n',
  );
  first.process.kill('SIGKILL');
  await first.ended;
  const third = run('demo');
  await third.ready;
  expect(await query(`select to_regclass('kept') as found`)).toEqual([{ found: null }]);
  third.process.kill('SIGINT');
  await third.ended;
});

test('a service that is killed comes back at the same address', async () => {
  process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
  const stack = await startStack({ kind: 'test', data, worker: false });
  delete process.env['TEMPORAL_ADDRESS'];
  try {
    const before = { ...services() };
    for (const { pid } of Object.values(before)) process.kill(pid, 'SIGKILL');
    const until = Date.now() + 30_000;
    const back = (): boolean =>
      ['postgres', 'temporal', 'outside'].every((name) => {
        const now = services()[name];
        return now !== undefined && now.pid !== before[name]!.pid && runs(now);
      });
    while (!back() && Date.now() < until) await new Promise((done) => setTimeout(done, 100));
    for (let up = false; !up && Date.now() < until;) {
      up = await Promise.all([query('select 1'), fetch(stack.mailboxAddress), fetch(stack.uiAddress!)]).then(
        () => true,
        () => false,
      );
    }
    expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
    expect((await fetch(stack.mailboxAddress)).status).toBe(200);
    expect((await fetch(stack.uiAddress!)).status).toBe(200);
  } finally {
    await stack.stop();
  }
  expect(processesOf(data)).toEqual([]);
});

test('a data folder that cannot be made is one sentence', async () => {
  const file = join(data, 'file');
  writeFileSync(file, '');
  await expect(startStack({ kind: 'test', data: join(file, 'below') })).rejects.toThrow(
    /^STACK_DATA_UNUSABLE: .*ENOTDIR/,
  );
});
