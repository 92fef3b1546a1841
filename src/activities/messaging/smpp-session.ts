import { connect, type PDU, type Session } from 'smpp';

export interface SmppOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: boolean;
  readonly systemId: string;
  readonly password: string;
  /** How long to wait for connecting and binding, and for an answer to `enquire_link`. */
  readonly answerMs?: number;
  readonly enquireMs?: number;
}

const ANSWER_MS = 5_000;
const ENQUIRE_MS = 20_000;
const LONGEST_PAUSE_MS = 30_000;

/** The session is not there, and nothing was written to it. */
export class NotBound extends Error {}
/** It ended after the request was written: nobody knows whether the centre took it. */
export class LostAnswer extends Error {}

/**
 * One transceiver session with an SMS centre. Binds when first needed, asks after the link, and binds again by itself
 * when it was lost: delivery receipts come only to a session that is bound.
 */
export class SmppSession {
  private bound: Promise<Session> | null = null;
  private readonly waiting = new Set<(error: Error) => void>();
  private enquiring: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;
  private pause = 1_000;
  private closed = false;

  constructor(
    private readonly options: SmppOptions,
    private readonly onDeliver: (pdu: PDU) => Promise<void>,
  ) {}

  /**
   * @param beforeWriting asked once the session is bound; false: nothing is written any more
   * @throws NotBound · LostAnswer. The caller has its own time-out.
   */
  async submit(fields: Parameters<Session['submit_sm']>[0], beforeWriting: () => boolean): Promise<PDU> {
    const session = await this.session();
    if (!beforeWriting()) throw new NotBound('given up');
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      const written = session.submit_sm(fields, (answer) => {
        this.waiting.delete(reject);
        resolve(answer);
      });
      if (written) return;
      this.waiting.delete(reject);
      reject(new NotBound('closed'));
    });
  }

  /** Binds now, so that receipts come in; a failure is tried again later. */
  start(): void {
    this.session().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.again);
    const session = await this.bound?.catch(() => null);
    if (!session) return;
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => session.destroy(), 1_000);
      session.once('close', () => {
        clearTimeout(force);
        resolve();
      });
      if (!session.unbind(() => session.close())) session.destroy();
    });
  }

  private session(): Promise<Session> {
    if (this.closed) return Promise.reject(new NotBound('closed'));
    this.bound ??= this.bind();
    return this.bound;
  }

  private bind(): Promise<Session> {
    const { host, port, tls = false, systemId, password, answerMs = ANSWER_MS } = this.options;
    return new Promise((resolve, reject) => {
      const session = connect({ host, port, tls });
      const late = setTimeout(() => session.destroy(), answerMs);
      // The library reports a PDU that it cannot read as an error and then reads no further.
      session.on('error', () => session.destroy());
      session.on('close', () => {
        clearTimeout(late);
        clearInterval(this.enquiring);
        reject(new NotBound('not bound'));
        this.lost();
      });
      session.on(tls ? 'secureConnect' : 'connect', () => {
        session.bind_transceiver({ system_id: systemId, password }, (answer) => {
          if (answer.command_status !== 0) return session.destroy();
          clearTimeout(late);
          this.pause = 1_000;
          this.watch(session);
          resolve(session);
        });
      });
    });
  }

  private watch(session: Session): void {
    const { answerMs = ANSWER_MS, enquireMs = ENQUIRE_MS } = this.options;
    session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
    // Answered only when it is kept: what is not answered comes again.
    session.on('deliver_sm', (pdu: PDU) => {
      this.onDeliver(pdu).then(
        () => session.send(pdu.response()),
        () => session.send(pdu.response({ command_status: 0x64 })),
      );
    });
    clearInterval(this.enquiring);
    let silent: NodeJS.Timeout | undefined;
    // Once a session, not once a question: it lives for months.
    session.once('close', () => clearTimeout(silent));
    this.enquiring = setInterval(() => {
      silent = setTimeout(() => session.destroy(), answerMs);
      const unanswered = silent;
      session.enquire_link(() => clearTimeout(unanswered));
    }, enquireMs);
    this.enquiring.unref();
  }

  private lost(): void {
    this.bound = null;
    for (const reject of this.waiting) reject(new LostAnswer('connection lost'));
    this.waiting.clear();
    if (this.closed) return;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.start(), this.pause);
    this.again.unref();
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }
}
