import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { behaviour, type Behaviours } from './behaviour';
import type { Received, ReceivedMessages } from './received';

const SHOWN = 500;

export interface MailboxPage {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * The mailbox of the outside: `/` for people, newest first; `/messages.json?since=N` for programs, oldest first;
 * `POST /behave` sets a fault (behaviour.ts).
 */
export async function startMailboxPage(
  received: ReceivedMessages,
  behaviours: Behaviours,
  port = 0,
): Promise<MailboxPage> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST' && url.pathname === '/behave') {
      const told = behaviour.safeParse(JSON.parse(await body(request)));
      if (!told.success) return void response.writeHead(400).end(told.error.message);
      behaviours.tell(told.data);
      return void response.writeHead(204).end();
    }
    if (url.pathname === '/messages.json') {
      const since = Number(url.searchParams.get('since') ?? 0);
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      return void response.end(JSON.stringify(received.since(since)));
    }
    if (url.pathname !== '/') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page(received.since(0)));
  }

  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function page(all: readonly Received[]): string {
  const mails = all.filter((message) => message.channel === 'email').length;
  const newest = all.slice(-SHOWN).reverse();
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Forbear mailbox</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
  article { border-top: 1px solid #ccc; padding: .6rem 0; }
  header { color: #555; font-size: .9em; }
  pre { font: inherit; white-space: pre-wrap; margin: .3rem 0 0; }
</style></head><body>
<h1>Mailbox</h1>
<p>${mails} mails, ${all.length - mails} text messages${all.length > SHOWN ? `; the newest ${SHOWN}` : ''}.
Nothing here has left this machine.</p>
${newest.map(article).join('\n')}
</body></html>`;
}

function article(message: Received): string {
  const kind = message.channel === 'email' ? 'Mail' : 'SMS';
  const subject = message.subject ? `<strong>${escaped(message.subject)}</strong>` : '';
  return `<article><header>${message.n} · ${kind} · ${message.at} · to ${escaped(message.to.join(', '))}</header>
${subject}<pre>${escaped(message.text)}</pre></article>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
