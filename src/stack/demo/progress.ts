import type { ForbearClient } from '../../client/client';
import type { Say } from '../cache';
import type { Mailbox } from './mailbox';

const EVERY_MS = 10_000;

/** Says every few seconds which virtual day it is, where the accounts are and how many messages went out. */
export class Progress {
  private timer: NodeJS.Timeout | null = null;
  private readonly troubles = new Map<string, number>();

  constructor(
    private readonly client: ForbearClient,
    private readonly mailbox: Mailbox,
    private readonly say: Say,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.line().catch((error: unknown) => this.trouble(error)), EVERY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** Something that one of the played people could not do: said the first time, then counted. */
  trouble(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const times = (this.troubles.get(text) ?? 0) + 1;
    this.troubles.set(text, times);
    if (times === 1) this.say(`One of the people could not act: ${text}`);
  }

  private async line(): Promise<void> {
    const rows = await this.client.book.db
      .selectFrom('accounts')
      .select(['status', 'stage', 'outcome'])
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .groupBy(['status', 'stage', 'outcome'])
      .execute();
    const counts = new Map<string, number>();
    for (const { status, stage, outcome, count } of rows) {
      const name = status === 'closed' ? (outcome ?? 'closed') : (stage ?? 'current');
      counts.set(name, (counts.get(name) ?? 0) + Number(count));
    }
    const where = [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
    const { sms, email } = this.mailbox.count;
    this.say(`${this.client.now().slice(0, 10)}  ${where}; ${sms + email} messages`);
  }
}
