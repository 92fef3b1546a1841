import { setChannel, type Channel } from '../book/clock';
import type { Db } from '../book/open-book';
import type { Carrier } from '../activities/messaging/carrier';
import { EmailCarrier, type EmailOptions } from '../activities/messaging/email';
import { SmsCarrier } from '../activities/messaging/sms';
import { takeReceipt } from '../activities/receipts';

export interface CarrierAddresses {
  /** `smtp://[user:password@]host:port`; `smtps:` for TLS, `smtp+starttls:` where it must be turned on. */
  readonly smtpUrl: string;
  /** `smpp://[system:password@]host:port`; `smpps:` for TLS. */
  readonly smppUrl: string;
  readonly mailFrom: string;
  readonly smsFrom: string;
}

export interface Carriers {
  readonly byChannel: Readonly<Partial<Record<string, Carrier>>>;
  close(): Promise<void>;
}

/**
 * Connects the channels, and registers in the book whom they can reach: the book refuses one that reaches people while
 * it rehearses. Throws CHANNEL_IN_REHEARSAL.
 */
export async function openCarriers(db: Db, addresses: CarrierAddresses): Promise<Carriers> {
  const smtp = new URL(addresses.smtpUrl);
  const smpp = new URL(addresses.smppUrl);
  await setChannel(db, channel('email', smtp));
  await setChannel(db, channel('sms', smpp));
  const email = new EmailCarrier({
    ...serverOf(smtp, 25),
    security: securityOf(smtp),
    from: addresses.mailFrom,
  });
  const sms = new SmsCarrier({
    host: hostOf(smpp),
    port: Number(smpp.port || 2775),
    tls: smpp.protocol === 'smpps:',
    systemId: decodeURIComponent(smpp.username) || 'forbear',
    password: decodeURIComponent(smpp.password),
    from: addresses.smsFrom,
    onReceipt: (receipt) => takeReceipt(db, 'sms', receipt),
  });
  sms.start();
  return {
    byChannel: { email, sms },
    close: async () => {
      await Promise.all([email.close(), sms.close()]);
    },
  };
}

/** Ports on which a loopback address is likely a relay to the world. */
const RELAYS: ReadonlySet<string> = new Set(['', '25', '465', '587', '2775', '3550']);
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(hostOf(url));
}

/** The channel as the book has it: where it sends, without credentials, and whether that can reach anybody. */
export function channel(name: string, url: URL): Channel {
  const loopback = isLoopback(url) && !RELAYS.has(url.port);
  const address = `${url.protocol}//${url.host}`;
  return { channel: name, address, reach: loopback ? 'loopback' : 'people' };
}

function serverOf(url: URL, port: number): Pick<EmailOptions, 'host' | 'port' | 'user' | 'password'> {
  const account = {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  return { host: hostOf(url), port: Number(url.port || port), ...(account.user === '' ? {} : account) };
}

function securityOf(url: URL): EmailOptions['security'] {
  if (url.protocol === 'smtps:') return 'tls';
  return url.protocol === 'smtp+starttls:' ? 'starttls' : 'none';
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
