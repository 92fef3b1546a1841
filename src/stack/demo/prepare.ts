import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionOptions } from '@temporalio/client';
import { setClock } from '../../book/clock';
import { publish, type Published } from '../../book/strategies';
import { openClient, type ClientOptions, type ForbearClient } from '../../client/client';
import { enrolPortfolio } from '../../client/enrol/enrol';
import { addDays } from '../../domain/calendar/day';
import { instantOf } from '../../domain/calendar/zone';
import { realDelay, type Clock } from '../../domain/clock';
import { strategyOf } from '../../domain/strategy/document/compile';
import type { Instant } from '../../domain/units';
import { LENDER, portfolioCsv } from '../../lab/portfolio/rows';
import type { Say } from '../cache';
import type { Stack } from '../stack';
import type { Cast } from './cast';
import type { Pace } from './pace';
import type { Player } from './players';

/** The first day of every show: a Monday in winter, so that the Spring Festival falls into it. */
export const FIRST_DAY = '2026-01-05';
const ZONE = 'Asia/Shanghai';
/** An account that is behind answers late. */
const ANSWER_MS = 120_000;
const STRATEGY = join(__dirname, '..', '..', '..', 'strategies', 'standard-card.yaml');
/** Virtual time stands still at first, until the accounts of the portfolio are there. */
const HEAD_START_MS = 2_000;
const HEAD_START_AN_ACCOUNT_MS = 60;

/** Virtual time begins when the accounts are there; until then it stands before its first moment. */
export function clockFor(cast: Cast, { factor }: Pace): Clock {
  const started = Date.now() + HEAD_START_MS + cast.roles.length * HEAD_START_AN_ACCOUNT_MS;
  const epoch = instantOf(FIRST_DAY, '00:00', ZONE);
  return { kind: 'rehearsal', epoch, started: new Date(started).toISOString(), factor };
}

/** The last virtual moment of the show, and the real one at which the clock gets there. */
export function endOf(clock: Clock, days: number): { readonly last: Instant; readonly end: number } {
  const last = instantOf(addDays(FIRST_DAY, days), '00:00', ZONE);
  return { last, end: Date.now() + realDelay(clock, Date.now(), last) };
}

/** The clock goes into the book first: what is enrolled and started takes it from there. */
export async function openDemoClient(stack: Stack, clock: Clock): Promise<ForbearClient> {
  const first = await openClient(place(stack));
  await setClock(first.book.db, clock);
  await first.close();
  return openClient(place(stack));
}

/** A client whose calls are made once: one that is tried again goes on after it was broken off. */
export function openAsker(stack: Stack): Promise<ForbearClient> {
  return openClient(place(stack, { interceptors: [] }));
}

function place(
  { bookUrl, temporalAddress: address, namespace, taskQueue }: Stack,
  connection: ConnectionOptions = {},
): ClientOptions {
  return { bookUrl, temporal: { address, namespace, taskQueue, connection }, answerWithin: ANSWER_MS };
}

/** The strategy that ships, from its file. */
export async function publishStrategy(client: ForbearClient): Promise<Published> {
  const text = readFileSync(STRATEGY, 'utf8');
  return publish(client.book.db, strategyOf(text, 'standard-card.yaml'), text);
}

/** How the made-up bank signs; the worker reads it when it starts. */
export function letterhead({ data }: Stack): void {
  const bank = {
    bank: '示例银行',
    phone: '400-000-0000',
    payLink: 'https://pay.example.com/',
    ownerAlias: '08',
  };
  writeFileSync(join(data, 'letterheads.json'), JSON.stringify({ [LENDER]: bank, '*': bank }));
}

/** Enrols the portfolio as `forbear enrol` does, from a file; the players by the book's references. */
export async function enrol(
  stack: Stack,
  client: ForbearClient,
  cast: Cast,
  strategy: Published,
  clock: Clock,
  signal: AbortSignal,
  say: Say,
): Promise<ReadonlyMap<string, Player>> {
  const folder = join(stack.data, 'portfolio');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'portfolio.csv');
  writeFileSync(file, portfolioCsv(cast.roles));
  const now = clock.kind === 'real' ? client.now() : clock.epoch;
  const { rejected } = await enrolPortfolio(
    file,
    { kind: 'enrol', desk: client.desk, strategy, now },
    { rejects: join(folder, 'rejects.csv'), defaults: { lender: LENDER }, signal },
  );
  if (rejected > 0)
    say(`${rejected} accounts of the portfolio were rejected: ${join(folder, 'rejects.csv')}`);
  const byNumber = new Map(cast.roles.map((role) => [role.card.number, role]));
  const rows = await client.book.db.selectFrom('accounts').select(['ref', 'lenderNumber']).execute();
  return new Map(
    rows.flatMap(({ ref, lenderNumber }) => {
      const role = byNumber.get(lenderNumber);
      return role === undefined ? [] : [[ref, { ref, role, told: 0, closed: false }] as const];
    }),
  );
}
