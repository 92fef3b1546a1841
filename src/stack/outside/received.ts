import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One message as it arrived at the outside. */
export interface Received {
  /** 1, 2, 3 … in the order of arrival, also across restarts. */
  readonly n: number;
  readonly channel: 'email' | 'sms';
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  /** Message-ID of a mail; the SMS centre's own id of a text message. */
  readonly id: string;
  /** Parts that a long text message came in. */
  readonly parts?: number;
  /** Mail headers and SMS fields that a test may want to see. */
  readonly extra?: Readonly<Record<string, string>>;
}

/**
 * Everything that arrived, kept as JSON lines. A line is on the disk before the sender is told "accepted": the file is
 * what recovery tests count messages in.
 */
export class ReceivedMessages {
  private readonly file: string;
  private readonly messages: Received[];

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'received.jsonl');
    this.messages = existsSync(this.file) ? readLines(this.file) : [];
  }

  add(message: Omit<Received, 'n' | 'at'>): Received {
    const last = this.messages[this.messages.length - 1];
    const whole: Received = { n: (last?.n ?? 0) + 1, at: new Date().toISOString(), ...message };
    appendFileSync(this.file, JSON.stringify(whole) + '\n');
    this.messages.push(whole);
    return whole;
  }

  /** Those after number `n`, oldest first. */
  since(n: number): readonly Received[] {
    return n <= 0 ? this.messages : this.messages.filter((message) => message.n > n);
  }
}

function readLines(file: string): Received[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  // The last line may be cut short by a kill in the middle of writing: its sender was never told "accepted".
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Received];
    } catch {
      return [];
    }
  });
}
