import { join } from 'node:path';
import { HostCall } from '../activities/host/host-call';
import type { HostSystem } from '../activities/host/host-system';
import { OutboxFolder } from '../activities/host/outbox-folder';
import { setChannel } from '../book/clock';
import type { Db } from '../book/open-book';
import { fail } from '../domain/errors/forbear-error';
import { channel, isLoopback } from './carriers';

export interface HostSettings {
  /** `https://…`; `http://` to this machine only. Without one, requests are files below the data folder. */
  readonly hostUrl: string | undefined;
  /** Shared with the lender's system: every request is signed with it. */
  readonly hostSecret: string | undefined;
  readonly data: string;
}

/**
 * The lender's system. One that is called is registered in the book like a channel: a rehearsal must not block a real
 * card. Throws HOST_SETTINGS_WRONG, CHANNEL_IN_REHEARSAL.
 */
export async function openHost(db: Db, { hostUrl, hostSecret, data }: HostSettings): Promise<HostSystem> {
  if (hostUrl === undefined || hostUrl === '') return new OutboxFolder(join(data, 'host'));
  if (hostSecret === undefined || hostSecret === '')
    fail('HOST_SETTINGS_WRONG', { variable: 'FORBEAR_HOST_SECRET', reason: 'is missing' });
  const url = URL.canParse(hostUrl) ? new URL(hostUrl) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  if (url === null || !safe || url.username !== '')
    fail('HOST_SETTINGS_WRONG', {
      variable: 'FORBEAR_HOST_URL',
      reason: 'is neither https:// nor http:// to this machine, without a user',
    });
  await setChannel(db, channel('host', url));
  return new HostCall({ url: url.href, secret: hostSecret });
}
