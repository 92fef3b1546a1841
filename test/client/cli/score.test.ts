import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolAccount } from '../../../src/book/accounts';
import { setClock } from '../../../src/book/clock';
import { openBook, type Book } from '../../../src/book/open-book';
import { scorecardFile } from '../../../src/client/cli/shipped';
import { readScorecard } from '../../../src/domain/score/scorecard.schema';
import { pointsOn } from '../../../src/domain/score/score';
import { newAccount, NOON, published } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { forbear, type Ran } from './command-line';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let folder: string;
let env: NodeJS.ProcessEnv;
let account: string;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  folder = mkdtempSync(join(tmpdir(), 'forbear-score-'));
  env = {
    FORBEAR_BOOK_URL: database.url,
    FORBEAR_TEMPORAL_ADDRESS: temporal.address,
    FORBEAR_NAMESPACE: temporal.namespace,
  };
  ({ ref: account } = await enrolAccount(book.db, newAccount(await published(book.db))));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await book?.close();
  await temporal?.close();
  await database?.drop();
});

const run = (...args: string[]): Promise<Ran> => forbear(args, env);

/** The card that ships is of other money; this one is the same in the accounts' own. */
function cardOfOurs(): string {
  const file = join(folder, 'ours.yaml');
  const shipped = readFileSync(scorecardFile('payment-behaviour') ?? '', 'utf8');
  writeFileSync(file, shipped.replace('currency: TWD', 'currency: CNY'));
  return file;
}

interface Shown {
  readonly points: number;
  readonly lines: readonly { readonly points: number; readonly fact: string }[];
  readonly quadrant: string;
}

it('shows lines that add up to the score, and says what cost most', async () => {
  const file = cardOfOurs();
  const { code, out } = await run('score', 'show', account, '--card', file, '--json');
  expect(code).toBe(0);
  const { points, lines, quadrant } = JSON.parse(out) as Shown;
  const { base } = readScorecard(readFileSync(file, 'utf8'), file);
  expect(points).toBe(lines.reduce((sum, line) => sum + line.points, base));
  expect(quadrant).toMatch(/able-|unknown/);
  const said = await run('score', 'show', account, '--card', file);
  expect(said.out).toContain('What cost most');
  expect(said.out).toContain('willingness:');
});

it('takes into the score what was told since', async () => {
  const file = cardOfOurs();
  const before = JSON.parse((await run('score', 'show', account, '--card', file, '--json')).out) as Shown;
  // Three calls that nobody answered: the card's own line for silence.
  for (let n = 0; n < 3; n += 1)
    expect((await run('outcome', account, 'NA', '--channel', 'call', '--id', `call-${n}`)).code).toBe(0);
  const after = JSON.parse((await run('score', 'show', account, '--card', file, '--json')).out) as Shown;
  const silence = ({ lines }: Shown) => lines.find(({ fact }) => fact === 'unanswered')?.points;
  const card = readScorecard(readFileSync(file, 'utf8'), file);
  const worth = (count: number) => pointsOn(card, { unanswered: count }) - pointsOn(card, { unanswered: 0 });
  expect([silence(before), silence(after)]).toEqual([0, worth(3)]);
  expect(worth(3)).toBeLessThan(0);
});

it('refuses a card of other money, one that is not there, and a score that is no number', async () => {
  const wrong = await run('score', 'show', account);
  expect(wrong).toMatchObject({
    code: expect.any(Number),
    err: expect.stringContaining('SCORECARD_CURRENCY'),
  });
  expect((await run('score', 'show', account, '--card', 'nobodys')).err).toContain('SCORECARD_UNKNOWN');
  expect((await run('score', 'tell', account, 'risk-3', 'high')).err).toContain('OPTION_WRONG');
});

it('keeps a score of a model in the journal, once by its id', async () => {
  const tell = () => run('score', 'tell', account, 'risk-3', '71', '--on', '2026-03-09', '--id', 'm3-77');
  expect(await tell()).toMatchObject({ code: 0 });
  expect((await tell()).out).toContain('stood in the journal before');
  const stands = await book.db
    .selectFrom('journal')
    .select('body')
    .where('account', '=', account)
    .where('eventId', '=', 'm3-77')
    .execute();
  expect(stands.map(({ body }) => body)).toMatchObject([
    { kind: 'score', model: 'risk-3', value: 71, on: '2026-03-09' },
  ]);
});
