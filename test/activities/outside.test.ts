import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startOutside, type Outside } from '../../src/stack/outside/outside';

describe('the outside of one machine', () => {
  let folder: string;
  let outside: Outside;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'forbear-outside-'));
    outside = await startOutside({ folder });
  });
  afterAll(async () => {
    await outside.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps a mail, shows it on its page, and knows it after a restart', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: outside.smtpPort, ignoreTLS: true });
    await transport.sendMail({
      from: 'bank@example.org',
      to: 'li@example.org',
      subject: '还款提醒 <1>',
      text: '您本期最低还款额尚差 100.00 元',
    });
    transport.close();
    const url = `http://127.0.0.1:${outside.httpPort}`;
    const messages = (await (await fetch(`${url}/messages.json?since=0`)).json()) as unknown[];
    expect(messages).toMatchObject([
      { n: 1, channel: 'email', to: ['li@example.org'], subject: '还款提醒 <1>' },
    ]);
    const page = await (await fetch(url)).text();
    expect(page).toContain('还款提醒 &#60;1&#62;');
    expect(await (await fetch(`${url}/messages.json?since=1`)).json()).toEqual([]);

    await outside.close();
    outside = await startOutside({ folder });
    expect(outside.received.since(0)).toHaveLength(1);
  });

  it('refuses a fault that it does not know', async () => {
    const told = await fetch(`http://127.0.0.1:${outside.httpPort}/behave`, {
      method: 'POST',
      body: JSON.stringify({ channel: 'fax', do: 'slow' }),
    });
    expect(told.status).toBe(400);
  });
});
