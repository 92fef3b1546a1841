import type { AddressInfo } from 'node:net';
import { createServer, type PDU, type Session } from 'smpp';
import type { Behaviours } from './behaviour';
import { LongMessages, readPart } from './long-messages';
import { hexId, sendReceipt } from './receipt';
import type { ReceivedMessages } from './received';

const OK = 0x00;
const SYSTEM_ERROR = 0x08;
const BAD_DESTINATION = 0x0b;
const THROTTLED = 0x58;
const UDH_INDICATOR = 0x40;

export interface SmsCentre {
  readonly port: number;
  close(): Promise<void>;
}

/** A real SMPP 3.4 centre on loopback. Receipts go out `receiptAfterMs` after a message was accepted. */
export async function startSmsCentre(
  received: ReceivedMessages,
  behaviours: Behaviours,
  port = 0,
  receiptAfterMs = 200,
): Promise<SmsCentre> {
  const long = new LongMessages();
  const receipts = new Set<NodeJS.Timeout>();
  let lastId = Date.now() % 0x40000000;

  const server = createServer((session) => {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: PDU) => session.send(pdu.response({ system_id: 'outside' })));
    session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: PDU) => submit(session, pdu));
  });

  function submit(session: Session, pdu: PDU): void {
    // A fault is counted once a message, at its first part: the later parts of it go through.
    const first = !isPart(pdu) || readPart(pdu).number === 1;
    const manner = first ? behaviours.next('sms') : { do: 'ok' as const, ms: 0 };
    const answer = (fields: Record<string, unknown>): void => void session.send(pdu.response(fields));
    if (manner.do === 'refuse') return answer({ command_status: SYSTEM_ERROR });
    if (manner.do === 'reject') return answer({ command_status: BAD_DESTINATION });
    if (manner.do === 'throttle') return answer({ command_status: THROTTLED });
    if (manner.do === 'drop-before-accepting') return session.destroy();

    const number = (lastId += 1);
    const whole = long.take(pdu);
    if (whole)
      received.add({
        channel: 'sms',
        from: pdu.source_addr ?? '',
        to: [pdu.destination_addr ?? ''],
        text: whole.text,
        id: hexId(number),
        parts: whole.parts,
        extra: { dataCoding: String(pdu.data_coding ?? 0) },
      });
    if (manner.do === 'drop-after-accepting') return session.destroy();
    later(manner.do === 'slow' ? manner.ms : 0, () =>
      answer({ command_status: OK, message_id: hexId(number) }),
    );
    if (!pdu.registered_delivery) return;
    const submitted = new Date();
    later(receiptAfterMs + (manner.do === 'slow' ? manner.ms : 0), () =>
      sendReceipt(receiverOf(session), {
        number,
        from: pdu.source_addr ?? '',
        to: pdu.destination_addr ?? '',
        delivered: manner.do !== 'undeliverable',
        submitted,
      }),
    );
  }

  /** A receipt may come over any session of the sender: the one that sent may be gone by then. */
  function receiverOf(session: Session): Session {
    if (server.sessions.includes(session)) return session;
    return server.sessions[server.sessions.length - 1] ?? session;
  }

  function later(ms: number, act: () => void): void {
    if (ms === 0) return act();
    const timer = setTimeout(() => {
      receipts.delete(timer);
      act();
    }, ms);
    receipts.add(timer);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      receipts.forEach((timer) => clearTimeout(timer));
      server.sessions.forEach((session) => session.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function isPart(pdu: PDU): boolean {
  return ((pdu.esm_class ?? 0) & UDH_INDICATOR) !== 0;
}
