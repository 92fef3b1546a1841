import { setMaxListeners } from 'node:events';
import type { ForbearClient } from '../../client/client';
import { addDays } from '../../domain/calendar/day';
import type { Instant } from '../../domain/units';
import type { Say } from '../cache';
import { interruption, untilRaised } from '../interruption';
import { defaultData } from '../running';
import { startStack, type Stack } from '../stack';
import { Agenda } from './agenda';
import { castOf, type Cast } from './cast';
import { openDesk } from './desk';
import { untilCaughtUp } from './catch-up';
import { examplesOf } from './examples';
import { Mailbox } from './mailbox';
import { paceFor, paceOf, SHOW_DAYS, type Pace } from './pace';
import { Play } from './play';
import { Till, type Player, type Scene } from './players';
import {
  clockFor,
  endOf,
  enrol,
  FIRST_DAY,
  letterhead,
  openAsker,
  openDemoClient,
  publishStrategy,
} from './prepare';
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
/** With `--keep` people go on living for so many years of the rehearsal. */
const KEEP_DAYS = 3 * 365;
/** The world goes on a little after the last day, for accounts that are ahead of the slowest. */
const DAYS_AFTER = 365;
/** For the answers of accounts to what was asked of them. */
const PATIENCE_MS = 5_000;

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
    const cast = await castFor(options);
    stack = await startStack({
      kind: 'demo',
      data: options.data ?? defaultData('demo'),
      say,
      signal: stopped.signal,
      worker: false,
      onLost: () => lost.abort(),
    });
    const summary = await show(stack, cast, options, signal);
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

function castFor({
  accounts = ACCOUNTS,
  seed = SEED,
  days = SHOW_DAYS,
  keep,
  portfolio,
}: DemoOptions): Promise<Cast> {
  const known = keep === true ? KEEP_DAYS : days + DAYS_AFTER;
  const months = Math.ceil(known / 28) + 2;
  return castOf({
    accounts,
    seed,
    months,
    portfolio,
    enrolledOn: FIRST_DAY,
    until: addDays(FIRST_DAY, known),
  });
}

async function show(
  stack: Stack,
  cast: Cast,
  options: DemoOptions,
  signal: AbortSignal,
): Promise<Summary | null> {
  const say = options.say ?? (() => undefined);
  const { seed = SEED, days = SHOW_DAYS } = options;
  const pace =
    options.factor === undefined ? paceFor(cast.roles.length, await strength()) : paceOf(options.factor);
  sayPace(say, cast, pace, days);

  letterhead(stack);
  const clock = clockFor(cast, pace);
  const client = await openDemoClient(stack, clock);
  const asker = await openAsker(stack);
  try {
    await stack.startWorker();
    const strategy = await publishStrategy(client);
    say(`Strategy: ${strategy.name}@${strategy.version} (${strategy.hash.slice(0, 12)})`);
    const players = await enrol(stack, client, cast, strategy, clock, signal, say);
    const over = new AbortController();
    // Every open offer of a promise waits on it: many listeners are no leak.
    setMaxListeners(0, over.signal);
    const scene: Scene = {
      client,
      asker,
      agenda: new Agenda(),
      desk: await openDesk(client.book.db),
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
    await asker.close();
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
      await settled(scene.offered);
      await stack.stopWorker();
      await mailbox.fresh();
    }
    progress.stop();
    const summary = await summarise(client.book.db, of.last, { till: scene.till, mailbox: mailbox.count });
    await conclude(of, summary);
    if (options.keep === true) await untilRaised(signal);
    return summary;
  } finally {
    progress.stop();
    await play.stop();
  }
}

/** Who still waits for an answer hangs up, before the line is closed. */
function dropOffers(offered: ReadonlySet<Promise<void>>, over: AbortController): Promise<void> {
  over.abort();
  return settled(offered);
}

async function settled(offered: ReadonlySet<Promise<void>>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([Promise.all(offered), untilRaised(patience.signal, PATIENCE_MS)]);
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
    minutes < 2 ? `about ${Math.ceil(minutes * 60)} seconds` : `about ${Math.round(minutes)} minutes`;
  say(
    `Rehearsal: ${cast.roles.length} of ${cast.from} accounts, ${cast.says}; ` +
      `one day takes ${pace.secondsADay.toFixed(2)} s (factor ${Math.round(pace.factor)}), ${days} days ${time}`,
  );
}
