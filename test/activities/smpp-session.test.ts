import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, Session, type PDU } from 'smpp';
import { SmppSession } from '../../src/activities/messaging/smpp-session';

const afterwards: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of afterwards.splice(0).reverse()) await end();
});

type Answer = (session: Session, pdu: PDU) => void;

/** An SMS centre that binds whoever asks, and answers the question after the link as it is told. */
async function centre(onEnquire: Answer) {
  const seen = { bound: 0, asked: 0 };
  const server = createServer((session: Session) => {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: PDU) => {
      seen.bound += 1;
      session.send(pdu.response());
    });
    session.on('enquire_link', (pdu: PDU) => {
      seen.asked += 1;
      onEnquire(session, pdu);
    });
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards.push(() => new Promise((done) => void server.close(() => done())));
  return { seen, port: (server.address() as AddressInfo).port };
}

function session(
  port: number,
  times: { readonly enquireMs: number; readonly answerMs?: number },
): SmppSession {
  const to = { host: '127.0.0.1', port, systemId: 'forbear', password: 'secret' };
  const opened = new SmppSession({ ...to, ...times }, () => Promise.resolve());
  afterwards.push(() => opened.close());
  return opened;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('asks after the link for months without growing', async () => {
  const listening = jest.spyOn(Session.prototype, 'once');
  const { seen, port } = await centre((asker, pdu) => asker.send(pdu.response()));
  session(port, { enquireMs: 5 }).start();
  await until(() => seen.asked >= 1);
  const before = listening.mock.calls.length;
  await until(() => seen.asked >= 20);
  expect(listening.mock.calls.length).toBe(before);
  expect(seen.bound).toBe(1);
});

it('binds again when nobody answers its question after the link', async () => {
  const { seen, port } = await centre(() => undefined);
  session(port, { enquireMs: 20, answerMs: 200 }).start();
  await until(() => seen.bound >= 2);
});
