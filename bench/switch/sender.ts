import { join } from 'node:path';
import { createActivities } from '../../src/activities/create-activities';
import type { StepRequest } from '../../src/activities/contract';
import { OutboxFolder } from '../../src/activities/host/outbox-folder';
import { SmsCarrier } from '../../src/activities/messaging/sms';
import { EXAMPLE_LETTERHEAD } from '../../src/activities/templates/letterhead';
import { TemplateStore } from '../../src/activities/templates/template-store';
import { openBook } from '../../src/book/open-book';

/** What a sending process is told by its parent, once. */
export interface Orders {
  readonly bookUrl: string;
  readonly smppPort: number;
  readonly folder: string;
  readonly templates: string;
  readonly lanes: number;
  /** One request for each account; it is sent again and again, as another occurrence each time. */
  readonly requests: readonly StepRequest[];
}

const REST_MS = 20;

/** Sends as a worker does, without a pause, until the parent has gone: reserve, send over SMPP, settle. */
async function work({ bookUrl, smppPort, folder, templates, lanes, requests }: Orders): Promise<void> {
  const book = await openBook(bookUrl, { max: lanes + 2 });
  const sms = new SmsCarrier({
    ...{ host: '127.0.0.1', port: smppPort, systemId: 'forbear', password: 'secret', from: '95500' },
    onReceipt: () => Promise.resolve(),
  });
  const act = createActivities({
    ...{ db: book.db, carriers: { sms }, letterheads: { '*': EXAMPLE_LETTERHEAD } },
    templates: new TemplateStore(templates, 'en'),
    host: new OutboxFolder(join(folder, 'host')),
  });
  let n = 0;
  const lane = async (): Promise<never> => {
    for (;;) {
      n += 1;
      const request = requests[n % requests.length]!;
      const occurrence = { ...request.occurrence, n };
      const { how } = await act.contact({ ...request, occurrence });
      if (how !== 'done') await new Promise((done) => setTimeout(done, REST_MS));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

process.once('message', (orders: Orders) => {
  work(orders).catch((error: Error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    process.exit(1);
  });
});
process.once('disconnect', () => process.exit(0));
