import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { readCardFile, type CardRow } from '../src/lab/card-file';
import { playCardFile } from '../src/lab/play-card-file';

const AIM_SECONDS = 5;

/** The whole card file, six months of host figures and payments, through the decision core on one core. */
export async function main(): Promise<void> {
  const file = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'data/uci-taiwan/UCI_Credit_Card.csv');
  if (!existsSync(file)) {
    console.log(`core: left out, ${file} is missing`);
    return;
  }
  const started = performance.now();
  const rows: CardRow[] = [];
  for await (const row of readCardFile(file)) rows.push(row);
  const read = performance.now();
  const { accounts } = playCardFile(rows);
  const ended = performance.now();
  const seconds = (ms: number): string => (ms / 1000).toFixed(2);
  const months = accounts * 6;
  console.log(`core: ${accounts} accounts, ${months} months`);
  console.log(`  reading the file       ${seconds(read - started)} s`);
  console.log(`  folding and counting   ${seconds(ended - read)} s`);
  console.log(`  accounts a second      ${Math.round((accounts * 1000) / (ended - read))}`);
  console.log(`  account months a second ${Math.round((months * 1000) / (ended - read))}`);
  console.log(`  whole file             ${seconds(ended - started)} s (aim: under ${AIM_SECONDS} s)`);
}
