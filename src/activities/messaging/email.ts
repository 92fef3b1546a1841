import type { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import { fittingTimeout } from '../../domain/policy/fitting-timeout';
import type { Carrier, Outgoing, Sent } from './carrier';

export interface EmailOptions {
  readonly host: string;
  readonly port: number;
  /** `none` for loopback; `starttls` requires it; `tls` from the first byte. */
  readonly security: 'none' | 'starttls' | 'tls';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly timeoutMs?: number;
  readonly maxConnections?: number;
}

/** What an SMTP failure says about itself; its message and its other fields hold addresses and are never passed on. */
interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Mail over SMTP, through a pool of connections. */
export class EmailCarrier implements Carrier {
  private readonly transport: Transporter;
  /** Bodies handed to a connection. Once one of its bytes was read, a lost connection leaves the end unknown. */
  private readonly bodies = new Map<string, Readable>();

  private readonly timeoutMs: number;

  /** Throws SEND_TIMES. */
  constructor(private readonly options: EmailOptions) {
    this.timeoutMs = fittingTimeout(options.timeoutMs);
    const { host, port, security, user, password, maxConnections = 5 } = options;
    const timeout = this.timeoutMs;
    this.transport = createTransport({
      pool: true,
      host,
      port,
      secure: security === 'tls',
      ignoreTLS: security === 'none',
      requireTLS: security === 'starttls',
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      maxConnections,
      // The pool would send a message again whose connection was lost, though the server may have taken it.
      maxRequeues: 0,
      idleTimeout: 30_000,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.transport.use('stream', (mail, done) => {
      const make = mail.message.createReadStream.bind(mail.message);
      mail.message.createReadStream = (options) => {
        const body = make(options);
        this.bodies.set(mail.message.messageId(), body);
        return body;
      };
      done();
    });
  }

  async send(message: Outgoing): Promise<Sent> {
    const messageId = `<${message.attempt}@${this.options.from.split('@')[1] ?? 'localhost'}>`;
    try {
      await this.transport.sendMail({
        from: this.options.from,
        to: message.to,
        subject: message.subject ?? '',
        text: message.text,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      return { how: 'accepted', carrierId: messageId };
    } catch (error) {
      return smtpEnd(error as SmtpFailure, this.bodies.get(messageId)?.readableDidRead ?? false);
    } finally {
      this.bodies.delete(messageId);
    }
  }

  async close(): Promise<void> {
    this.transport.close();
  }
}

/** What an SMTP failure means. An answer of the server is a plain no; a lost connection after the body began is not. */
function smtpEnd(failure: SmtpFailure, begun: boolean): Sent {
  const status = failure.responseCode;
  if (status === undefined) {
    const reason = `smtp-${(failure.code ?? 'failed').toLowerCase()}`;
    return begun ? { how: 'unknown', reason } : { how: 'refused', reason, again: failure.code !== 'EAUTH' };
  }
  const reason = `smtp-${status}`;
  if (status === 421 || /\b4\.7\.\d/.test(failure.response ?? '')) return { how: 'throttled', reason };
  return { how: 'refused', reason, again: status >= 400 && status < 500 };
}
