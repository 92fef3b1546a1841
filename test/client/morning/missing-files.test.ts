import { advanceFeed, writeFeed, writeRefused } from '../../../src/book/feeds/feeds';
import { putWatch } from '../../../src/book/feeds/watches';
import { newRef } from '../../../src/book/ids';
import type { FeedKind } from '../../../src/book/tables';
import { table } from '../../../src/client/cli/table';
import { healthNow, sayHealthNow } from '../../../src/client/health';
import { asText } from '../../../src/client/morning/as-text';
import { morningReport } from '../../../src/client/morning/morning';
import { DEFAULT_CAPACITY } from '../../../src/domain/plan/capacity';
import { missingFiles } from '../../../src/intake/watch/missing-files';
import { ownBook, rehearse } from '../../book/book-under-test';

let book: Awaited<ReturnType<typeof ownBook>>;
beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
  await watch(
    'bank',
    '  cards: { kind: snapshot, files: "cards-{date}.csv", strategy: small, days: business }',
    ['  paid: { kind: payments, files: "paid-{date}.csv", none_on: [2026-03-12], by: "08:00" }'],
  );
  await watch('other', '  paid: { kind: payments, files: "paid-{date}.csv" }');
});
afterAll(() => book.drop());

async function watch(name: string, ...feeds: (string | readonly string[])[]): Promise<void> {
  const head = [
    'forbear: feeds/1',
    `name: ${name}`,
    `lender: ${name}`,
    `folder: ${name}`,
    'zone: Asia/Shanghai',
  ];
  const document = [...head, 'feeds:', ...feeds.flat()].join('\n');
  await putWatch(book.db, { name, lender: name, folder: `/files/${name}`, document, mappings: {} });
}

async function took(lender: string, kind: FeedKind, ...days: readonly string[]): Promise<void> {
  for (const businessDate of days) {
    const [id, asOf] = [newRef(), `${businessDate}T15:59:59.999Z`];
    const name = { id, lender, source: 'accounts', kind, businessDate, asOf, fileHash: id };
    await writeFeed(book.db, { ...name, strategy: null, counts: {} });
    await advanceFeed(book.db, id, 'done');
  }
}

it('names the days of which no file was taken, once they should be there', async () => {
  // A Monday noon. On the 9th the first file of all came.
  const now = '2026-03-16T04:00:00.000Z';
  expect(await missingFiles(book.db, null, now)).toEqual([
    { lender: 'bank', feed: 'cards', missing: [] },
    { lender: 'bank', feed: 'paid', missing: [] },
    { lender: 'other', feed: 'paid', missing: [] },
  ]);
  await took('bank', 'snapshot', '2026-03-09', '2026-03-10', '2026-03-12');
  await took('bank', 'payments', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-13');
  // What was refused was not taken.
  const asOf = '2026-03-13T15:59:59.999Z';
  const refused = {
    lender: 'bank',
    source: 'accounts',
    kind: 'snapshot',
    businessDate: '2026-03-13',
  } as const;
  await writeRefused(book.db, { ...refused, id: newRef(), asOf, fileHash: 'x' }, 'FEED_SUM_DIFFERS', {});
  // Wednesday although a later one was taken, and Friday; on Saturday and Sunday nobody works. Money comes every day
  // but on the 12th.
  expect(await missingFiles(book.db, 'bank', now)).toEqual([
    { lender: 'bank', feed: 'cards', missing: ['2026-03-11', '2026-03-13'] },
    { lender: 'bank', feed: 'paid', missing: ['2026-03-14', '2026-03-15'] },
  ]);
  // At nine nothing of Sunday need be there but money, and at seven not that either.
  const at = async (hour: string) =>
    (await missingFiles(book.db, 'bank', `2026-03-15T${hour}:00:00.000Z`)).map(({ missing }) =>
      missing.at(-1),
    );
  expect(await at('01')).toEqual(['2026-03-13', '2026-03-14']);
  expect(await at('23')).toEqual(['2026-03-13', '2026-03-14']);
});

it('stands in the health line, in the morning report with its definition, and among what is odd', async () => {
  const now = '2026-03-16T04:00:00.000Z';
  const line = sayHealthNow(await healthNow(book.db, 'bank', now));
  expect(line).toBe(
    'Health: nothing is stopped; no file cards of bank for 2026-03-11, 2026-03-13; ' +
      'no file paid of bank for 2026-03-14, 2026-03-15; 0 facts untold; 0 attempts unknown.',
  );
  const report = await morningReport(book.db, { lender: 'bank', capacity: DEFAULT_CAPACITY, now });
  expect(report.health).toBe(line);
  const lines = report.sections
    .flatMap(({ lines: all }) => all)
    .filter(({ figure }) => figure === 'files-missing');
  expect(lines.map(({ part, value }) => [part, value])).toEqual([
    ['cards of bank', 2],
    ['paid of bank', 2],
  ]);
  const odd = report.sections.find(({ id }) => id === 'odd');
  expect(odd?.notes[0]).toMatch(/^files missing: no file cards of bank for 2026-03-11, 2026-03-13/);
  expect(asText(report, table)).toContain(
    'files missing: days of the last seven on which a file of that feed was due',
  );
  const others = await morningReport(book.db, { lender: 'other', capacity: DEFAULT_CAPACITY, now });
  expect(others.health).toBe('Health: nothing is stopped; 0 facts untold; 0 attempts unknown.');
});
