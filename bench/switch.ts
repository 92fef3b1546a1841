import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StepRequest } from '../src/activities/contract';
import { setClock } from '../src/book/clock';
import { openBook, type Book } from '../src/book/open-book';
import { reserve } from '../src/book/permit';
import { publish } from '../src/book/strategies';
import { standingStops } from '../src/book/switches';
import { shareSwitches } from '../src/book/switch-lock';
import { setVolumeRule } from '../src/book/volume-rules';
import { stopAndWait } from '../src/client/stop';
import type { Strategy } from '../src/domain/strategy/strategy';
import { Keeper } from '../src/stack/keeper';
import { startOutside, type Outside } from '../src/stack/outside/outside';
import { createDatabase, removePostgresFiles, startPostgres } from '../src/stack/postgres';
import { DUE, enrolOne, NOW, oneText } from './gate/people';
import { ROOT } from './support/root';
import { whole, type Row } from './support/row';
import type { Orders } from './switch/sender';

const PROCESSES = 3;
const LANES = 8;
const ACCOUNTS = 60;
const ROUNDS = Number(process.env['FORBEAR_BENCH_ROUNDS'] ?? 8);
/** Every carrier takes its time: what is with it when the stop is made has to be waited for. */
const CARRIER_MS = 200;
const SENDING_MS = 3_000;
const MOST_MS = 1_000;

/** Stops made while several processes send as fast as they can, each against the messages that the centre receives. */
export async function main(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bench-'));
  const keeper = await Keeper.open(folder);
  const outside = await startOutside({ folder: join(folder, 'outside'), receiptAfterMs: 50 });
  try {
    const postgres = await startPostgres(keeper, true);
    await createDatabase(postgres, 'book');
    const bookUrl = postgres.url('book');
    const book = await openBook(bookUrl, { migrate: true });
    const found = await measured(book, bookUrl, outside, folder);
    await book.close();
    return found;
  } finally {
    await outside.close();
    await keeper.close();
    removePostgresFiles(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(book: Book, bookUrl: string, outside: Outside, folder: string): Promise<Row[]> {
  const strategy = oneText();
  await setClock(book.db, { kind: 'rehearsal', epoch: NOW, started: NOW, factor: 1 });
  await setVolumeRule(book.db, 'bank', 'sms', { times: 2, floor: 10_000_000 });
  const { hash } = await publish(book.db, strategy, 'bench');
  outside.behaviours.tell({ channel: 'sms', do: 'slow', ms: CARRIER_MS });
  const children: ChildProcess[] = [];
  for (let i = 0; i < PROCESSES; i += 1) {
    const requests: StepRequest[] = [];
    for (let k = 0; k < ACCOUNTS; k += 1)
      requests.push(await enrolled(book, strategy, hash, i * ACCOUNTS + k));
    const child = fork(join(__dirname, 'switch', 'sender.js'));
    const orders: Orders = {
      ...{ bookUrl, smppPort: outside.smppPort, folder, templates: join(ROOT, 'templates') },
      ...{ lanes: LANES, requests },
    };
    child.send(orders);
    children.push(child);
  }
  try {
    const rounds: Round[] = [];
    await sleep(SENDING_MS);
    for (let i = 0; i < ROUNDS; i += 1) rounds.push(await oneRound(book, outside));
    await end(children);
    return rows(rounds, await costs(book, hash, await enrolled(book, strategy, hash, PROCESSES * ACCOUNTS)));
  } finally {
    await end(children);
  }
}

async function end(children: ChildProcess[]): Promise<void> {
  const gone = children.splice(0).map(async (child) => {
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  });
  await Promise.all(gone);
}

interface Round {
  readonly rate: number;
  readonly tookMs: number;
  readonly waitedFor: number;
  readonly after: number;
}

async function oneRound(book: Book, outside: Outside): Promise<Round> {
  const count = (): number => outside.received.since(0).length;
  const before = count();
  await sleep(SENDING_MS);
  const rate = ((count() - before) * 1_000) / SENDING_MS;
  const request = { scope: 'everything', value: null, why: 'bench', by: 'bench', role: null } as const;
  const { tookMs, waitedFor } = await stopAndWait(book.db, request);
  const atAcknowledgement = count();
  await sleep(SENDING_MS / 2);
  const after = count() - atAcknowledgement;
  await book.db
    .updateTable('switches')
    .set((eb) => ({ openedAt: eb.fn('clock_timestamp') }))
    .execute();
  await sleep(SENDING_MS / 2);
  return { rate, tookMs, waitedFor, after };
}

const TIMES = 400;

interface Costs {
  readonly reserveMs: number;
  readonly lookMs: number;
}

/** What a reservation takes when nobody else is there, and what of it is paid for being stoppable. */
async function costs(book: Book, strategy: string, { occurrence, report, now }: StepRequest): Promise<Costs> {
  const reserveMs = await each(async (n) => {
    const asked = { account: report.ref, channel: 'sms', strategy, now, occurrence: { ...occurrence, n } };
    const answer = await reserve(book.db, asked);
    if (answer.answer !== 'permit') throw new Error(`no permit: ${answer.answer}`);
  });
  const lookMs = await book.db.transaction().execute((tx) =>
    each(async () => {
      await shareSwitches(tx);
      await standingStops(tx);
    }),
  );
  return { reserveMs, lookMs };
}

/** Milliseconds of one, the average of many in turn. */
async function each(work: (n: number) => Promise<void>): Promise<number> {
  const from = process.hrtime.bigint();
  for (let n = 0; n < TIMES; n += 1) await work(n);
  return Number(process.hrtime.bigint() - from) / 1e6 / TIMES;
}

function rows(rounds: readonly Round[], { reserveMs, lookMs }: Costs): Row[] {
  const took = rounds.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const most = took.at(-1) ?? 0;
  const beyond = Math.max(0, most - CARRIER_MS);
  const after = rounds.reduce((sum, round) => sum + round.after, 0);
  const rate = rounds.reduce((sum, round) => sum + round.rate, 0) / rounds.length;
  const out = rounds.reduce((sum, { waitedFor }) => sum + waitedFor, 0) / rounds.length;
  return [
    {
      what: 'processes, sends at a time in each, answer of the carrier',
      measured: `${PROCESSES}, ${LANES}, ${CARRIER_MS} ms`,
    },
    { what: 'messages a second at the SMS centre before a stop', measured: whole(rate) },
    { what: 'permits out when it is made, average', measured: out.toFixed(1) },
    {
      what: 'from the stop to its acknowledgement, middle one',
      measured: `${took[Math.floor(took.length / 2)] ?? 0} ms`,
    },
    {
      ...{ what: `longest of ${rounds.length}, beyond the carrier's answer`, measured: `${beyond} ms` },
      ...{ aim: `under ${whole(MOST_MS)} ms`, met: beyond < MOST_MS },
    },
    { what: 'received after the acknowledgement', measured: whole(after), aim: 'none', met: after === 0 },
    {
      what: 'one reservation; of it the shared lock and the look at what stands',
      measured: `${reserveMs.toFixed(1)} ms; ${lookMs.toFixed(2)} ms (${Math.round((lookMs / reserveMs) * 100)} %)`,
    },
  ];
}

async function enrolled(book: Book, strategy: Strategy, hash: string, i: number): Promise<StepRequest> {
  const ref = await enrolOne(book.db, strategy, hash, i);
  const [step] = strategy.steps;
  const view = {
    ...{ stage: 'reminder', segment: 'N', path: 'N', contractDpd: 9, treatmentDpd: 9, cycles: 1, bucket: 1 },
    ...{ pastDue: 50_000, balance: 50_000, oldestDue: DUE, holds: [], promise: null },
  };
  return {
    occurrence: { step: step?.name ?? '', anchor: DUE, n: 0, due: NOW },
    ...{ tone: step?.tone ?? 1, path: 'N', now: NOW, factor: 1, why: { code: 'step-due', args: {} } },
    report: {
      ...{ lender: 'bank', ref, strategy: hash, generation: 1, upTo: 0, told: [], notes: [], aside: [] },
      view,
    },
  };
}
