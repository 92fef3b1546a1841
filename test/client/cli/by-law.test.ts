import { draftCase, approveCase } from '../../../src/book/cases';
import { setClock } from '../../../src/book/clock';
import { evidenceOf } from '../../../src/book/evidence/read';
import { verify } from '../../../src/book/evidence/verify';
import { openBook, type Book } from '../../../src/book/open-book';
import { publishShipped } from '../../../src/book/policy/publish-shipped';
import { acceptBatch } from '../../../src/book/journal';
import { openTask, taskOf } from '../../../src/book/tasks';
import type { NewAccount } from '../../../src/book/accounts';
import type { AccountEvent } from '../../../src/domain/account/events';
import { DAY, enrolled, newAccount, NOON, published } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { contact, smallStrategy } from '../../support/small-strategy';
import { forbear, type Ran } from './command-line';

const AGENCY = [
  ...['listed', 'published', 'paid-not-by-recovery-alone', 'data-agreement', 'no-sub-agency'],
  ...['staff-vetted', 'staff-trained-this-year'],
];
const STRATEGY = smallStrategy(
  [
    contact('P1', [9], { kind: 'task', channels: ['agency'], action: 'place' }),
    contact('L1', [9], { kind: 'task', channels: ['legal'] }),
  ],
  {
    policy: {
      role: 'original-creditor',
      packs: ['cn-consumer-credit'],
      agencies: {
        north: { is: AGENCY, reviewed: '2025-12-01' },
        old: { is: AGENCY, reviewed: '2024-12-01' },
      },
    },
  },
);

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let env: NodeJS.ProcessEnv;
let strategy: string;

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  await publishShipped(book.db);
  strategy = await published(book.db, STRATEGY);
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

const run = (line: string): Promise<Ran> => forbear(line.split(' '), env);
const occurrence = { step: 'P1', anchor: DAY, n: 0, due: NOON };

async function placement(more: Partial<NewAccount> = {}) {
  const { ref, person } = await enrolled(book.db, strategy, more);
  const { id } = await openTask(book.db, {
    ...{ kind: 'task', account: ref, person, occurrence, action: 'place', queue: 'agency' },
    ...{ onDate: DAY, due: NOON, inputs: {} },
  });
  return { ref, person, id };
}

async function actions(account: string) {
  const found = [];
  for await (const { kind, body } of evidenceOf(book.db, { account }))
    if (kind === 'action') found.push(body);
  return found;
}

test('an account goes to an agency only when the packs let it, and each question stands in the evidence', async () => {
  const { ref, person, id } = await placement();
  const place = `task done ${id} --result placed --agency`;
  const first = await run(`${place} north`);
  expect(first).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^POLICY_REFUSES: .*CN-A4 says block/) as string,
  });
  // The refusal took back what belonged to it, and is kept all the same.
  expect(await taskOf(book.db, id)).toMatchObject({ status: 'open' });
  expect(await actions(ref)).toMatchObject([
    { action: 'outsource', answer: 'block', rule: 'CN-A4', may: false, agency: 'north' },
  ]);
  await run(`person happened ${person} outsourcing-notice --account ${ref} --at 2026-03-01T10:00:00+08:00`);
  // Whether an assessment was made is not known: nobody may go on, unless somebody answers for it.
  expect((await run(`${place} north`)).err).toMatch(/CN-AI3 says review/);
  expect((await run(`${place} old --vouch head-1`)).err).toMatch(/CN-A1 says block/);
  expect(await run(`${place} north --vouch head-1`)).toMatchObject({ code: 0 });
  expect(await taskOf(book.db, id)).toMatchObject({ status: 'done', result: 'placed' });
  expect((await actions(ref)).at(-1)).toMatchObject({
    answer: 'review',
    may: true,
    vouchedBy: 'head-1',
    about: id,
  });
  expect((await verify(book.db, { person })).breaks).toEqual([]);
  const exported = await run(`audit export --account ${ref}`);
  expect(exported.out).toMatch(/may it outsource .*allowed.*vouched for by head-1/s);
});

test('an agency that nobody has said anything of gets nothing by itself', async () => {
  const { ref, person, id } = await placement({ facts: { impact_assessed: true } });
  await run(`person happened ${person} outsourcing-notice --account ${ref} --at 2026-03-01T10:00:00+08:00`);
  expect((await run(`task done ${id} --result placed --agency unknown`)).err).toMatch(/CN-A1 says review/);
  expect(await run(`task done ${id} --result placed --agency north`)).toMatchObject({ code: 0 });
});

test('a plan that is kept keeps the account from an agency; one that broke does not', async () => {
  const { ref, person, id } = await placement({ facts: { impact_assessed: true } });
  await run(`person happened ${person} outsourcing-notice --account ${ref} --at 2026-03-01T10:00:00+08:00`);
  const plan: AccountEvent = {
    ...{ kind: 'agreement', id: 'a1', at: '2026-03-02T02:00:00.000Z', agreement: 'a1' },
    terms: {
      kind: 'plan',
      parts: [
        ['2026-04-01', 25_000],
        ['2026-05-01', 25_000],
      ],
    },
  };
  await acceptBatch(book.db, [{ account: ref, event: plan }], 'test');
  expect((await run(`task done ${id} --result placed --agency north`)).err).toMatch(/CN-K3 says block/);
  // Something else that was agreed ends: the plan goes on.
  const other: AccountEvent = {
    ...{ kind: 'agreement', id: 'f1', at: '2026-03-03T02:00:00.000Z', agreement: 'f1' },
    terms: { kind: 'freeze', from: '2026-03-03', until: '2026-04-03' },
  };
  const over: AccountEvent = {
    ...{ kind: 'agreement-ended', id: 'f2', at: '2026-03-08T02:00:00.000Z', agreement: 'f1' },
  };
  for (const event of [other, over]) await acceptBatch(book.db, [{ account: ref, event }], 'test');
  expect((await run(`task done ${id} --result placed --agency north`)).err).toMatch(/CN-K3 says block/);
  const ended: AccountEvent = {
    kind: 'agreement-ended',
    id: 'a2',
    at: '2026-03-09T02:00:00.000Z',
    agreement: 'a1',
  };
  await acceptBatch(book.db, [{ account: ref, event: ended }], 'test');
  expect(await run(`task done ${id} --result placed --agency north`)).toMatchObject({ code: 0 });
});

test('a complaint that nobody has answered in its time keeps the account from an agency', async () => {
  const { ref, person, id } = await placement({ facts: { impact_assessed: true } });
  await run(`person happened ${person} outsourcing-notice --account ${ref} --at 2026-02-01T10:00:00+08:00`);
  const at = '2026-02-10T02:00:00.000Z';
  const complaint: AccountEvent = {
    kind: 'complaint',
    id: 'c1',
    at,
    complaint: 'c1',
    cause: 'conduct',
    channel: 'call',
  } as never;
  await acceptBatch(book.db, [{ account: ref, event: complaint }], 'test');
  expect((await run(`task done ${id} --result placed --agency north`)).err).toMatch(/CN-C1 says block/);
});

describe('a suit', () => {
  async function approved(due: string) {
    const events: AccountEvent[] = [
      { kind: 'obligation', id: 'o1', at: `${due}T00:00:00.000Z`, obligation: 'o1', due, amount: 50_000 },
    ];
    const { ref } = await enrolled(book.db, strategy, { ...newAccount(strategy), enteredOn: due, events });
    const { id } = await draftCase(book.db, ref, { ...occurrence, step: 'L1' }, { form: 'dossier/1' }, NOON);
    await approveCase(book.db, id, 'counsel-2', NOON);
    return { ref, id };
  }

  test('on a claim whose time has run out is not filed, whoever vouches for it', async () => {
    const { ref, id } = await approved('2023-03-01');
    const refused = await run(`case file ${id} --vouch head-1`);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^POLICY_REFUSES: .*CN-L1 says block/) as string,
    });
    expect((await run(`case show ${id} --json`)).out).toContain('"status": "approved"');
    expect(await actions(ref)).toMatchObject([
      { action: 'file-suit', answer: 'block', rule: 'CN-L1', may: false },
    ]);
  });

  test('is filed while the time runs, and filed again it is the same', async () => {
    const { ref, id } = await approved('2023-03-11');
    expect(await run(`case file ${id}`)).toEqual({
      code: 0,
      err: '',
      out: expect.stringContaining('filed') as string,
    });
    expect(await run(`case file ${id}`)).toMatchObject({ code: 0 });
    expect(await actions(ref)).toMatchObject([
      { action: 'file-suit', answer: 'allow', may: true, about: id },
    ]);
  });
});
