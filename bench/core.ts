import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCardFile, type CardRow } from '../src/lab/card-file';
import { playCardFile } from '../src/lab/play-card-file';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';

const AIM_SECONDS = 5;

/** Processor time of this process: what a core was busy, whatever else the machine does. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The whole card file, six months of host figures and payments, through the decision core on one core. */
export async function main(): Promise<Row[]> {
  const shared = process.env['FORBEAR_SHARED'] ?? join(ROOT, '..', 'shared');
  const file = join(shared, 'data/uci-taiwan/UCI_Credit_Card.csv');
  if (!existsSync(file)) return [{ what: 'the real card file', measured: 'left out: it is not here' }];
  const started = cpuMs();
  const rows: CardRow[] = [];
  for await (const row of readCardFile(file)) rows.push(row);
  const read = cpuMs();
  const { accounts } = playCardFile(rows);
  const ended = cpuMs();
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const perSecond = (count: number): string => whole((count * 1000) / (ended - read));
  return [
    { what: 'real accounts, six months each', measured: whole(accounts) },
    { what: 'reading the file', measured: seconds(read - started) },
    { what: 'folding and counting', measured: seconds(ended - read) },
    { what: 'accounts a second', measured: perSecond(accounts) },
    {
      ...{
        what: 'whole file, processor time',
        measured: seconds(ended - started),
        aim: `under ${AIM_SECONDS} s`,
      },
      met: ended - started < AIM_SECONDS * 1000,
    },
  ];
}
