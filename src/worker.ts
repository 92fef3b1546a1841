import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, type NativeConnectionOptions, type Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from './activities/create-activities';
import { createFeedActivities } from './activities/feed/feed-activities';
import { EXAMPLE_LETTERHEAD, type Letterheads } from './activities/templates/letterhead';
import { TemplateStore } from './activities/templates/template-store';
import { listChannels, readClock } from './book/clock';
import { openBook, type Book, type Db } from './book/open-book';
import { strategyByHash } from './book/strategies';
import { deliverFeed } from './client/feed/deliver';
import type { Desk } from './client/start';
import { keepSweeping } from './client/sweep';
import { keepTurning } from './client/turns';
import { handOverPayouts } from './activities/host/hand-over';
import { ForbearError } from './domain/errors/forbear-error';
import { connectionOf, readWorkerEnvironment, type WorkerEnvironment } from './stack/worker-environment';
import { keepBureauSchedule } from './worker/bureau-schedule';
import { createAccountWorker } from './worker/account-worker';
import { BusinessMetrics, keepFigures } from './worker/business-metrics';
import { BUNDLE_FILE } from './worker/bundle';
import { openCarriers } from './worker/carriers';
import { keepSealing } from './worker/daily-seal';
import { createFeedWorker } from './worker/feed-worker';
import { openHost } from './worker/host';
import { installRuntime, workerLog } from './worker/log';

/** Templates that ship with the product, in the languages that its strategies speak. */
const TEMPLATES = join(__dirname, '..', 'templates');
const SWEEP_SECONDS = 10;
const FIGURES_SECONDS = 60;

/** Optional settings, beside those that the stack writes (stack/worker-environment.ts). */
interface Extras {
  readonly logLevel: string;
  /** Host and port to serve Prometheus metrics on. */
  readonly metrics: string | undefined;
  readonly mailFrom: string;
  readonly smsFrom: string;
  /** The lender's system, where it is called; otherwise it empties a folder (worker/host.ts). */
  readonly hostUrl: string | undefined;
  readonly hostSecret: string | undefined;
  readonly language: string;
  readonly sweepSeconds: number;
  /** How often the figures of reports and metrics follow the events. */
  readonly figuresSeconds: number;
  /** Where the lender's calendar days are counted: the bureau's month ends there. */
  readonly zone: string;
  /** What this worker does: `accounts`, `feeds` or both. Feeds only where the folders are in which they arrive. */
  readonly work: readonly string[];
}

function readExtras(env: NodeJS.ProcessEnv): Extras {
  return {
    logLevel: env['FORBEAR_LOG_LEVEL'] ?? 'info',
    metrics: env['FORBEAR_METRICS'],
    mailFrom: env['FORBEAR_MAIL_FROM'] ?? 'collections@forbear.invalid',
    smsFrom: env['FORBEAR_SMS_FROM'] ?? 'Forbear',
    hostUrl: env['FORBEAR_HOST_URL'],
    hostSecret: env['FORBEAR_HOST_SECRET'],
    language: env['FORBEAR_LANGUAGE'] ?? 'zh',
    sweepSeconds: Number(env['FORBEAR_SWEEP_SECONDS'] ?? SWEEP_SECONDS),
    figuresSeconds: Number(env['FORBEAR_FIGURES_SECONDS'] ?? FIGURES_SECONDS),
    zone: env['FORBEAR_ZONE'] ?? 'Asia/Shanghai',
    work: (env['FORBEAR_WORK'] ?? 'accounts,feeds').split(',').map((part) => part.trim()),
  };
}

/** A part of the work: a worker, and what is to be closed when it has ended. */
interface Part {
  readonly worker: Worker;
  close(): Promise<void>;
}

/** Runs until SIGTERM or SIGINT: what is under way is finished, then everything is closed. */
async function run(settings: WorkerEnvironment, extras: Extras, log: Logger): Promise<void> {
  installRuntime(log, extras.metrics);
  const book = await openBook(settings.bookUrl, { max: 20 });
  const connection = await NativeConnection.connect(connectionOf(settings) as NativeConnectionOptions);
  const { namespace, taskQueue } = settings;
  const temporal = new Client({ connection, namespace });
  const desk: Desk = { db: book.db, temporal, taskQueue, clock: await readClock(book.db) };
  const parts: Part[] = [];
  if (extras.work.includes('accounts'))
    parts.push(await accounts(book, desk, connection, settings, extras, log));
  if (extras.work.includes('feeds')) parts.push(await feeds(desk, connection, namespace));
  const done = Promise.all(parts.map(({ worker }) => worker.run()));
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, namespace, taskQueue })}\n`);
  try {
    await done;
  } finally {
    for (const part of parts) await part.close();
    await connection.close();
    await book.close();
  }
}

async function accounts(
  book: Book,
  desk: Desk,
  connection: NativeConnection,
  settings: WorkerEnvironment,
  extras: Extras,
  log: Logger,
): Promise<Part> {
  const carriers = await openCarriers(book.db, { ...settings, ...extras });
  const host = await openHost(book.db, { ...settings, ...extras });
  const { namespace, taskQueue } = settings;
  const worker = await createAccountWorker({
    connection,
    namespace,
    taskQueue,
    bundle: { codePath: BUNDLE_FILE },
    activities: createActivities({
      db: book.db,
      carriers: carriers.byChannel,
      templates: new TemplateStore(TEMPLATES, extras.language),
      letterheads: await letterheads(book.db, settings.data),
      host,
    }),
    loadStrategy: (hash) => strategyByHash(book.db, hash),
    sayUnloaded: (hash, error) => log.warn({ hash, code: codeOf(error) }, 'strategy could not be loaded'),
  });
  const handing = keepTurning(
    () => () => handOverPayouts(book.db, host),
    extras.sweepSeconds,
    (error) => log.warn({ code: codeOf(error) }, 'what is to be paid back was not handed over and is later'),
  );
  const order = await keepOrder(desk, extras, log);
  const close = async (): Promise<void> => {
    await Promise.all([order.stop(), handing.stop()]);
    await carriers.close();
  };
  return { worker, close };
}

/** The lender's files, where this machine sees the folders that they come to. */
async function feeds(desk: Desk, connection: NativeConnection, namespace: string): Promise<Part> {
  const { db, taskQueue } = desk;
  const activities = createFeedActivities({
    db,
    deliver: (feed, options) => deliverFeed(desk, feed, options),
  });
  const worker = await createFeedWorker({ connection, namespace, taskQueue, activities });
  return { worker, close: () => Promise.resolve() };
}

/** What runs beside the accounts: the sweep, the figures, and the bureau's schedule. */
async function keepOrder(
  desk: Desk,
  { sweepSeconds, figuresSeconds, metrics, zone }: Extras,
  log: Logger,
): Promise<{ stop(): Promise<void> }> {
  const { db, temporal, taskQueue, clock } = desk;
  await keepBureauSchedule(temporal, taskQueue, clock, zone);
  const figures = keepFigures(db, {
    ...{ clock, zone, everySeconds: figuresSeconds },
    metrics: metrics === undefined ? null : new BusinessMetrics(Runtime.instance().metricMeter),
    onError: (error) => log.warn({ code: codeOf(error) }, 'the figures are behind and are made later'),
  });
  const sweeping = keepSweeping(desk, {
    everySeconds: sweepSeconds,
    onError: (error) => log.warn({ code: codeOf(error) }, 'the sweep was broken off and goes on later'),
  });
  const sealing = keepSealing(db, (error) =>
    log.warn({ code: codeOf(error) }, 'the evidence is not sealed yet and is sealed later'),
  );
  return {
    stop: async () => {
      await Promise.all([sweeping.stop(), figures.stop(), sealing.stop()]);
    },
  };
}

/** How each lender signs, from `letterheads.json` in the data folder; an example's while nothing leaves the machine. */
async function letterheads(db: Db, data: string): Promise<Letterheads> {
  const file = join(data, 'letterheads.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Letterheads;
  const channels = await listChannels(db);
  return channels.every(({ reach }) => reach === 'loopback') ? { '*': EXAMPLE_LETTERHEAD } : {};
}

/** Libraries quote rows and addresses in their messages; a code or the class of the error says enough. */
function codeOf(error: unknown): string {
  return (error as { code?: string } | null)?.code ?? (error instanceof Error ? error.name : 'unknown');
}

function main(): void {
  const read = readWorkerEnvironment(process.env);
  if ('missing' in read) {
    process.stderr.write(
      `The worker needs ${read.missing.join(', ')} in its environment. forbear up sets them.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const extras = readExtras(process.env);
  const unknown = extras.work.find((part) => part !== 'accounts' && part !== 'feeds');
  if (unknown !== undefined) {
    process.stderr.write(
      `FORBEAR_WORK holds "${unknown}": it may be accounts, feeds, or both with a comma.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const log = workerLog(extras.logLevel);
  run(read.settings, extras, log).then(
    () => process.exit(0),
    (error: unknown) => {
      const text = error instanceof ForbearError ? error.message : `The worker stopped (${codeOf(error)})`;
      log.error({ code: codeOf(error) }, text);
      process.exit(1);
    },
  );
}

main();
