import type { PDU } from 'smpp';

export type Delivered = 'delivered' | 'undelivered';
export interface CarrierReceipt {
  /** As the centre wrote it: hexadecimal or decimal, with or without leading zeros. */
  readonly carrierId: string;
  readonly status: Delivered;
}

const RECEIPT = 0x04;
const FINAL: Readonly<Record<string, Delivered>> = {
  DELIVRD: 'delivered',
  EXPIRED: 'undelivered',
  DELETED: 'undelivered',
  UNDELIV: 'undelivered',
  REJECTD: 'undelivered',
};

/** A delivery receipt of `deliver_sm` (SMPP 3.4, appendix B); null for an inbound message or a state on the way. */
export function readReceipt(pdu: PDU): CarrierReceipt | null {
  if (((pdu.esm_class ?? 0) & 0x3c) !== RECEIPT) return null;
  const text = String(pdu.short_message?.message ?? '');
  const id = pdu.receipted_message_id ?? /\bid:(\S+)/i.exec(text)?.[1];
  const status = FINAL[/\bstat:(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? ''];
  return id && status ? { carrierId: id, status } : null;
}
