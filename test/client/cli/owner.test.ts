import { setClock } from '../../../src/book/clock';
import { openBook, type Book } from '../../../src/book/open-book';
import { openTask, taskOf, type NewTask } from '../../../src/book/tasks';
import { enrolAccount } from '../../../src/book/accounts';
import type { Role } from '../../../src/domain/staff/roles';
import { ownerless } from '../../../src/book/morning/work';
import { DAY, newAccount, NOON, published } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { contact, smallStrategy } from '../../support/small-strategy';
import { forbear, type Ran } from './command-line';

const STRATEGY = smallStrategy(
  [
    contact('C1', [8], { channels: ['call'], campaign: { N: { attemptsADay: 9, days: 2 } } }),
    contact('P1', [9], { channels: ['letter'] }),
    { ...contact('O1', [9]), kind: 'task', channels: undefined, action: 'assign-owner', queue: 'owner' },
  ],
  { contact: { hours: {}, caps: [], closedOn: [] } },
);

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let strategy: string;
let env: NodeJS.ProcessEnv;
const keys = new Map<string, string>();

beforeAll(async () => {
  [database, temporal] = await Promise.all([ownDatabase(), ownNamespace()]);
  book = await openBook(database.url, { migrate: true });
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  strategy = await published(book.db, STRATEGY);
  env = {
    FORBEAR_BOOK_URL: database.url,
    FORBEAR_TEMPORAL_ADDRESS: temporal.address,
    FORBEAR_NAMESPACE: temporal.namespace,
  };
  await hire('head-1', 'head', null);
  await hire('comp-1', 'compliance');
  for (const [ref, role] of [
    ['lead-1', 'team-leader'],
    ['c-7', 'collector'],
    ['c-9', 'collector'],
    ['c-10', 'collector'],
    ['s-1', 'senior'],
    ['f-1', 'field'],
  ] as const)
    await hire(ref, role);
});
afterAll(async () => {
  await book?.close();
  await temporal?.close();
  await database?.drop();
});

const run = (line: string, as?: string): Promise<Ran> =>
  forbear(
    line.match(/"[^"]*"|\S+/g)!.map((part) => part.replaceAll('"', '')),
    {
      ...env,
      ...(as === undefined ? {} : { FORBEAR_STAFF_KEY: keys.get(as) }),
    },
  );
const said = async <T>(line: string, as?: string): Promise<T> => {
  const { out, err } = await run(`${line} --json`, as);
  return JSON.parse(out === '' ? err : out) as T;
};

async function hire(ref: string, role: Role, by: string | null = 'head-1'): Promise<void> {
  const line = `staff add ${ref} --role ${role}${by === null ? '' : ` --by ${by}`}`;
  const { key, active } = await said<{ key: string; active: boolean }>(line, by ?? undefined);
  keys.set(ref, key);
  if (!active) await run(`staff confirm ${ref} --by comp-1`, 'comp-1');
  if (by === null) return;
  keys.set(ref, (await said<{ key: string }>(`staff key --by ${ref}`, ref)).key);
}

/** So many accounts of one person, 500.00 past due each. */
async function accounts(many: number): Promise<{ refs: string[]; person: string }> {
  const { person: described } = newAccount(strategy);
  const refs: string[] = [];
  let person = '';
  for (let n = 0; n < many; n += 1) {
    const enrolled = await enrolAccount(book.db, { ...newAccount(strategy), person: described });
    refs.push(enrolled.ref);
    person = enrolled.person;
  }
  return { refs, person };
}
const opened = (account: string, person: string, step: string, more: Partial<NewTask> = {}) =>
  openTask(book.db, {
    ...{ kind: 'task', account, person, onDate: DAY, due: NOON, inputs: {} },
    occurrence: { step, anchor: DAY, n: 0, due: NOON },
    ...more,
  });
const campaign = (account: string, person: string) =>
  opened(account, person, 'C1', { kind: 'campaign', campaign: { attemptsADay: 9, days: 2 } });
const toName = (account: string, person: string) =>
  opened(account, person, 'O1', { action: 'assign-owner', queue: 'owner' });
const ownerNow = async (who: string) =>
  (await said<{ owner: { ref: string; gone: string | null } | null }>(`person owner ${who}`)).owner;
const acts = async (who: string) =>
  (
    await said<{ acts: { before: string | null; owner: string | null; by: string; reason: string }[] }>(
      `person owner ${who}`,
    )
  ).acts.map(({ before, owner, by, reason }) => [before, owner, by, reason]);

it('whoever first calls a person owns the person, on all accounts, also on one that comes later', async () => {
  const { refs, person } = await accounts(2);
  const [one, two] = [await campaign(refs[0]!, person), await campaign(refs[1]!, person)];
  expect(await ownerNow(person)).toBeNull();
  expect((await run(`task start ${one.id} --by c-7`)).code).toBe(0);
  expect(await ownerNow(refs[1]!)).toMatchObject({ ref: 'c-7', gone: null });
  const refused = await run(`task start ${two.id} --by c-9`);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('TASK_OF_OWNER') });
  expect(refused.err).toContain('c-7');
  // Nothing counts as tried that was refused.
  expect((await run(`task start ${two.id} --by c-7`)).out).toContain('attempt 1');
  const { person: known } = await book.db
    .selectFrom('accounts')
    .select('person')
    .where('ref', '=', refs[0]!)
    .executeTakeFirstOrThrow();
  const { lenderPerson } = await book.db
    .selectFrom('people')
    .select('lenderPerson')
    .where('ref', '=', known)
    .executeTakeFirstOrThrow();
  const fresh = newAccount(strategy);
  const later = await enrolAccount(book.db, {
    ...fresh,
    person: { ...fresh.person, lenderPerson: lenderPerson ?? '' },
  });
  expect(await ownerNow(later.ref)).toMatchObject({ ref: 'c-7' });
  expect(await acts(person)).toEqual([[null, 'c-7', 'c-7', 'first-task']]);
});

it('the work list of an owner has every task of the people whom he owns', async () => {
  const { refs, person } = await accounts(2);
  const stranger = await accounts(1);
  await run(`task start ${(await campaign(refs[0]!, person)).id} --by c-10`);
  const letter = await opened(refs[1]!, person, 'P1', { kind: 'letter' });
  const free = await campaign(stranger.refs[0]!, stranger.person);
  const rows = await said<{ id: string; person: string; owner: string }[]>('task list --owner c-10');
  expect(rows.map(({ id }) => id)).toContain(letter.id);
  expect(new Set(rows.map((row) => `${row.person} ${row.owner}`))).toEqual(new Set([`${person} c-10`]));
  const unowned = await said<{ id: string }[]>('task list --unowned --limit 1000');
  expect(unowned.map(({ id }) => id)).toContain(free.id);
  expect(unowned.map(({ id }) => id)).not.toContain(letter.id);
  expect((await run('task list --owner c-10')).out).toMatch(/queue +│? *owner|owner/);
});

it('a task that asks for an owner names one; the same answer again does not undo a later hand-over', async () => {
  const { refs, person } = await accounts(1);
  const { id } = await toName(refs[0]!, person);
  const unfit = await run(`task done ${id} --result done --owner f-1 --by lead-1`);
  expect(unfit).toMatchObject({ code: 1, err: expect.stringContaining('OWNER_UNFIT') });
  expect((await taskOf(book.db, id)).status).toBe('open');
  const done = await run(`task done ${id} --result done --owner c-7 --by lead-1`);
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('c-7 owns the person') });
  await run(`person owner ${person} s-1 --by lead-1 --reason "language"`, 'lead-1');
  await run(`task done ${id} --result done --owner c-7 --by lead-1`);
  expect(await ownerNow(person)).toMatchObject({ ref: 's-1' });
  expect(await acts(person)).toEqual([
    [null, 'c-7', 'lead-1', 'step O1'],
    ['c-7', 's-1', 'lead-1', 'language'],
  ]);
});

it('a hand-over needs a leader, a reason and somebody who may own people', async () => {
  const { person } = await accounts(1);
  const line = `person owner ${person}`;
  expect((await run(`${line} c-9 --by lead-1`, 'lead-1')).err).toContain('--reason');
  expect((await run(`${line} c-9 --by c-7 --reason "mine"`, 'c-7')).err).toContain('STAFF_MAY_NOT');
  expect((await run(`${line} c-9 --by lead-1 --reason "x"`)).err).toContain('STAFF_KEY_MISSING');
  expect((await run(`${line} nobody --by lead-1 --reason "x"`, 'lead-1')).err).toContain('STAFF_UNKNOWN');
  expect(await acts(person)).toEqual([]);
  expect((await run(`${line} c-9 --by lead-1 --reason "new team"`, 'lead-1')).out).toContain('c-9 owns');
  expect((await run(`${line} c-9 --by lead-1 --reason "again"`, 'lead-1')).out).toContain('already');
  expect((await run(`${line} --release --by lead-1 --reason "complaint"`, 'lead-1')).out).toContain('Nobody');
  expect(await ownerNow(person)).toBeNull();
  expect((await run(line)).out).toContain('complaint');
});

it('an owner who is away or has left lets go: the next who calls owns the person', async () => {
  const { refs, person } = await accounts(1);
  const task = await campaign(refs[0]!, person);
  await run(`task start ${task.id} --by c-9`);
  expect((await run(`staff away c-9 --until 2026-03-12 --by c-7`, 'c-7')).err).toContain('STAFF_MAY_NOT');
  await run('staff away c-9 --until 2026-03-12 --by lead-1', 'lead-1');
  expect((await run(`person show ${person}`)).out).toContain('c-9 (is away: free)');
  expect((await said<{ id: string }[]>('task list --unowned')).map(({ id }) => id)).toContain(task.id);
  await run('staff away c-9 --back --by lead-1', 'lead-1');
  expect(await ownerNow(person)).toMatchObject({ ref: 'c-9', gone: null });
  await run('staff leave c-9 --by head-1', 'head-1');
  expect(await ownerNow(person)).toMatchObject({ ref: 'c-9', gone: 'left' });
  expect((await run(`task start ${task.id} --by c-7`)).code).toBe(0);
  expect(await acts(person)).toEqual([
    [null, 'c-9', 'c-9', 'first-task'],
    ['c-9', 'c-7', 'c-7', 'owner-left'],
  ]);
});

it('two collectors who call one person at the same moment: one owns, the other is refused', async () => {
  const { refs, person } = await accounts(2);
  const tasks = [await campaign(refs[0]!, person), await campaign(refs[1]!, person)];
  const both = await Promise.all(tasks.map(({ id }, n) => run(`task start ${id} --by ${['c-7', 's-1'][n]}`)));
  expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
  const winner = ['c-7', 's-1'][both.findIndex(({ code }) => code === 0)];
  expect(await acts(person)).toEqual([[null, winner, winner, 'first-task']]);
});

it("a guarantor's task belongs to the owner of the debt, and makes nobody an owner", async () => {
  const { refs } = await accounts(1);
  const guarantor = await accounts(1);
  const asked = await campaign(refs[0]!, guarantor.person);
  await run(`task start ${asked.id} --by s-1`);
  expect(await ownerNow(guarantor.person)).toBeNull();
  await run(`person owner ${refs[0]!} c-7 --by lead-1 --reason "team"`, 'lead-1');
  expect((await run(`task show ${asked.id}`)).out).toMatch(/owner +c-7/);
});

it('counts the accounts that need an owner and have none who is there', async () => {
  const { refs } = await accounts(2);
  const before = await ownerless(book.db, DAY, null);
  await book.db.updateTable('accounts').set({ stage: 'negotiation' }).where('ref', 'in', refs).execute();
  expect(await ownerless(book.db, DAY, null)).toBe(before + 2);
  await run(`person owner ${refs[0]!} c-10 --by lead-1 --reason "team"`, 'lead-1');
  expect(await ownerless(book.db, DAY, null)).toBe(before);
  await run('staff leave c-10 --by head-1', 'head-1');
  expect(await ownerless(book.db, DAY, null)).toBe(before + 2);
});
