import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import Table from 'cli-table3';
import { readOptions, type Options } from './support/options';
import { ROOT } from './support/root';
import type { Row } from './support/row';
import { quietRuntime } from './support/temporal-place';

type Bench = (options: Options) => Promise<readonly Row[]>;

/** Loaded one by one, when they are wanted: what one of them needs is no matter of the others. */
const BENCHES: Readonly<Record<string, () => Promise<{ main: Bench }>>> = {
  core: () => import('./core.js'),
  decide: () => import('./decide.js'),
  life: () => import('./life.js'),
  throughput: () => import('./throughput.js'),
  enrol: () => import('./enrol.js'),
  feed: () => import('./feed.js'),
  gate: () => import('./gate.js'),
  policy: () => import('./policy.js'),
  'policy-years': () => import('./policy-years.js'),
  'feed-watched': () => import('./feed-watched.js'),
  switch: () => import('./switch.js'),
  morning: () => import('./morning.js'),
  routes: () => import('./routes.js'),
  score: () => import('./score.js'),
  'card-file': () => import('./card-file.js'),
  bureau: () => import('./bureau.js'),
};

async function run(names: readonly string[], options: Options): Promise<void> {
  quietRuntime();
  const done: { readonly name: string; readonly rows: readonly Row[] }[] = [];
  for (const name of names) {
    const load = BENCHES[name];
    if (load === undefined)
      throw new Error(`There is no bench ${name}. There are ${Object.keys(BENCHES).join(', ')}.`);
    console.log(`\n${name}`);
    const rows = await measured(load, options);
    console.log(table(rows));
    done.push({ name, rows });
  }
  if (names.length === Object.keys(BENCHES).length) {
    writeFileSync(join(ROOT, 'docs', 'bench.md'), page(done));
    console.log('\nWritten to docs/bench.md.');
  }
  if (done.some(({ rows }) => rows.some(({ met }) => met === false))) console.log('Some aims are not met.');
}

/** A bench that fails says so in its place, and the others go on. */
async function measured(load: () => Promise<{ main: Bench }>, options: Options): Promise<readonly Row[]> {
  try {
    return await (await load()).main(options);
  } catch (error) {
    process.exitCode = 1;
    return [{ what: 'failed', measured: error instanceof Error ? error.message : 'for an unknown reason' }];
  }
}

const verdict = ({ met }: Row): string => (met === undefined ? '' : met ? 'met' : 'not met');

function table(rows: readonly Row[]): string {
  const shown = new Table({ head: ['', 'measured', 'aim', ''], style: { head: [], border: [] } });
  for (const row of rows) shown.push([row.what, row.measured, row.aim ?? '', verdict(row)]);
  return shown.toString();
}

function page(done: readonly { readonly name: string; readonly rows: readonly Row[] }[]): string {
  const parts = done.map(({ name, rows }) =>
    [
      `## ${name}`,
      '',
      '| | measured | aim | |',
      '| --- | --- | --- | --- |',
      ...rows.map((row) => `| ${row.what.trim()} | ${row.measured} | ${row.aim ?? ''} | ${verdict(row)} |`),
    ].join('\n'),
  );
  return `# Bench

Written by \`npm run bench\`, which takes some minutes and starts its own servers on loopback; \`npm run bench life\` runs
one of them and leaves this page alone. The budget of a life is also a test: \`test/workflows/budget.test.ts\`.

${machine()}. Counts and bytes are the same on any machine; ratios were taken within one run, the two sides in turns;
seconds are context and hold for this machine alone.

${parts.join('\n\n')}
`;
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} at commit ${commit()}`,
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}`,
  ].join(', ');
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

const { names, options } = readOptions(process.argv.slice(2));
run(names.length > 0 ? names : Object.keys(BENCHES), options).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
