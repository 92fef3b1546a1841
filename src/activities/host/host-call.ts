import { createHmac } from 'node:crypto';
import { fittingTimeout } from '../../domain/policy/fitting-timeout';
import { ForbearError } from '../../domain/errors/forbear-error';
import type { HostAnswer, HostRequest, HostSystem } from './host-system';

export interface HostCallOptions {
  readonly url: string;
  /** Shared with the lender's system. */
  readonly secret: string;
  readonly timeoutMs?: number;
}

/**
 * Requests as POSTs of JSON. `Forbear-Signature: t=<unix seconds>,v1=<hex>` signs `<seconds>.<body>` with HMAC-SHA256,
 * and `Idempotency-Key` is the request's id. 2xx with `{"result":"done"|"failed"|"refused"}` answers at once, any
 * other 2xx later; 4xx is a refusal; all else is tried again.
 */
export class HostCall implements HostSystem {
  private readonly timeoutMs: number;

  /** Throws SEND_TIMES. */
  constructor(private readonly options: HostCallOptions) {
    this.timeoutMs = fittingTimeout(options.timeoutMs);
  }

  async ask(request: HostRequest): Promise<HostAnswer> {
    const body = JSON.stringify(request);
    const response = await fetch(this.options.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': request.id,
        'forbear-signature': signature(this.options.secret, body, Math.floor(Date.now() / 1000)),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return answerIn(text);
    const refused = response.status >= 400 && response.status < 500 && !PASSING.has(response.status);
    if (refused) return { answer: 'now', result: 'refused' };
    throw new ForbearError('ACTIVITY_FAILED', { part: 'host', reason: `http-${response.status}` });
  }
}

/** Time-out, too early, too many: no refusals. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** The header's value; the receiver makes it again from the seconds and the body that it got. */
export function signature(secret: string, body: string, seconds: number): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

function answerIn(text: string): HostAnswer {
  try {
    const { result } = JSON.parse(text) as { result?: unknown };
    if (result === 'done' || result === 'failed' || result === 'refused') return { answer: 'now', result };
  } catch {
    // No JSON: the system has taken the request and answers later.
  }
  return { answer: 'later' };
}
