import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReserveRequest } from '../../src/book/permit';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { ask, enrolled, newAccount, NOON, ownBook, published, rehearse, SMALL } from './book-under-test';

const ASKER = join(__dirname, '..', 'support', 'asker.js');
/** Processes of the operating system, each with a pool of its own that is full all the time. */
const PROCESSES = 4;
const LANES = 6;
const REQUESTS = 200;

interface Said {
  readonly answer: string;
  readonly until?: string;
  readonly rule?: string;
}

let book: Awaited<ReturnType<typeof ownBook>>;
let strategy: string;
beforeAll(async () => {
  book = await ownBook(LANES);
  await rehearse(book.db);
  await publishShipped(book.db);
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
afterAll(() => book.drop());

/** A process that has its book open, and what it answers to the requests that it is given. */
async function asker(): Promise<(requests: readonly ReserveRequest[]) => Promise<readonly Said[]>> {
  const child = spawn(process.execPath, [ASKER, book.url, String(LANES)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [ready] = (await once(lines, 'line')) as [string];
  expect(ready).toBe('ready');
  return async (requests) => {
    const said: Said[] = [];
    lines.on('line', (line) => said.push(JSON.parse(line) as Said));
    child.stdin.end(JSON.stringify(requests));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    return said;
  };
}

test('two hundred requests at once for one person never exceed a cap of the packs, and end in an order', async () => {
  const { person } = newAccount(strategy);
  const accounts: string[] = [];
  for (let n = 0; n < 4; n += 1) accounts.push((await enrolled(book.db, strategy, { person })).ref);
  const requests = Array.from({ length: REQUESTS }, (_, n) => {
    const occurrence = { step: 'P1', anchor: '2026-03-01', n: n + 1, due: NOON };
    // Dialled and settled; of none is an outcome told, so each may have been a talk.
    return ask(accounts[n % 4] ?? '', strategy, 'P1', { occurrence, channel: 'call' });
  });
  const processes = await Promise.all(Array.from({ length: PROCESSES }, asker));
  const said = await Promise.all(
    processes.map((give, of) => give(requests.filter((_, n) => n % PROCESSES === of))),
  );
  const answers = said.flat();
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
