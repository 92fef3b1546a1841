/**
 * A process that does nothing but what a worker's `contact` activity does, as fast as it can: reserve, send over SMPP,
 * settle. Takes its orders as JSON on standard input and says at the end what became of each.
 */
const { join } = require('node:path');
const { text } = require('node:stream/consumers');

const built = (file) => require(join(__dirname, '..', '..', 'dist', file));
const { createActivities } = built('activities/create-activities.js');
const { OutboxFolder } = built('activities/host/outbox-folder.js');
const { SmsCarrier } = built('activities/messaging/sms.js');
const { TemplateStore } = built('activities/templates/template-store.js');
const { openBook } = built('book/open-book.js');

async function main() {
  const { bookUrl, smppPort, folder, requests, lanes } = JSON.parse(await text(process.stdin));
  const book = await openBook(bookUrl, { max: lanes + 2 });
  const sms = new SmsCarrier({
    ...{ host: '127.0.0.1', port: smppPort, systemId: 'forbear', password: 'secret', from: '95500' },
    onReceipt: () => Promise.resolve(),
  });
  const act = createActivities({
    ...{ db: book.db, carriers: { sms }, templates: new TemplateStore(join(folder, 'templates'), 'zh') },
    letterheads: {
      '*': { bank: '示例银行', phone: '95500', payLink: 'https://pay.example', ownerAlias: 'x' },
    },
    host: new OutboxFolder(join(folder, 'host')),
  });
  const ends = {};
  const left = [...requests];
  const lane = async () => {
    for (let request = left.shift(); request !== undefined; request = left.shift()) {
      const { how, rule } = await act.contact(request);
      const end = rule === undefined ? how : `${how} ${rule}`;
      ends[end] = (ends[end] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await sms.close();
  await book.close();
  process.stdout.write(JSON.stringify(ends));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
