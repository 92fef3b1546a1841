import type { PDU } from 'smpp';

/** One part of a text message, its place read from the user data header (3GPP TS 23.040, 9.2.3.24.1 and .8). */
interface Part {
  readonly reference: number;
  readonly total: number;
  readonly number: number;
  readonly text: string;
}

/** A message of one part is whole at once. */
export function readPart(pdu: PDU): Part {
  const decoded = pdu.short_message?.message.length ? pdu.short_message : pdu.message_payload;
  const text = String(decoded?.message ?? '');
  for (const element of decoded?.udh ?? []) {
    if (element[0] === 0x00 && element.length >= 5)
      return { reference: element[2]!, total: element[3]!, number: element[4]!, text };
    if (element[0] === 0x08 && element.length >= 6)
      return { reference: element.readUInt16BE(2), total: element[4]!, number: element[5]!, text };
  }
  return { reference: 0, total: 1, number: 1, text };
}

/** Puts the parts of long messages together, whatever order they come in. */
export class LongMessages {
  private readonly waiting = new Map<string, Map<number, string>>();

  /** The whole text once its last missing part has come, else null. */
  take(pdu: PDU): { readonly text: string; readonly parts: number } | null {
    const part = readPart(pdu);
    if (part.total === 1) return { text: part.text, parts: 1 };
    const key = [pdu.source_addr, pdu.destination_addr, part.reference, part.total].join(' ');
    const parts = this.waiting.get(key) ?? new Map<number, string>();
    this.waiting.set(key, parts.set(part.number, part.text));
    if (parts.size < part.total) return null;
    this.waiting.delete(key);
    const text = [...parts].sort(([a], [b]) => a - b).map(([, piece]) => piece);
    return { text: text.join(''), parts: part.total };
  }
}
