import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ForbearError } from '../domain/errors/forbear-error';
import { openBook } from '../book/open-book';
import { publishShipped } from '../book/policy/publish-shipped';
import type { Say } from './cache';
import { Keeper } from './keeper';
import { prepareNamespace } from './namespace';
import { startOutsideService, type OutsideService } from './outside-service';
import { createDatabase, removePostgresFiles, startPostgres, type Postgres } from './postgres';
import { removeElsewhere } from './postgres-place';
import { defaultData, note, noted, type StackInfo, type StackKind } from './running';
import { Supervisor } from './supervisor';
import { startTemporal, type TemporalServer } from './temporal';
import { findTemporal } from './temporal-server';
import { temporalOfProfile, type ProfileServer } from './temporal-profile';
import { connectionOf } from './worker-environment';
import { startWorkerService } from './worker-service';

export interface StackOptions {
  readonly kind: StackKind;
  /** Data folder; `.forbear/<kind>` in the current directory without it. */
  readonly data?: string;
  /** Receives the lines about what is being done. */
  readonly say?: Say;
  /** Raised to break off the start; a stack that stands is stopped by `stop`. */
  readonly signal?: AbortSignal;
  /** Told when a service ended too often to be started again. */
  readonly onLost?: (error: ForbearError) => void;
  /** Without a worker when false: a test may run its own. */
  readonly worker?: boolean;
}

export interface Stack extends StackInfo {
  /** Process id of a service: `postgres`, `temporal`, `outside`, `worker`. */
  pidOf(service: string): number | null;
  /** Starts the worker: for a stack that was started with `worker: false`, once the book has what it needs. */
  startWorker(): Promise<void>;
  /** Ends the worker alone, when what it has under way is done: from then on nothing is sent and everything counted. */
  stopWorker(): Promise<void>;
  /** Stops every process, the last started first, and leaves only the data folder. */
  stop(): Promise<void>;
}

export const TASK_QUEUE = 'forbear';
const NAMESPACES: Readonly<Record<StackKind, string>> = {
  demo: 'rehearsal',
  up: 'forbear',
  test: 'rehearsal',
};

/**
 * Starts the whole stack on one machine: PostgreSQL, Temporal with its UI, the mail server and the SMS centre, the
 * worker. What a killed run left in the data folder is stopped first. `up` keeps its data; the others start anew.
 *
 * @throws STACK_* when it cannot stand; everything already started is stopped again
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const data = resolve(options.data ?? defaultData(options.kind));
  const keeper = await Keeper.open(data);
  const abort = (): void => void keeper.close();
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    if (options.signal?.aborted === true) throw new ForbearError('STACK_INTERRUPTED');
    const stack = await raise(keeper, options);
    // From now on the caller stops it, after what it has under way: calls to a server that is gone would hang.
    options.signal?.removeEventListener('abort', abort);
    return stack;
  } catch (error) {
    await stop(keeper, options.kind);
    throw options.signal?.aborted === true ? new ForbearError('STACK_INTERRUPTED') : error;
  }
}

async function raise(keeper: Keeper, options: StackOptions): Promise<Stack> {
  const { kind, signal } = options;
  const say = options.say ?? (() => undefined);
  if (kind !== 'up') startAnew(keeper.data);
  const last = noted(keeper.data);
  const supervisor = new Supervisor(keeper, say, (error) => {
    say(error.message);
    options.onLost?.(error);
  });

  say(`Data folder: ${keeper.data}`);
  const wanted = last === null ? undefined : Number(new URL(last.bookUrl).port);
  const postgres = await supervisor.keep((before?: Postgres) =>
    startPostgres(keeper, kind === 'up', before?.port ?? wanted),
  );
  await createDatabase(postgres, 'book');
  const bookUrl = postgres.url('book');
  await prepareBook(bookUrl, say);
  say(`PostgreSQL: 127.0.0.1:${postgres.port}, database book`);

  const temporal = await temporalFor(keeper, options, supervisor, last);
  const namespace = temporal.namespace ?? NAMESPACES[kind];
  const temporalProfile = temporal.profile;
  const connection = connectionOf({ temporalAddress: temporal.address, temporalProfile });
  await prepareNamespace(connection, namespace);
  say(
    `Temporal: ${temporal.address}, namespace ${namespace}${temporal.ui === null ? '' : `, UI ${temporal.ui}`}`,
  );

  const outside = await supervisor.keep((before?: OutsideService) =>
    startOutsideService(keeper, before ?? portsOf(last)),
  );
  const info: StackInfo = {
    kind,
    data: keeper.data,
    temporalAddress: temporal.address,
    temporalProfile,
    namespace,
    taskQueue: TASK_QUEUE,
    uiAddress: temporal.ui,
    bookUrl,
    smtpUrl: `smtp://127.0.0.1:${outside.smtpPort}`,
    smppUrl: `smpp://127.0.0.1:${outside.smppPort}`,
    mailboxAddress: `http://127.0.0.1:${outside.httpPort}`,
  };
  say(`Mailbox: ${info.mailboxAddress}`);
  note(info);

  const startWorker = async (): Promise<void> => {
    await supervisor.keep(() => startWorkerService(keeper, info));
    say('Worker: running');
  };
  if (options.worker !== false) await startWorker();
  if (signal?.aborted === true) throw new ForbearError('STACK_INTERRUPTED');
  return {
    ...info,
    pidOf: (service) => keeper.recordOf(service)?.process.pid ?? null,
    startWorker,
    stopWorker: () => keeper.stop('worker'),
    stop: () => stop(keeper, kind),
  };
}

/** The book at this program's version, with the packs of rules that ship; a lender's own version of one stays. */
async function prepareBook(url: string, say: Say): Promise<void> {
  const book = await openBook(url, { migrate: true });
  try {
    const differing = (await publishShipped(book.db)).filter(({ became }) => became === 'differs');
    for (const { name } of differing)
      say(
        `The pack ${name} that ships differs from the published one: \`forbear policy publish ${name}\` takes it`,
      );
  } finally {
    await book.close();
  }
}

/** A server of the user's own is taken by `up` alone: the demo and the tests must never touch one. */
async function temporalFor(
  keeper: Keeper,
  options: StackOptions,
  supervisor: Supervisor,
  last: StackInfo | null,
): Promise<ProfileServer | (TemporalServer & { namespace: null; profile: false })> {
  const say = options.say ?? (() => undefined);
  const named = options.kind === 'up' ? temporalOfProfile(say) : null;
  if (named !== null) return named;
  const program = await findTemporal(say, options.signal);
  const wanted =
    last?.uiAddress == null
      ? undefined
      : { grpc: Number(last.temporalAddress.split(':')[1]), ui: Number(new URL(last.uiAddress).port) };
  const server = await supervisor.keep((before?: TemporalServer) =>
    startTemporal(keeper, program.path, before?.ports ?? wanted),
  );
  return { ...server, namespace: null, profile: false };
}

function portsOf(last: StackInfo | null) {
  if (last === null) return undefined;
  const port = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));
  return { smtpPort: port(last.smtpUrl), smppPort: port(last.smppUrl), httpPort: port(last.mailboxAddress) };
}

function startAnew(data: string): void {
  removePostgresFiles(data);
  for (const part of ['temporal', 'outside', 'stack.json'])
    rmSync(join(data, part), { recursive: true, force: true });
}

async function stop(keeper: Keeper, kind: StackKind): Promise<void> {
  await keeper.close();
  // Outside its data folder a rehearsal leaves nothing; what must last stays.
  if (kind !== 'up') removeElsewhere(keeper.data);
}
