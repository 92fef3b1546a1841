import type { Session } from 'smpp';

/** What a receipt is about: SMPP 3.4, appendix B. */
export interface ReceiptOf {
  /** The number behind the message's id. */
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly delivered: boolean;
  readonly submitted: Date;
}

/** Message ids are given out as hexadecimal text, as most centres do. */
export const hexId = (number: number): string => number.toString(16).toUpperCase().padStart(8, '0');

/**
 * A delivery receipt. Its text names the message in decimal although `submit_sm_resp` named it in hexadecimal: real
 * centres do exactly that, and a client that compares the two as text never finds its message.
 */
export function sendReceipt(session: Session, receipt: ReceiptOf): void {
  const state = receipt.delivered ? 'DELIVRD' : 'UNDELIV';
  const text =
    `id:${String(receipt.number).padStart(10, '0')} sub:001 dlvrd:${receipt.delivered ? '001' : '000'} ` +
    `submit date:${minute(receipt.submitted)} done date:${minute(new Date())} stat:${state} ` +
    `err:${receipt.delivered ? '000' : '027'} text:`;
  session.deliver_sm(
    {
      esm_class: 0x04,
      source_addr: receipt.to,
      destination_addr: receipt.from,
      data_coding: 0,
      short_message: Buffer.from(text, 'ascii'),
    },
    () => undefined,
  );
}

/** YYMMDDhhmm. */
function minute(date: Date): string {
  return date.toISOString().replace(/[-T:]/g, '').slice(2, 12);
}
