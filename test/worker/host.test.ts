import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostRequest } from '../../src/activities/host/host-system';
import { listChannels } from '../../src/book/clock';
import { openHost } from '../../src/worker/host';
import { NOON, ownBook, rehearse } from '../book/book-under-test';

const REQUEST: HostRequest = {
  ...{ id: 'x3k9w2m1q8r7t5y4', lender: 'bank', account: '6214-88', ref: 'a1b2c3d4e5f6g7h8' },
  ...{ step: 'H1', action: 'block-purchases', requestedAt: NOON },
};
const SECRET = 'shared';

let book: Awaited<ReturnType<typeof ownBook>>;
let data: string;
let server: Server;
let hostUrl: string;
const got: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
  data = mkdtempSync(join(tmpdir(), 'forbear-host-'));
  server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => (body += chunk));
    incoming.on('end', () => {
      got.push({ headers: incoming.headers, body });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  hostUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/actions`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await book?.drop();
  rmSync(data, { recursive: true, force: true });
});

it("leaves requests in a folder where the lender's system is not named", async () => {
  const host = await openHost(book.db, { hostUrl: undefined, hostSecret: undefined, data });
  expect(await host.ask(REQUEST)).toEqual({ answer: 'later' });
  expect(existsSync(join(data, 'host', `${REQUEST.id}.jsonl`))).toBe(true);
});

it('calls the system that is named, signed with the secret, and notes it as a channel', async () => {
  const host = await openHost(book.db, { hostUrl, hostSecret: SECRET, data });
  expect(await host.ask(REQUEST)).toEqual({ answer: 'later' });
  expect(got).toHaveLength(1);
  const { headers, body } = got[0]!;
  expect(JSON.parse(body)).toEqual(REQUEST);
  expect(headers['idempotency-key']).toBe(REQUEST.id);
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(headers['forbear-signature']))!;
  expect(mac).toBe(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
  const channels = await listChannels(book.db);
  expect(channels.find(({ channel }) => channel === 'host')?.reach).toBe('loopback');
});

it('does not call a real system in a rehearsal', async () => {
  const real = openHost(book.db, { hostUrl: 'https://core.bank.example/', hostSecret: SECRET, data });
  await expect(real).rejects.toMatchObject({ code: 'CHANNEL_IN_REHEARSAL' });
});

it.each([
  ['no secret', 'https://core.bank.example/', undefined],
  ['an empty secret', 'https://core.bank.example/', ''],
  ['no encryption to another machine', 'http://core.bank.example/', SECRET],
  ['no address', 'core', SECRET],
  ['a password in it', 'https://me:word@core.bank.example/', SECRET],
])('refuses %s', async (_what, url, hostSecret) => {
  const wrong = openHost(book.db, { hostUrl: url, hostSecret, data });
  await expect(wrong).rejects.toMatchObject({ code: 'HOST_SETTINGS_WRONG' });
  await expect(wrong).rejects.toThrow(/^(?!.*word@)/);
});
