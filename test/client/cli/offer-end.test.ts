import { setClock } from '../../../src/book/clock';
import { accept } from '../../../src/book/journal';
import { openBook, type Book } from '../../../src/book/open-book';
import type { Claim } from '../../../src/book/staff';
import { agreementFact } from '../../../src/domain/account/agreement';
import type { AgreementTerms } from '../../../src/domain/agreement/agreement';
import { addDays } from '../../../src/domain/calendar/day';
import { DAY, enrolled, newAccount, NOON, published, SMALL } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { staffOf } from '../../support/staff';
import { forbear, type Ran } from './command-line';

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let env: NodeJS.ProcessEnv;
let account: string;
let staff: Record<'senior' | 'lead' | 'collector', Claim>;

const parts: AgreementTerms & { kind: 'plan' } = { kind: 'plan', parts: [[addDays(DAY, 5), 50_000]] };
const waiver: AgreementTerms = {
  ...{ kind: 'waiver', parts: [[addDays(DAY, 5), 40_000]] },
  waived: { costs: 0, 'late-charge': 10_000, 'penalty-interest': 0, interest: 0, principal: 0 },
};

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  const strategy = await published(book.db, SMALL);
  account = (await enrolled(book.db, strategy, newAccount(strategy))).ref;
  staff = await staffOf(book.db, { senior: 'senior', lead: 'team-leader', collector: 'collector' });
  env = {
    FORBEAR_BOOK_URL: database.url,
    FORBEAR_TEMPORAL_ADDRESS: temporal.address,
    FORBEAR_NAMESPACE: temporal.namespace,
  };
});
afterAll(async () => {
  await book?.close();
  await temporal?.close();
  await database?.drop();
});

const by = ({ ref, key }: Claim, line: string): Promise<Ran> =>
  forbear([...line.split(' '), '--by', ref], { ...env, FORBEAR_STAFF_KEY: key });
const agree = (id: string, terms: AgreementTerms) =>
  accept(book.db, account, agreementFact({ id }, terms, NOON), 'offer');

test('an agreement is ended by the command line, one of weight by two people, and the timeline has it', async () => {
  await agree('o-1', parts);
  const end = `offer end ${account} o-1 --why person-asked`;
  expect(await by(staff.collector, end)).toMatchObject({
    code: 1,
    err: expect.stringContaining('STAFF_MAY_NOT') as string,
  });
  expect(await by(staff.senior, end.replace('person-asked', 'because'))).toMatchObject({ code: 2 });
  expect(await by(staff.senior, end.replace('o-1', 'o-9'))).toMatchObject({
    code: 3,
    err: expect.stringContaining('AGREEMENT_UNKNOWN') as string,
  });
  expect(await by(staff.senior, end)).toMatchObject({ code: 0, out: 'The agreement o-1 is over.' });
  expect(await by(staff.senior, end)).toMatchObject({
    code: 1,
    err: expect.stringContaining('AGREEMENT_OVER') as string,
  });

  await agree('o-2', waiver);
  const asked = await by(staff.senior, `offer end ${account} o-2 --why wrong-figures --id end-2 --json`);
  expect(asked.code).toBe(0);
  expect(JSON.parse(asked.out)).toMatchObject({
    ...{ account, done: false },
    waits: { id: 'end-2', subject: 'o-2', why: 'wrong-figures', needs: 'end-agreement-weighty' },
  });
  const waiting = `offer ends waiting --account ${account}`.split(' ');
  expect((await forbear(waiting, env)).out).toContain('end-2');
  expect(await by(staff.senior, 'offer ends approve end-2')).toMatchObject({ code: 1 });
  expect(await by(staff.lead, 'offer ends approve end-2')).toMatchObject({
    ...{ code: 0, out: 'The agreement o-2 is over.' },
  });
  expect((await forbear(waiting, env)).out).toBe('Nothing waits for a second person.');
  const told = await forbear(['timeline', account], env);
  expect(told.out).toMatch(/o-2.*wrong-figures/);
});
