import type { Book } from '../../book/open-book';
import type { Instant } from '../../domain/units';

/** A message as a person of the show gets it. */
export interface Mail {
  readonly account: string;
  /** When it was sent, by the account's clock. */
  readonly at: Instant;
  /** Names it within the account. */
  readonly key: string;
}

interface Arrived {
  readonly n: number;
  readonly channel: 'email' | 'sms';
}

/** Reads the mailbox of the stack, as the people do whose letters are in it. */
export class Mailbox {
  private last = 0;
  private read = new Date(0).toISOString();
  private readonly seen = new Set<string>();
  private readonly counts = { email: 0, sms: 0 };

  constructor(
    private readonly address: string,
    private readonly book: Book,
  ) {}

  /** Messages that have arrived so far. */
  get count(): Readonly<Record<'email' | 'sms', number>> {
    return this.counts;
  }

  /** Those that have arrived since the last look. */
  async fresh(): Promise<Mail[]> {
    const response = await fetch(`${this.address}/messages.json?since=${this.last}`);
    const arrived = (await response.json()) as Arrived[];
    if (arrived.length === 0) return [];
    this.last = arrived[arrived.length - 1]?.n ?? this.last;
    for (const { channel } of arrived) this.counts[channel] += 1;
    return this.sent();
  }

  /** A number in the mailbox says nothing about the virtual moment; the book's own record of the message does. */
  private async sent(): Promise<Mail[]> {
    const rows = await this.book.db
      .selectFrom('attempts')
      .select(['id', 'account', 'at', 'step', 'anchor', 'n', 'settledAt'])
      .where('status', '=', 'accepted')
      .where('channel', 'in', ['sms', 'email'])
      .where('settledAt', '>', this.read)
      .orderBy('settledAt')
      .execute();
    const fresh = rows.filter(({ id }) => !this.seen.has(id));
    for (const { id } of fresh) this.seen.add(id);
    const last = rows[rows.length - 1]?.settledAt;
    if (last != null) this.read = new Date(Date.parse(last) - 5_000).toISOString();
    return fresh.map(({ account, at, step, anchor, n }) => ({ account, at, key: `${step}:${anchor}:${n}` }));
  }
}
