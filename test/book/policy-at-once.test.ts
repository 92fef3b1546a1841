import { settle } from '../../src/book/attempts';
import { openBook, type Book } from '../../src/book/open-book';
import { reserve, type Reservation } from '../../src/book/permit';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { ask, enrolled, newAccount, NOON, ownBook, published, rehearse, SMALL } from './book-under-test';

/** Three books stand for three processes, each with a pool of its own that is full all the time. */
const PROCESSES = 3;
const LANES = 8;
const REQUESTS = 200;

let book: Awaited<ReturnType<typeof ownBook>>;
let others: Book[];
let strategy: string;
beforeAll(async () => {
  book = await ownBook(LANES);
  await rehearse(book.db);
  await publishShipped(book.db);
  others = await Promise.all(Array.from({ length: PROCESSES - 1 }, () => openBook(book.url, { max: LANES })));
  strategy = await published(book.db, {
    ...SMALL,
    contact: { hours: {}, caps: [], closedOn: [] },
    policy: {
      role: 'original-creditor',
      packs: ['cn-consumer-credit'],
      endpoints: { source: 'contract' },
      conduct: { call: { recording: 'audio', disclosures: ['institution', 'identity-check'] } },
    },
  });
});
afterAll(async () => {
  await Promise.all(others.map((one) => one.close()));
  await book.drop();
});

test('two hundred requests at once for one person never exceed a cap of the packs, and end in an order', async () => {
  const { person } = newAccount(strategy);
  const accounts: string[] = [];
  for (let n = 0; n < 4; n += 1) accounts.push((await enrolled(book.db, strategy, { person })).ref);
  const processes = [book, ...others];
  const answers: Reservation[] = [];
  let next = 0;
  const lane = async ({ db }: Book): Promise<void> => {
    for (let n = (next += 1); n <= REQUESTS; n = next += 1) {
      const occurrence = { step: 'P1', anchor: '2026-03-01', n, due: NOON };
      const asked = ask(accounts[n % 4] ?? '', strategy, 'P1', { occurrence, channel: 'call' });
      const answer = await reserve(db, asked);
      answers.push(answer);
      // Dialled; of none is an outcome told, so each may have been a talk.
      if (answer.answer === 'permit') await settle(db, answer.permit, 'accepted');
    }
  };
  await Promise.all(processes.flatMap((one) => Array.from({ length: LANES }, () => lane(one))));
  expect(answers.filter(({ answer }) => answer === 'permit')).toHaveLength(3);
  const deferred = answers.flatMap((one) => (one.answer === 'defer' ? [one] : []));
  expect(deferred).toHaveLength(REQUESTS - 3);
  // Tomorrow at eight: the day of the talks is over, and the night too.
  expect(new Set(deferred.map(({ until, rule }) => `${until} ${rule}`))).toEqual(
    new Set(['2026-03-11T00:00:00.000Z policy:CN-F1']),
  );
  const links = await book.db
    .selectFrom('evidence')
    .select(['n', 'kind'])
    .where('account', 'in', accounts)
    .orderBy('n')
    .execute();
  // One chain without a gap: all answers of the gate and the three ends.
  expect(links.map(({ n }) => n)).toEqual(Array.from({ length: REQUESTS + 3 }, (_, n) => n + 1));
  expect(links.filter(({ kind }) => kind === 'gate')).toHaveLength(REQUESTS);
}, 300_000);
