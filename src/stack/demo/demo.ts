import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setClock } from '../../book/clock';
import { publish, type Published } from '../../book/strategies';
import { openClient, type ForbearClient } from '../../client/client';
import { enrolPortfolio } from '../../client/enrol/enrol';
import { realDelay, type Clock } from '../../domain/clock';
import type { Instant } from '../../domain/units';
import { addDays } from '../../domain/calendar/day';
import { instantOf } from '../../domain/calendar/zone';
import { strategyOf } from '../../domain/strategy/document/compile';
import { LENDER, portfolioCsv } from '../../lab/portfolio/rows';
import type { Say } from '../cache';
import { interruption, untilRaised } from '../interruption';
import { defaultData } from '../running';
import { startStack, type Stack } from '../stack';
import { Agenda } from './agenda';
import { castOf, type Cast } from './cast';
import { untilCaughtUp } from './catch-up';
import { examplesOf } from './examples';
import { Mailbox } from './mailbox';
import { paceFor, paceOf, SHOW_DAYS, type Pace } from './pace';
import { Play } from './play';
import { Till, type Player, type Scene } from './players';
import { Progress } from './progress';
import { strength } from './strength';
import { summarise, tables, type Summary } from './summary';

export interface DemoOptions {
  readonly accounts?: number;
  /** A real file of card accounts instead of the portfolio that ships. */
  readonly portfolio?: string;
  readonly seed?: number;
  readonly data?: string;
  /** Goes on after the table, until it is stopped. */
  readonly keep?: boolean;
  readonly json?: boolean;
  /** Virtual seconds in a real one, instead of what the machine carries. */
  readonly factor?: number;
  /** Virtual days that the show lasts. */
  readonly days?: number;
  /** What is being done, for people. */
  readonly say?: Say;
  /** The end: a table, or JSON. */
  readonly out?: Say;
}

export interface DemoResult {
  readonly exitCode: number;
  readonly summary: Summary | null;
}

const ACCOUNTS = 50;
const SEED = 7;
/** The first day of every show: a Monday in winter, so that the Spring Festival falls into it. */
const FIRST_DAY = '2026-01-05';
const ZONE = 'Asia/Shanghai';
/** An account that is behind answers late. */
const ANSWER_MS = 600_000;
/** With `--keep` people go on living for so many years of the rehearsal. */
const KEEP_DAYS = 3 * 365;
const STRATEGY = join(__dirname, '..', '..', '..', 'strategies', 'standard-card.yaml');
/** The world goes on a little after the last day, for accounts that are ahead of the slowest. */
const DAYS_AFTER = 365;
const HANG_UP_MS = 5_000;
/** Virtual time stands still at first, until the accounts of the portfolio are there. */
const HEAD_START_MS = 2_000;
const HEAD_START_AN_ACCOUNT_MS = 60;

/**
 * Lets accounts live through the standard strategy on this machine, in a rehearsal, and ends with a table. The stack,
 * the strategy, the enrolment and the workflows are the product's own; only the people are played.
 *
 * @throws STACK_* when the stack cannot stand, FILE_UNREADABLE for a portfolio that is not there
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const say = options.say ?? (() => undefined);
  const stopped = interruption();
  const lost = new AbortController();
  const signal = AbortSignal.any([stopped.signal, lost.signal]);
  let stack: Stack | null = null;
  try {
    stack = await startStack({
      kind: 'demo',
      data: options.data ?? defaultData('demo'),
      say,
      signal: stopped.signal,
      worker: false,
      onLost: () => lost.abort(),
    });
    const summary = await show(stack, options, signal);
    return { exitCode: lost.signal.aborted ? 1 : stopped.exitCode(), summary };
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    return { exitCode: stopped.exitCode(), summary: null };
  } finally {
    if (stack !== null) {
      say('Stopping');
      await stack.stop();
    }
    stopped.dispose();
  }
}

async function show(stack: Stack, options: DemoOptions, signal: AbortSignal): Promise<Summary | null> {
  const say = options.say ?? (() => undefined);
  const { seed = SEED, days = SHOW_DAYS, keep = false } = options;
  const until = addDays(FIRST_DAY, keep ? KEEP_DAYS : days + DAYS_AFTER);
  const cast = await castOf({
    accounts: options.accounts ?? ACCOUNTS,
    seed,
    enrolledOn: FIRST_DAY,
    until,
    months: Math.ceil((keep ? KEEP_DAYS : days + DAYS_AFTER) / 28) + 2,
    portfolio: options.portfolio,
  });
  const pace =
    options.factor === undefined ? paceFor(cast.roles.length, await strength()) : paceOf(options.factor);
  sayPace(say, cast, pace, days);

  letterhead(stack);
  const clock = clockFor(cast, pace);
  const client = await openDemoClient(stack, clock);
  try {
    await stack.startWorker();
    const strategy = await publishStrategy(client);
    say(`Strategy: ${strategy.name}@${strategy.version} (${strategy.hash.slice(0, 12)})`);
    const players = await enrol(stack, client, cast, strategy, clock, signal);
    const over = new AbortController();
    const scene: Scene = {
      client,
      agenda: new Agenda(),
      seed,
      till: new Till(),
      offered: new Set(),
      over: over.signal,
    };
    const mailbox = new Mailbox(stack.mailboxAddress, client.book);
    return await perform({
      stack,
      client,
      players,
      scene,
      mailbox,
      options,
      signal,
      ...endOf(clock, days),
    }).finally(() => dropOffers(scene.offered, over));
  } finally {
    await client.close();
  }
}

interface Performance {
  readonly stack: Stack;
  readonly client: ForbearClient;
  readonly players: ReadonlyMap<string, Player>;
  readonly scene: Scene;
  readonly mailbox: Mailbox;
  readonly options: DemoOptions;
  readonly signal: AbortSignal;
  /** The last virtual moment of the show, and when it comes in real time. */
  readonly last: Instant;
  readonly end: number;
}

async function perform(of: Performance): Promise<Summary | null> {
  const { stack, client, players, scene, mailbox, options, signal, end } = of;
  const say = options.say ?? (() => undefined);
  const progress = new Progress(client, mailbox, say);
  const play = new Play(scene, players, mailbox, (error) => progress.trouble(error));
  play.start();
  progress.start();
  try {
    await untilRaised(signal, end - Date.now());
    if (signal.aborted) return null;
    await untilCaughtUp(client, players.values(), of.last, say, signal);
    if (signal.aborted) return null;
    if (options.keep !== true) {
      // The numbers are counted when nothing moves any more.
      await play.stop();
      await stack.stopWorker();
      await mailbox.fresh();
    }
    progress.stop();
    const summary = await summarise(client.book.db, { paid: scene.till.total, mailbox: mailbox.count });
    await conclude(of, summary);
    if (options.keep === true) await untilRaised(signal);
    return summary;
  } finally {
    progress.stop();
    await play.stop();
  }
}

/** Who still waits for an answer hangs up, before the line is closed. */
async function dropOffers(offered: ReadonlySet<Promise<void>>, over: AbortController): Promise<void> {
  over.abort();
  const patience = new AbortController();
  await Promise.race([Promise.all(offered), untilRaised(patience.signal, HANG_UP_MS)]);
  patience.abort();
}

async function conclude({ stack, client, options }: Performance, summary: Summary): Promise<void> {
  const out = options.out ?? (() => undefined);
  const { uiAddress, mailboxAddress } = stack;
  const examples = await examplesOf(client.book.db, options.data);
  if (options.json === true) {
    out(JSON.stringify({ ...summary, ui: uiAddress, mailbox_address: mailboxAddress, examples }, null, 2));
    return;
  }
  out(tables(summary));
  out(`Temporal's UI: ${uiAddress ?? ''}\nMailbox:       ${mailboxAddress}`);
  if (options.keep === true) out(`${examples.join('\n')}\nThe accounts live on until Ctrl-C.`);
  else out('With --keep all of it stays up to be looked at: forbear show ACCOUNT, forbear timeline ACCOUNT.');
}

function sayPace(say: Say, cast: Cast, pace: Pace, days: number): void {
  const minutes = (days * pace.secondsADay) / 60;
  const time =
    minutes < 1 ? `about ${Math.ceil(minutes * 60)} seconds` : `about ${Math.round(minutes)} minutes`;
  say(
    `Rehearsal: ${cast.roles.length} of ${cast.from} accounts, ${cast.says}; ` +
      `one day takes ${pace.secondsADay.toFixed(2)} s (factor ${Math.round(pace.factor)}), ${days} days ${time}`,
  );
}

function clockFor(cast: Cast, { factor }: Pace): Clock {
  const started = Date.now() + HEAD_START_MS + cast.roles.length * HEAD_START_AN_ACCOUNT_MS;
  const epoch = instantOf(FIRST_DAY, '00:00', ZONE);
  return { kind: 'rehearsal', epoch, started: new Date(started).toISOString(), factor };
}

function endOf(clock: Clock, days: number): { readonly last: Instant; readonly end: number } {
  const last = instantOf(addDays(FIRST_DAY, days), '00:00', ZONE);
  return { last, end: Date.now() + realDelay(clock, Date.now(), last) };
}

/** The clock goes into the book first: what is enrolled and started takes it from there. */
async function openDemoClient(stack: Stack, clock: Clock): Promise<ForbearClient> {
  const options = {
    bookUrl: stack.bookUrl,
    temporal: { address: stack.temporalAddress, namespace: stack.namespace, taskQueue: stack.taskQueue },
    answerWithin: ANSWER_MS,
  };
  const first = await openClient(options);
  await setClock(first.book.db, clock);
  await first.close();
  return openClient(options);
}

async function publishStrategy(client: ForbearClient): Promise<Published> {
  const text = readFileSync(STRATEGY, 'utf8');
  return publish(client.book.db, strategyOf(text, 'standard-card.yaml'), text);
}

/** How the made-up bank signs; the worker reads it when it starts. */
function letterhead({ data }: Stack): void {
  const bank = {
    bank: '示例银行',
    phone: '400-000-0000',
    payLink: 'https://pay.example.com/',
    ownerAlias: '08',
  };
  writeFileSync(join(data, 'letterheads.json'), JSON.stringify({ [LENDER]: bank, '*': bank }));
}

async function enrol(
  stack: Stack,
  client: ForbearClient,
  cast: Cast,
  strategy: Published,
  clock: Clock,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Player>> {
  const folder = join(stack.data, 'portfolio');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'portfolio.csv');
  writeFileSync(file, portfolioCsv(cast.roles));
  const now = clock.kind === 'real' ? client.now() : clock.epoch;
  await enrolPortfolio(
    file,
    { kind: 'enrol', desk: client.desk, strategy, now },
    { rejects: join(folder, 'rejects.csv'), defaults: { lender: LENDER }, signal },
  );
  const byNumber = new Map(cast.roles.map((role) => [role.card.number, role]));
  const rows = await client.book.db.selectFrom('accounts').select(['ref', 'lenderNumber']).execute();
  return new Map(
    rows.flatMap(({ ref, lenderNumber }) => {
      const role = byNumber.get(lenderNumber);
      return role === undefined ? [] : [[ref, { ref, role, told: 0, closed: false }] as const];
    }),
  );
}
