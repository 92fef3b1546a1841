import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CarrierReceipt } from '../../src/activities/messaging/receipt-text';
import { EmailCarrier } from '../../src/activities/messaging/email';
import { SmsCarrier } from '../../src/activities/messaging/sms';
import { startOutside, type Outside } from '../../src/stack/outside/outside';

const CHINESE = '【示例银行】您尾号1234的信用卡尚有1,200.00元未还,2026-03-28前还清视同按时还款。';

describe('the carriers against a real mail server and a real SMS centre', () => {
  let folder: string;
  let outside: Outside;
  let sms: SmsCarrier;
  let email: EmailCarrier;
  const receipts: CarrierReceipt[] = [];
  let attempt = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'forbear-carriers-'));
    outside = await startOutside({ folder, receiptAfterMs: 20 });
    sms = new SmsCarrier({
      host: '127.0.0.1',
      port: outside.smppPort,
      systemId: 'forbear',
      password: 'secret',
      from: '95500',
      timeoutMs: 500,
      onReceipt: async (receipt) => void receipts.push(receipt),
    });
    email = new EmailCarrier({
      host: '127.0.0.1',
      port: outside.smtpPort,
      security: 'none',
      from: 'service@bank.example',
      timeoutMs: 500,
    });
  });
  afterAll(async () => {
    await Promise.all([sms.close(), email.close()]);
    await outside.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (body: string) => sms.send({ to: '+8613800000001', text: body, attempt: `a${++attempt}` });
  const mail = (body: string) =>
    email.send({ to: 'li@example.org', subject: '还款提醒', text: body, attempt: `a${++attempt}` });
  const arrived = (body: string) =>
    outside.received.since(0).filter((message) => message.text.trim() === body).length;

  it('carries Chinese in both, and long texts whole', async () => {
    const long = CHINESE.repeat(4) + '𠮷';
    expect(await text(long)).toMatchObject({ how: 'accepted' });
    expect(outside.received.since(0).at(-1)).toMatchObject({
      channel: 'sms',
      to: ['8613800000001'],
      text: long,
    });
    expect(outside.received.since(0).at(-1)!.parts).toBeGreaterThan(2);
    expect(await text('Pay £20 or €30 {today} ~[x]|^\\')).toMatchObject({ how: 'accepted' });
    expect(outside.received.since(0).at(-1)).toMatchObject({
      text: 'Pay £20 or €30 {today} ~[x]|^\\',
      extra: { dataCoding: '0' },
    });
    expect(await mail(CHINESE)).toMatchObject({ how: 'accepted' });
    expect(arrived(CHINESE)).toBe(1);
  });

  it('reports receipts by an id that means the same number', async () => {
    const sent = await text('receipt, please');
    expect(sent.how).toBe('accepted');
    await until(() => receipts.length >= 3);
    const last = receipts.at(-1)!;
    expect(last.status).toBe('delivered');
    expect(Number.parseInt(last.carrierId, 10)).toBe(
      Number.parseInt((sent as { carrierId: string }).carrierId, 16),
    );
    outside.behaviours.tell({ channel: 'sms', do: 'undeliverable', times: 1 });
    await text('nobody there');
    await until(() => receipts.at(-1)!.status === 'undelivered');
  });

  it.each([
    ['drop-after-accepting', 'unknown', 1],
    ['drop-before-accepting', 'unknown', 0],
    ['slow', 'unknown', 1],
    ['refuse', 'refused', 0],
    ['reject', 'refused', 0],
    ['throttle', 'throttled', 0],
  ] as const)('%s: each channel says %s', async (fault, how, count) => {
    for (const [channel, send] of [
      ['sms', text],
      ['email', mail],
    ] as const) {
      const body = `${fault} ${channel}`;
      outside.behaviours.tell({ channel, do: fault, times: 1, ms: 800 });
      const sent = await send(body);
      expect([channel, sent.how]).toEqual([channel, how]);
      if (sent.how === 'refused') expect(sent.again).toBe(fault === 'refuse');
      if (fault === 'slow') await until(() => arrived(body) > 0);
      expect(arrived(body)).toBe(count);
      expect(await again(send, `after ${body}`)).toBe('accepted');
    }
  });

  it('says refused when nobody listens, because nothing was handed over', async () => {
    const nobody = { host: '127.0.0.1', port: 1, timeoutMs: 300 };
    const deaf = new EmailCarrier({ ...nobody, security: 'none', from: 'a@bank.example' });
    const mute = new SmsCarrier({
      ...nobody,
      systemId: 'x',
      password: 'x',
      from: 'Bank',
      onReceipt: async () => undefined,
    });
    const message = { to: '+8613800000001', text: 'x', attempt: 'none' };
    expect(await mute.send(message)).toMatchObject({ how: 'refused', again: true });
    expect(await deaf.send({ ...message, to: 'li@example.org' })).toMatchObject({
      how: 'refused',
      again: true,
    });
    await Promise.all([deaf.close(), mute.close()]);
  });

  it('binds again when the centre was gone, without being asked to', async () => {
    outside.behaviours.tell({ channel: 'sms', do: 'drop-before-accepting', times: 1 });
    await text('lost');
    expect(await again(text, 'found')).toBe('accepted');
  });
});

/** The first try after a drop may still meet the old connection. */
async function again(send: (body: string) => Promise<{ how: string }>, body: string): Promise<string> {
  for (let i = 0; ; i += 1) {
    const { how } = await send(body);
    if (how === 'accepted' || i > 5) return how;
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 30));
  expect(holds()).toBe(true);
}
