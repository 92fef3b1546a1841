import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { settle } from '../src/book/attempts';
import { setClock } from '../src/book/clock';
import { verify } from '../src/book/evidence/verify';
import { accept } from '../src/book/journal';
import { openBook, type Book, type Db } from '../src/book/open-book';
import { reserve } from '../src/book/permit';
import { publishShipped } from '../src/book/policy/publish-shipped';
import { publish } from '../src/book/strategies';
import { Keeper } from '../src/stack/keeper';
import { createDatabase, removePostgresFiles, startPostgres } from '../src/stack/postgres';
import type { Strategy } from '../src/domain/strategy/strategy';
import { DUE, enrolOne, NOW, oneText } from './gate/people';
import { cpuWithChildren } from './support/process-figures';
import { whole, type Row } from './support/row';

const PEOPLE = 60;
const TURNS = 3;
const LANES = 8;
/** Contacts that each person has behind, over a year. */
const LEDGERS = [0, 100, 1_000] as const;
const AIM_A_SECOND = 300;

/**
 * The gate through PostgreSQL: reserved and settled, each answer kept in the person's chain, for people with ledgers of
 * several lengths, in turns of one run. It asks the packs of China besides the strategy's own rules.
 */
export async function main(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const keeper = await Keeper.open(folder);
  try {
    const postgres = await startPostgres(keeper, true);
    await createDatabase(postgres, 'book');
    const book = await openBook(postgres.url('book'), { migrate: true, max: LANES });
    const found = await measured(book, () => cpuWithChildren(postgres.service.pid));
    await book.close();
    return found;
  } finally {
    await keeper.close();
    removePostgresFiles(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured({ db }: Book, postgresCpu: () => number): Promise<Row[]> {
  await setClock(db, { kind: 'rehearsal', epoch: NOW, started: NOW, factor: 1 });
  // The cap makes it read a month of the ledger, and is never reached.
  await publishShipped(db);
  const strategy: Strategy = {
    ...oneText([{ channels: ['sms'], max: 1_000, days: 30 }]),
    policy: {
      ...{ role: 'original-creditor', packs: ['cn-consumer-credit'] },
      endpoints: { source: 'contract', kind: 'personal' },
    },
  };
  const { hash } = await publish(db, strategy, 'bench');
  const step = strategy.steps[0]?.name ?? '';
  const groups: {
    readonly length: number;
    readonly accounts: string[];
    ms: number;
    asked: number;
    node: number;
    postgres: number;
  }[] = [];
  for (const length of LEDGERS) {
    const accounts: string[] = [];
    for (let i = 0; i < PEOPLE; i += 1)
      accounts.push(await enrolOne(db, strategy, hash, groups.length * PEOPLE + i));
    await behind(db, accounts, hash, length);
    groups.push({ length, accounts, ms: 0, asked: 0, node: 0, postgres: 0 });
  }
  await sql`analyze`.execute(db);
  for (let turn = 0; turn < TURNS + 1; turn += 1)
    for (const group of groups) {
      const started = process.hrtime.bigint();
      const own = process.cpuUsage();
      const before = postgresCpu();
      await askAll(db, group.accounts, { strategy: hash, step, n: turn + 1 });
      // The first turn warms plans and caches.
      if (turn === 0) continue;
      group.ms += Number(process.hrtime.bigint() - started) / 1e6;
      group.asked += group.accounts.length;
      const { user, system } = process.cpuUsage(own);
      group.node += (user + system) / 1_000;
      group.postgres += (postgresCpu() - before) * 1_000;
    }
  const guarantees = await paidAndAsked(db, groups.at(-1)?.accounts ?? [], { strategy: hash, step });
  const { breaks, links } = await verify(db);
  const rate = ({ asked, ms }: { asked: number; ms: number }): number => (asked * 1_000) / ms;
  const [none, , longest] = groups.map(rate);
  return [
    ...groups.map((group) => ({
      what: `contacts reserved and settled a second, ${whole(group.length)} contacts behind each person`,
      measured: whole(rate(group)),
      aim: `at least ${AIM_A_SECOND}`,
      met: rate(group) >= AIM_A_SECOND,
    })),
    ...groups.map(({ length, node, postgres, asked }) => ({
      what: `processor time a contact, ${whole(length)} behind: Node.js, PostgreSQL`,
      measured: `${(node / asked).toFixed(2)}, ${(postgres / asked).toFixed(2)} ms`,
    })),
    { what: 'longest ledger, of the empty one', measured: ((longest ?? 0) / (none ?? 1)).toFixed(2) },
    {
      what: 'from an accepted payment to the refused permit of the next ask, longest ledger: middle one, longest',
      measured: `${middle(guarantees).toFixed(1)}, ${Math.max(...guarantees).toFixed(1)} ms`,
    },
    { what: 'links of evidence written, found changed', measured: `${whole(links)}, ${breaks.length}` },
  ];
}

/** Lanes side by side, as the workers' activities are. */
async function askAll(
  db: Db,
  accounts: readonly string[],
  { strategy, step, n }: { readonly strategy: string; readonly step: string; readonly n: number },
): Promise<void> {
  const waiting = [...accounts];
  const lane = async (): Promise<void> => {
    for (let account = waiting.pop(); account !== undefined; account = waiting.pop()) {
      const occurrence = { step, anchor: DUE, n, due: NOW };
      const reserved = await reserve(db, { account, occurrence, channel: 'sms', strategy, now: NOW });
      if (reserved.answer !== 'permit') throw new Error(`no permit: ${reserved.answer}`);
      await settle(db, reserved.permit, 'accepted', `${account}-${n}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/**
 * Each account is paid in full, and the moment that stands in the book its next contact is asked for: what was let go
 * before the payment was accepted may be on its way, nothing after. Answers the milliseconds from the acceptance to the
 * refusal.
 */
async function paidAndAsked(
  db: Db,
  accounts: readonly string[],
  { strategy, step }: { readonly strategy: string; readonly step: string },
): Promise<readonly number[]> {
  const took: number[] = [];
  for (const account of accounts) {
    const payment = { kind: 'payment' as const, id: `paid-${account}`, at: NOW, valueDate: NOW.slice(0, 10) };
    await accept(db, account, { ...payment, amount: 50_000 }, 'bench');
    const started = process.hrtime.bigint();
    const occurrence = { step, anchor: DUE, n: 100, due: NOW };
    const reserved = await reserve(db, { account, occurrence, channel: 'sms', strategy, now: NOW });
    if (reserved.answer !== 'block' || reserved.rule !== 'paid')
      throw new Error(`after a payment: ${reserved.answer}`);
    took.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  return took;
}

const middle = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;

/** A ledger over the year before, the last contact three days ago. */
async function behind(db: Db, accounts: readonly string[], strategy: string, length: number): Promise<void> {
  if (length === 0) return;
  await sql`
    insert into attempts (id, token, person, account, strategy, step, anchor, n, channel, try, at, reserved_at,
      expires_at, status, settled_at)
    select a.ref || '-' || g, '-', a.person, a.ref, ${strategy}, 'R0', '2025-03-01', g, 'sms', 1, t.at, t.at, t.at,
      'accepted', t.at
    from accounts a, generate_series(1, ${length}::int) g,
      lateral (select ${NOW}::timestamptz - interval '3 days' - g * interval '362 days' / ${length}::int as at) t
    where a.ref = any(${[...accounts]})`.execute(db);
}
