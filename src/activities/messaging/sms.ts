import type { PDU } from 'smpp';
import { fittingTimeout } from '../../domain/policy/fitting-timeout';
import type { Carrier, Outgoing, Sent } from './carrier';
import { readReceipt, type CarrierReceipt } from './receipt-text';
import { LostAnswer, NotBound, SmppSession, type SmppOptions } from './smpp-session';
import { refusal } from './smpp-status';
import { textParts } from './text-parts';

const UDH_INDICATOR = 0x40;
const INTERNATIONAL = 1;
const ALPHANUMERIC = 5;
const ISDN = 1;

export interface SmsOptions extends SmppOptions {
  /** What the person sees as the sender: a number or a short name. */
  readonly from: string;
  readonly timeoutMs?: number;
  /** A delivery receipt; a rejection makes the centre send it again. */
  readonly onReceipt: (receipt: CarrierReceipt) => Promise<void>;
}

/** Text messages over SMPP 3.4. */
export class SmsCarrier implements Carrier {
  private readonly session: SmppSession;
  /** Begins anywhere: another worker may be writing to the same number. */
  private reference = Math.floor(Math.random() * 256);

  private readonly timeoutMs: number;

  /** Throws SEND_TIMES. */
  constructor(private readonly options: SmsOptions) {
    this.timeoutMs = fittingTimeout(options.timeoutMs);
    this.session = new SmppSession(options, (pdu) => this.delivered(pdu));
  }

  /** Binds now rather than with the first message, so that receipts of an earlier process come in. */
  start(): void {
    this.session.start();
  }

  close(): Promise<void> {
    return this.session.close();
  }

  async send(message: Outgoing): Promise<Sent> {
    let late: NodeJS.Timeout | undefined;
    const state = { written: false, gaveUp: false };
    const timeout = new Promise<Sent>((resolve) => {
      late = setTimeout(() => {
        state.gaveUp = true;
        resolve(ended(state.written, 'time-out'));
      }, this.timeoutMs);
    });
    const answer = await Promise.race([this.submitAll(message, state), timeout]);
    clearTimeout(late);
    return answer;
  }

  private async submitAll(
    message: Outgoing,
    state: { written: boolean; readonly gaveUp: boolean },
  ): Promise<Sent> {
    this.reference = (this.reference + 1) & 0xff;
    const { dataCoding, bodies } = textParts(message.text, this.reference);
    let carrierId: string | null = null;
    for (const [i, body] of bodies.entries()) {
      const last = i === bodies.length - 1;
      const first = i === 0;
      try {
        const answer = await this.session.submit(
          {
            ...this.addresses(message.to),
            esm_class: bodies.length > 1 ? UDH_INDICATOR : 0,
            data_coding: dataCoding,
            // One receipt a message: with the last part, whose id the attempt is known by.
            registered_delivery: last ? 1 : 0,
            short_message: body,
          },
          // A message that was given up as "not sent" must not go out once the session is bound.
          () => {
            if (state.gaveUp) return false;
            return (state.written = true);
          },
        );
        if (answer.command_status !== 0) {
          const no = refusal(answer.command_status);
          return first ? no : ended(true, 'later-part-refused');
        }
        carrierId = answer.message_id ?? null;
      } catch (error) {
        if (error instanceof NotBound) return ended(!first, 'not-bound');
        if (error instanceof LostAnswer) return ended(true, 'connection-lost');
        throw error;
      }
    }
    return { how: 'accepted', carrierId };
  }

  private addresses(to: string): Record<string, string | number> {
    const { from } = this.options;
    return {
      source_addr: from,
      source_addr_ton: /^\+?\d+$/.test(from) ? 0 : ALPHANUMERIC,
      source_addr_npi: /^\+?\d+$/.test(from) ? ISDN : 0,
      destination_addr: to.replace(/^\+/, ''),
      dest_addr_ton: INTERNATIONAL,
      dest_addr_npi: ISDN,
    };
  }

  private async delivered(pdu: PDU): Promise<void> {
    const receipt = readReceipt(pdu);
    if (receipt) await this.options.onReceipt(receipt);
  }
}

function ended(written: boolean, reason: string): Sent {
  return written ? { how: 'unknown', reason } : { how: 'refused', reason, again: true };
}
