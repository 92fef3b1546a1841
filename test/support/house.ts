import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setClock } from '../../src/book/clock';
import { publish, type Published } from '../../src/book/strategies';
import { openClient, type ForbearClient } from '../../src/client/client';
import { enrolPortfolio } from '../../src/client/enrol/enrol';
import type { Clock } from '../../src/domain/clock';
import type { Strategy } from '../../src/domain/strategy/strategy';
import type { Received } from '../../src/stack/outside/received';
import type { Behaviour } from '../../src/stack/outside/behaviour';
import { removeElsewhere } from '../../src/stack/postgres-place';
import { startStack, type Stack } from '../../src/stack/stack';

/** The first moment of every rehearsal here: midnight of a Monday in Shanghai. */
export const EPOCH = '2026-03-01T16:00:00.000Z';
export const TODAY = '2026-03-02';

export interface HouseOptions {
  readonly strategy: Strategy;
  /** Real seconds that a virtual day takes; null: real time. */
  readonly secondsADay: number | null;
  /** Real seconds for which virtual time stands still at first, until everybody is enrolled. */
  readonly headStart?: number;
  /** Environment of the worker, such as how often it sweeps. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A lender on one machine, nothing of it played: PostgreSQL, Temporal, the mail server, the SMS centre and the worker
 * are processes of their own, and what people were sent is read where it arrived.
 */
export class House {
  private constructor(
    readonly stack: Stack,
    readonly client: ForbearClient,
    readonly published: Published,
    readonly clock: Clock,
  ) {}

  static async open(options: HouseOptions): Promise<House> {
    const data = mkdtempSync(join(tmpdir(), 'forbear-e2e-'));
    // The stack's worker takes its optional settings from this process.
    Object.assign(process.env, { FORBEAR_SWEEP_SECONDS: '1', ...options.env });
    let stack: Stack | null = null;
    try {
      stack = await startStack({ kind: 'test', data, worker: false });
      const clock = clockOf(options);
      const first = await openClient(placeOf(stack));
      await setClock(first.book.db, clock);
      await first.close();
      const client = await openClient(placeOf(stack));
      const published = await publish(client.book.db, options.strategy, options.strategy.title);
      return new House(stack, client, published, clock);
    } catch (error) {
      await stack?.stop();
      leave(data);
      throw error;
    }
  }

  /** Enrols rows under the columns of a portfolio file; answers the book's references by the lender's numbers. */
  async enrol(rows: readonly Row[], start = true): Promise<ReadonlyMap<string, string>> {
    const file = join(this.stack.data, `portfolio-${Date.now()}.csv`);
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const line = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(',');
    const lines = rows.map((row) => line(columns.map((column) => row[column] ?? '')));
    writeFileSync(file, [line(columns), ...lines, ''].join('\n'));
    const { product, currency, zone } = TERMS_OF_ALL;
    const result = await enrolPortfolio(
      file,
      {
        kind: 'enrol',
        desk: this.client.desk,
        strategy: this.published,
        now: this.clock.kind === 'real' ? this.client.now() : this.clock.epoch,
      },
      {
        rejects: `${file}.rejects`,
        defaults: { lender: 'bank', language: 'zh', country: 'CN', product, currency, zone },
        rate: 200,
      },
    );
    if (result.rejected > 0 || (start && result.started !== rows.length)) {
      throw new Error(`not everybody was enrolled: ${JSON.stringify(result)}`);
    }
    const known = await this.client.book.db.selectFrom('accounts').select(['ref', 'lenderNumber']).execute();
    return new Map(known.map(({ ref, lenderNumber }) => [lenderNumber, ref]));
  }

  /** Everything that arrived at the mail server and the SMS centre, the oldest first. */
  async received(): Promise<readonly Received[]> {
    const response = await fetch(`${this.stack.mailboxAddress}/messages.json`);
    return (await response.json()) as readonly Received[];
  }

  /** Lets the mail server or the SMS centre behave as carriers sometimes do. */
  async behave(behaviour: Behaviour): Promise<void> {
    const url = `${this.stack.mailboxAddress}/behave`;
    const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(behaviour) });
    if (status !== 204) throw new Error(`the outside did not understand: ${status}`);
  }

  /** Kills a service as a power cut would; the stack starts it again at the same address. */
  async kill(service: 'postgres' | 'temporal' | 'worker'): Promise<void> {
    const pid = this.stack.pidOf(service);
    if (pid === null) throw new Error(`${service} does not run`);
    process.kill(pid, 'SIGKILL');
    await eventually(`${service} runs again`, () => {
      const now = this.stack.pidOf(service);
      return now !== null && now !== pid;
    });
  }

  handle(ref: string) {
    return this.client.desk.temporal.workflow.getHandle(`account:bank:${ref}`);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.stack.stop();
    leave(this.stack.data);
  }
}

export type Row = Readonly<Record<string, string>>;

const TERMS_OF_ALL = { product: 'credit_card', currency: 'CNY', zone: 'Asia/Shanghai' } as const;

/** Fails with what was waited for when it does not come about; conditions that throw do not hold yet. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 90,
): Promise<void> {
  let last: unknown = null;
  for (const until = Date.now() + seconds * 1_000; Date.now() < until;) {
    try {
      if (await holds()) return;
      last = null;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`, { cause: last });
}

function clockOf({ secondsADay, headStart = 0 }: HouseOptions): Clock {
  if (secondsADay === null) return { kind: 'real' };
  const started = new Date(Date.now() + headStart * 1_000).toISOString();
  return { kind: 'rehearsal', epoch: EPOCH, started, factor: 86_400 / secondsADay };
}

function placeOf({ bookUrl, temporalAddress: address, namespace, taskQueue }: Stack) {
  return { bookUrl, temporal: { address, namespace, taskQueue }, answerWithin: 20_000 };
}

function leave(data: string): void {
  removeElsewhere(data);
  rmSync(data, { recursive: true, force: true });
}
