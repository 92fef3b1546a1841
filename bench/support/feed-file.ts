import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** A file as it was written, and what it comes to: `sum` in yuan. */
export interface Written {
  readonly file: string;
  readonly size: number;
  readonly sum: number;
}

/** Of a hundred rows so many are others the next day. */
export const CHANGED = 1;

/**
 * A snapshot in which nobody is late. The moment of its figures is another every day, and no part of what a row says;
 * `changed` is what some of the balances are more than on the first day.
 */
export async function writeSnapshot(
  file: string,
  size: number,
  day: string,
  changed: number,
): Promise<Written> {
  const out = createWriteStream(file);
  out.write('account,person,name,past_due,cycles,balance,next_due,next_amount,fact.score,as_of\n');
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    const balance = 5_000 + (i % 7_000) + (i % 100 < CHANGED ? changed : 0);
    sum += balance;
    const said = `0.00,0,${balance}.00,2026-04-25,90.00,${i % 100},${day}`;
    const row = `A-${i},P-${i},示例${i % 997},${said}\n`;
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { file, size, sum };
}
