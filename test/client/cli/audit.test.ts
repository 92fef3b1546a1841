import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { settle } from '../../../src/book/attempts';
import { reserve } from '../../../src/book/permit';
import { ask, enrolled, ownBook, published, rehearse } from '../../book/book-under-test';
import { forbear } from './command-line';

describe('the evidence at the command line', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let env: NodeJS.ProcessEnv;
  let dir: string;
  let account: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'forbear-audit-'));
    book = await ownBook();
    await rehearse(book.db);
    const strategy = await published(book.db);
    ({ ref: account } = await enrolled(book.db, strategy));
    const reserved = await reserve(book.db, ask(account, strategy));
    if (reserved.answer !== 'permit') throw new Error('no permit');
    await settle(book.db, reserved.permit, 'accepted', '1');
    // The evidence stands in the book alone: Temporal may be away.
    env = { FORBEAR_BOOK_URL: book.url, FORBEAR_TEMPORAL_ADDRESS: '127.0.0.1:1', FORBEAR_NAMESPACE: 'none' };
  });
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    await book.drop();
  });

  it('in words, as JSON and as CSV, with nothing personal', async () => {
    const { code, out } = await forbear(['audit', 'export', '--account', account], env);
    expect(code).toBe(0);
    expect(out).toMatch(/may R1 go out by sms\?\s+│ allowed as contact /);
    expect(out).toContain('50000 past due, 0 contacts counted, no hold, zone Asia/Shanghai, journal to 0');
    const json = await forbear(['audit', 'export', '--person', account, '--json'], env);
    expect(JSON.parse(json.out)).toMatchObject([{ kind: 'gate' }, { kind: 'settled' }]);
    const file = join(dir, 'evidence.csv');
    const csv = await forbear(['audit', 'export', '--account', account, '--csv', '--out', file], env);
    expect([csv.code, csv.out]).toEqual([0, '']);
    const text = readFileSync(file, 'utf8');
    expect(text.trim().split('\n')).toHaveLength(3);
    for (const written of [out, json.out, text]) expect(written).not.toMatch(/Wang|\+86|example\.test/);
  });

  it('sealed once, and verified against a seal that was noted elsewhere', async () => {
    const { hash } = JSON.parse((await forbear(['audit', 'seal', '--json'], env)).out) as { hash: string };
    expect((await forbear(['audit', 'seal'], env)).out).toBe('Today is sealed already.');
    const { code, out } = await forbear(['audit', 'verify', '--seal', hash], env);
    expect(code).toBe(0);
    expect(out).toContain('Everything is as it was written: 1 chain, 2 links, 1 seal.');
    const other = await forbear(['audit', 'verify', '--seal', 'ab12'], env);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('is not among them')]);
  });

  it('names the place where it was changed, with exit code 1', async () => {
    await book.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update evidence set body = '{"outcome":"not-sent"}' where n = 2`.execute(tx);
    });
    const { code, out } = await forbear(['audit', 'verify', '--person', account], env);
    expect(code).toBe(1);
    expect(out).toMatch(/│ 2\s+│ the link is not what was written/);
  });

  it('needs one of the two', async () => {
    for (const options of [[], ['--account', account, '--person', account]]) {
      const { code, err } = await forbear(['audit', 'export', ...options], env);
      expect([code, err]).toEqual([2, expect.stringContaining('OPTION_WRONG')]);
    }
  });
});
