import { Behaviours } from './behaviour';
import { startMailServer } from './mail-server';
import { startMailboxPage } from './mailbox-page';
import { ReceivedMessages } from './received';
import { startSmsCentre } from './sms-centre';

export interface OutsideOptions {
  /** Where everything received is kept. */
  readonly folder: string;
  /** 0 or absent: any free port. All are on loopback. */
  readonly smtpPort?: number;
  readonly smppPort?: number;
  readonly httpPort?: number;
  readonly receiptAfterMs?: number;
}

export interface Outside {
  readonly smtpPort: number;
  readonly smppPort: number;
  readonly httpPort: number;
  readonly received: ReceivedMessages;
  readonly behaviours: Behaviours;
  close(): Promise<void>;
}

/** The outside of one machine: a mail server, an SMS centre, and a page that shows what arrived at them. */
export async function startOutside(options: OutsideOptions): Promise<Outside> {
  const received = new ReceivedMessages(options.folder);
  const behaviours = new Behaviours();
  const mail = await startMailServer(received, behaviours, options.smtpPort);
  const sms = await startSmsCentre(received, behaviours, options.smppPort, options.receiptAfterMs);
  const page = await startMailboxPage(received, behaviours, options.httpPort);
  return {
    smtpPort: mail.port,
    smppPort: sms.port,
    httpPort: page.port,
    received,
    behaviours,
    close: async () => {
      await Promise.all([mail.close(), sms.close(), page.close()]);
    },
  };
}
