import { fittingTimeout } from '../../src/domain/policy/fitting-timeout';
import { EmailCarrier } from '../../src/activities/messaging/email';
import { SmsCarrier } from '../../src/activities/messaging/sms';
import { HostCall } from '../../src/activities/host/host-call';
import {
  ACTIVITY_TIMEOUT_MS,
  CARRIER_TIMEOUT_MS,
  maySendNow,
  PERMIT_LIFE_MS,
} from '../../src/domain/policy/permit-life';

const nobody = { host: '127.0.0.1', port: 1, from: 'a@example.test' };
const refused = expect.objectContaining({ code: 'SEND_TIMES' });

test('a carrier gives up before its permit ends, and the permit ends before the activity', () => {
  expect(CARRIER_TIMEOUT_MS).toBeLessThan(PERMIT_LIFE_MS);
  expect(PERMIT_LIFE_MS).toBeLessThan(ACTIVITY_TIMEOUT_MS);
  expect(fittingTimeout()).toBe(CARRIER_TIMEOUT_MS);
  for (const [carrier, permit, activity] of [
    [10_000, 10_000, 60_000],
    [10_000, 30_000, 30_000],
    [10_000, 60_000, 30_000],
    [0, 30_000, 60_000],
    [Number.NaN, 30_000, 60_000],
    [CARRIER_TIMEOUT_MS + 1, 30_000, 60_000],
  ] as const)
    expect(() => fittingTimeout(carrier, permit, activity)).toThrow(refused);
});

test('whoever opens a carrier that may take longer is refused, before anything is sent', () => {
  const timeoutMs = PERMIT_LIFE_MS;
  expect(() => new EmailCarrier({ ...nobody, security: 'none', timeoutMs })).toThrow(refused);
  const sms = { ...nobody, tls: false, systemId: 'x', password: 'x', onReceipt: () => Promise.resolve() };
  expect(() => new SmsCarrier({ ...sms, timeoutMs })).toThrow(refused);
  expect(() => new HostCall({ url: 'http://127.0.0.1:1', secret: 'x', timeoutMs })).toThrow(refused);
});

test('a permit is not used when the carrier might answer after its end', () => {
  const ends = 1_000_000;
  expect(maySendNow(ends, ends - CARRIER_TIMEOUT_MS - 1)).toBe(true);
  expect(maySendNow(ends, ends - CARRIER_TIMEOUT_MS)).toBe(false);
});
