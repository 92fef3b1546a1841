import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../src/stack/node-service';
import { whole, type Row } from './support/row';

const ROWS = 1_000_000;
const MOST_MB = 300;
const HEADER =
  'account,person,name,phone,product,currency,zone,as_of,past_due,oldest_due,cycles,balance,fact.score';

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly rejected: number;
}

/** Checks a million made-up rows with `enrol --dry-run` in a process of its own, and shows its rows a second and peak memory. */
export async function main(): Promise<Row[]> {
  const rows = ROWS;
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const file = join(folder, 'portfolio.csv');
  try {
    await write(file, rows);
    const measured = await check(file, join(folder, 'rejects.csv'));
    const { seconds, megabytes, rejected } = measured;
    const bytes = Math.round(statSync(file).size / 1024 / 1024);
    return [
      { what: 'rows checked with enrol --dry-run', measured: `${whole(rows)} (${bytes} MB)` },
      { what: 'rejected', measured: whole(rejected) },
      { what: 'rows a second', measured: `${whole(rows / seconds)} in ${seconds.toFixed(1)} s` },
      {
        ...{ what: 'peak memory', measured: `${megabytes} MB`, aim: `under ${MOST_MB} MB` },
        met: megabytes < MOST_MB,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every thousandth row is wrong, and one row in ten thousand names an account a second time. */
async function write(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADER}\n`);
  for (let i = 0; i < rows; i += 1) {
    const account = i % 10_000 === 9_999 ? i - 5_000 : i;
    const zone = i % 1_000 === 999 ? 'Asia/Peking' : 'Asia/Shanghai';
    const pastDue = `${100 + (i % 900)}.${String(i % 100).padStart(2, '0')}`;
    const row =
      `A-${account},P-${account},示例${i % 997},+86138${String(i).padStart(8, '0')},credit_card,CNY,${zone},` +
      `2026-04-10,${pastDue},2026-03-25,1,${5_000 + (i % 7_000)}.00,${i % 100}\n`;
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

async function check(file: string, rejects: string): Promise<Measured> {
  const args = ['enrol', file, '--strategy', 'standard-card', '--dry-run', '--rejects', rejects, '--json'];
  const from = process.hrtime.bigint();
  const child = spawn(process.execPath, [built('client/cli/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid ?? 0))), 50);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'close');
  clearInterval(watch);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const { rejected } = JSON.parse(said) as { rejected: number };
  return { seconds, megabytes: Math.round(peak / 1024), rejected };
}

/** The kernel's own high-water mark of a process's memory, in KB; 0 where there is none to read. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
