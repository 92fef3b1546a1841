import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Behaviours } from './behaviour';
import type { ReceivedMessages } from './received';

export interface MailServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it gets. */
export async function startMailServer(
  received: ReceivedMessages,
  behaviours: Behaviours,
  port = 0,
): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 500,
    onData(stream, session, done) {
      take(stream, session).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  // A dropped client is the daily life of a mail server, not a reason to fall over.
  server.on('error', () => undefined);

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const manner = behaviours.next('email');
    const mail = await simpleParser(stream);
    if (manner.do === 'refuse') throw answer(450, '4.2.0 Mailbox busy, try again');
    // Real servers repeat the address in their answer, and whoever logs it has a person's address in the log.
    if (manner.do === 'reject') throw answer(550, `5.1.1 <${addressOf(session)}>: no such mailbox`);
    if (manner.do === 'throttle') throw answer(421, '4.7.0 Too many messages, slow down');
    if (manner.do === 'drop-before-accepting') return drop(session);
    if (manner.do === 'slow') await sleep(manner.ms);
    const from = session.envelope.mailFrom;
    received.add({
      channel: 'email',
      from: from ? from.address : '',
      to: session.envelope.rcptTo.map((to) => to.address),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      ...(mail.html ? { html: mail.html } : {}),
      id: mail.messageId ?? '',
    });
    if (manner.do === 'drop-after-accepting') return drop(session);
  }

  /** Ends the connection without an answer; the promise stays open because there is nobody to answer. */
  function drop(session: SMTPServerSession): Promise<void> {
    for (const connection of server.connections) {
      if ('id' in connection && connection.id === session.id) socketOf(connection)?.destroy();
    }
    return new Promise(() => undefined);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function socketOf(connection: object): { destroy(): void } | undefined {
  return (connection as { _socket?: { destroy(): void } })._socket;
}

function addressOf(session: SMTPServerSession): string {
  return session.envelope.rcptTo.map((to) => to.address).join(', ');
}

function answer(responseCode: number, says: string): Error {
  return Object.assign(new Error(says), { responseCode });
}
