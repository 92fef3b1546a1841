import type { Payload, PayloadCodec } from '@temporalio/common';

/** The compiled document that a hash names, checked against it. */
export type LoadStrategy = (hash: string) => Promise<unknown>;

/** Said when a document could not be put in: the workflow task fails and is tried again. */
export type SayUnloaded = (hash: string, error: unknown) => void;

interface Named {
  readonly strategy: { readonly hash: string; readonly document?: unknown };
}

const NEEDLE = Buffer.from('"hash"');

/**
 * Puts the compiled strategy into the input of an account's workflow and takes it out again when the account continues
 * as new, so that histories, clients and Temporal's UI hold its hash only: inline, a document of 9 KB triples the bytes
 * of a life. On the worker alone. Never throws, for it also sees every broken message: what it cannot complete it
 * leaves as it is, and the workflow says that its strategy is missing.
 *
 * Stands apart from the workflows, which cannot wait for a book, and from the book, which knows nothing of Temporal.
 */
export class StrategyCodec implements PayloadCodec {
  constructor(
    private readonly load: LoadStrategy,
    private readonly sayUnloaded: SayUnloaded = () => undefined,
  ) {}

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.without(payload)));
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.with(payload)));
  }

  private without(payload: Payload): Payload {
    const value = named(payload);
    if (value === null || value.strategy.document === undefined) return payload;
    return holding(payload, { ...value, strategy: { hash: value.strategy.hash } });
  }

  private async with(payload: Payload): Promise<Payload> {
    const value = named(payload);
    if (value === null) return payload;
    const { hash } = value.strategy;
    try {
      return holding(payload, { ...value, strategy: { hash, document: await this.load(hash) } });
    } catch (error) {
      this.sayUnloaded(hash, error);
      return holding(payload, { ...value, strategy: { hash } });
    }
  }
}

function named(payload: Payload): Named | null {
  try {
    const data = Buffer.from(payload.data ?? []);
    if (!data.includes(NEEDLE)) return null;
    const value = JSON.parse(data.toString('utf8')) as Partial<Named> | null;
    return typeof value?.strategy?.hash === 'string' ? (value as Named) : null;
  } catch {
    return null;
  }
}

function holding(payload: Payload, value: Named): Payload {
  return { ...payload, data: Buffer.from(JSON.stringify(value), 'utf8') };
}
