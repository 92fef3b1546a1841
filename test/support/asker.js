/**
 * A process that does nothing but ask the gate, as a worker's activities do: reserves and settles with a pool of its own.
 * Says on standard output that it is ready, takes its orders as JSON on standard input when it ends, and says each answer.
 */
const { join } = require('node:path');
const { text } = require('node:stream/consumers');

const built = (file) => require(join(__dirname, '..', '..', 'dist', file));
const { settle } = built('book/attempts.js');
const { openBook } = built('book/open-book.js');
const { reserve } = built('book/permit.js');

async function main() {
  const [bookUrl, lanes] = process.argv.slice(2);
  const book = await openBook(bookUrl, { max: Number(lanes) });
  process.stdout.write('ready\n');
  const left = JSON.parse(await text(process.stdin));
  const lane = async () => {
    for (let request = left.shift(); request !== undefined; request = left.shift()) {
      const { answer, until, rule, permit } = await reserve(book.db, request);
      if (answer === 'permit') await settle(book.db, permit, 'accepted');
      process.stdout.write(`${JSON.stringify({ answer, until, rule })}\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(lanes) }, lane));
  await book.close();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
