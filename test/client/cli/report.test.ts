import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setClock } from '../../../src/book/clock';
import type { FiguresReport } from '../../../src/domain/morning/report';
import { at, pays } from '../../support/small-account';
import { ownBook } from '../../book/book-under-test';
import { SmallBook } from '../../book/morning/small-book';
import { forbear } from './command-line';

const EXAMPLE = join(__dirname, '..', '..', '..', 'examples', 'capacity.yaml');

describe('reports and plans at the command line', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let env: NodeJS.ProcessEnv;
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'forbear-report-'));
    book = await ownBook();
    const started = new Date().toISOString();
    await setClock(book.db, { kind: 'rehearsal', epoch: at('2026-03-16', 9), started, factor: 1 });
    const small = await SmallBook.open(book.db);
    await small.loan('2026-03-01', '2026-03-15', 20_000);
    const paid = await small.loan('2026-02-01', '2026-02-10', 50_000);
    await small.tell(paid, pays('2026-03-15', 50_000));
    // Reports and plans ask the book alone: Temporal may be away.
    env = { FORBEAR_BOOK_URL: book.url, FORBEAR_TEMPORAL_ADDRESS: '127.0.0.1:1', FORBEAR_NAMESPACE: 'none' };
  });
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    await book.drop();
  });

  it('the morning as text, with each definition once', async () => {
    const { code, out, err } = await forbear(['report', 'morning', '--capacity', EXAMPLE], env);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Morning report of 2026-03-16. Figures as of the close of 2026-03-15');
    expect(out).toMatch(/self-cured: CNY on the day\s+│ 1/);
    expect(out.match(/self-cured: late accounts with nothing late any more/g)).toHaveLength(1);
    expect(out).toContain('Health:');
  });

  it('as JSON and as CSV, with the same figure in each', async () => {
    const json = JSON.parse((await forbear(['report', 'morning', '--json'], env)).out) as FiguresReport;
    const paid = json.sections
      .flatMap(({ lines }) => lines)
      .find(({ figure }) => figure === 'payments-amount');
    expect(paid).toMatchObject({ value: 50_000, currency: 'CNY', unit: 'amount' });
    const csv = (await forbear(['report', 'morning', '--csv'], env)).out;
    expect(csv).toContain('\nyesterday,payments-amount,CNY,CNY,500.00,0.00,0.00,');
  });

  it('whom money is credited to; made anew where rows are lost, and only then', async () => {
    const credit = async () => (await forbear(['report', 'credit', '--csv'], env)).out;
    const before = await credit();
    expect(before).toContain(',credited,CNY unprompted,CNY,500.00,');
    await book.db.deleteFrom('paymentCredits').execute();
    expect(await credit()).not.toContain('CNY unprompted');
    const anew = await forbear(['report', 'rebuild', '--credits', '--json'], env);
    expect([anew.err, JSON.parse(anew.out)]).toEqual(['', { rebuilt: false, credits: 1 }]);
    expect(await credit()).toBe(before);
    const both = await forbear(['report', 'rebuild'], env);
    expect(both.out).toBe('Payments credited anew: 0 differed.\nThe figures are made again from the events.');
  });

  it('as HTML in a file', async () => {
    const file = join(dir, 'morning.html');
    const { code } = await forbear(['report', 'morning', '--html', file], env);
    expect([code, existsSync(file)]).toEqual([0, true]);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('the plan, with nothing cut where the seats are enough, and its CSV', async () => {
    const { code, out } = await forbear(['plan', '--days', '5', '--capacity', EXAMPLE], env);
    expect(code).toBe(0);
    expect(out).toContain('the core ran over 2 open accounts');
    const nothing = await forbear(['plan', '--capacity', EXAMPLE, '--lender', 'nobody'], env);
    expect(nothing.out).toContain('Nothing comes due.');
    expect(nothing.out).not.toContain('No capacity is given');
    const csv = (await forbear(['plan', '--days', '5', '--csv', '--cuts', join(dir, 'cuts.csv')], env)).out;
    // R1 on the 16th, N1 on the 19th, R2 on the 20th, each by SMS.
    expect(
      csv
        .split('\n')
        .slice(1)
        .map((row) => row.split(',').slice(0, 2).join(' ')),
    ).toEqual(['2026-03-16 sms', '2026-03-19 sms', '2026-03-20 sms']);
    expect(readFileSync(join(dir, 'cuts.csv'), 'utf8')).toMatch(/^account,step,due,day,channel/);
  });

  it('a plan that binds, and who decided it; the morning report names it', async () => {
    const capacity = join(dir, 'capacity.yaml');
    const none = 'forbear: capacity/1\nzone: Asia/Shanghai\nskills: {}\nmachines: { sms: 0 }\n';
    writeFileSync(capacity, none);
    const who = ['--by', 'head-1', '--why', 'the centre is down'];
    const made = await forbear(['plan', '--bind', '--capacity', capacity, ...who], env);
    expect([made.code, made.out]).toEqual([0, expect.stringContaining('It binds on 2026-03-16, as plan ')]);
    const { out } = await forbear(['plan', 'show', '--day', '2026-03-16'], env);
    expect(out).toContain('decided by head-1');
    expect(out).toContain('1 pieces of work are cut (1 sms moved)');
    const csv = (await forbear(['plan', 'show', '--csv'], env)).out.split('\n');
    expect([csv.length, csv[1]]).toEqual([2, expect.stringMatching(/^bank,2026-03-16,.*,R1,.*,moved,/)]);
    expect(await forbear(['plan', 'show', '--day', '2026-03-17'], env)).toMatchObject({
      ...{ code: 0, out: expect.stringContaining('No plan binds on that day.') },
    });
    const morning = (await forbear(['report', 'morning'], env)).out;
    expect(morning).toMatch(/The plan of bank binds: decided by head-1 at .*, because: the centre is down\./);
  });

  it('makes the figures again and says the same', async () => {
    const before = (await forbear(['report', 'kept', '--json'], env)).out;
    expect(await forbear(['report', 'rebuild'], env)).toMatchObject({ code: 0, err: '' });
    const after = (await forbear(['report', 'kept', '--json'], env)).out;
    expect(withoutMoment(after)).toEqual(withoutMoment(before));
  });

  const withoutMoment = (json: string): unknown => ({ ...(JSON.parse(json) as object), madeAt: null });

  const mistakes: [string, string[], RegExp][] = [
    [
      'a morning that has not come',
      ['report', 'morning', '--as-of', '2026-03-17'],
      /REPORT_NOT_YET: .*today is 2026-03-16/,
    ],
    ['a day that is none', ['report', 'kept', '--as-of', '2026-02-30'], /OPTION_WRONG: .*--as-of/],
    ['a cohort that is none', ['report', 'vintage', '--by', 'birth'], /OPTION_WRONG: .*opening or entry/],
    ['a plan of a year', ['plan', '--days', '366'], /OPTION_WRONG: .*at most 60/],
    ['a plan that binds for nobody', ['plan', '--bind', '--why', 'x'], /OPTION_WRONG: .*--by/],
    ['a plan that binds for no reason', ['plan', '--bind', '--by', 'x'], /OPTION_WRONG: .*--why/],
    ['a day of a plan that is none', ['plan', 'show', '--day', '2026-02-30'], /OPTION_WRONG: .*--day/],
    ['no capacity document', ['plan', '--capacity', 'none.yaml'], /FILE_UNREADABLE/],
  ];
  it.each(mistakes)('refuses %s in one sentence', async (_name, args, says) => {
    const { code, err, out } = await forbear(args, env);
    expect(err).toMatch(says);
    expect([code, out]).toEqual([2, '']);
  });

  it('defines every figure without a book', async () => {
    const { code, out } = await forbear(['report', 'definitions']);
    expect(code).toBe(0);
    expect(out).toMatch(/roll \(percent\): of the balance in the bucket/);
  });
});
