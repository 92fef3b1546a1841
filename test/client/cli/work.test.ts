import { addStaff } from '../../../src/book/staff';
import { enrolAccount } from '../../../src/book/accounts';
import { draftCase } from '../../../src/book/cases';
import { setClock } from '../../../src/book/clock';
import { requestHost } from '../../../src/book/host-actions';
import { factsOf } from '../../../src/book/journal';
import { addParty } from '../../../src/book/parties';
import { openBook, type Book } from '../../../src/book/open-book';
import { endTasks, openTask, taskOf, type NewTask, type TaskRow } from '../../../src/book/tasks';
import { CHASE } from '../../../src/domain/decide/decision';
import { newAccount, published, DAY, NOON } from '../../book/book-under-test';
import { ownDatabase, ownNamespace, type TestDatabase, type TestNamespace } from '../../support/servers';
import { contact, smallStrategy } from '../../support/small-strategy';
import { forbear, type Ran } from './command-line';

const STRATEGY = smallStrategy(
  [
    contact('C1', [8], { channels: ['call'], campaign: { N: { attemptsADay: 2, days: 2 } } }),
    contact('V1', [9], { channels: ['visit'] }),
    contact('P1', [9], { channels: ['letter'] }),
    { ...contact('T1', [9]), kind: 'task', channels: undefined, answers: ['found', 'not-found'] },
    { ...contact('T2', [9]), kind: 'task', channels: undefined },
    { ...contact('L1', [9]), kind: 'task', channels: ['legal'], answers: ['approved', 'refused'] },
    { ...contact('H1', [9]), kind: 'host', channels: undefined, action: 'block-purchases' },
  ],
  { contact: { hours: {}, caps: [], closedOn: [] } },
);

let database: TestDatabase;
let temporal: TestNamespace;
let book: Book;
let strategy: string;
let env: NodeJS.ProcessEnv;

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
});
afterAll(async () => {
  await book?.close();
  await temporal?.close();
  await database?.drop();
});

const run = (line: string): Promise<Ran> => forbear(line.split(' '), env);

async function enrolled(): Promise<{ ref: string; person: string }> {
  const account = newAccount(strategy);
  const endpoints = [
    ...account.person.endpoints,
    { kind: 'address' as const, value: '人民路 88 号', verified: true },
  ];
  return enrolAccount(book.db, { ...account, person: { ...account.person, endpoints } });
}

async function opened(step: string, more: Partial<NewTask> = {}): Promise<TaskRow> {
  const { ref: account, person } = await enrolled();
  return openTask(book.db, {
    kind: 'task',
    account,
    person,
    occurrence: { step, anchor: DAY, n: 0, due: NOON },
    onDate: DAY,
    due: NOON,
    inputs: { title: 'see to it', pastDue: 50_000 },
    ...more,
  });
}
const campaign = () => opened('C1', { kind: 'campaign', campaign: { attemptsADay: 2, days: 2 } });
const facts = async ({ account }: { account: string }) =>
  (await factsOf(book.db, account)).map(({ at: _at, ...event }) => event);

it('lists what is open, by queue, account and day', async () => {
  const today = await opened('T1', { queue: 'search' });
  const later = await opened('T1', { queue: 'search', onDate: '2026-03-12' });
  const all = await run('task list --queue search');
  expect(all.out).toContain(today.id);
  expect(all.out).toContain(later.id);
  const due = await run('task list --queue search --due --json');
  expect((JSON.parse(due.out) as TaskRow[]).map(({ id }) => id)).toEqual([today.id]);
  const own = await run(`task list --account ${later.account} --json`);
  expect((JSON.parse(own.out) as TaskRow[]).map(({ id }) => id)).toEqual([later.id]);
  expect((await run('task list --queue nobody')).out).toBe('There is no such task.');
});

it('shows a task with the answers that it takes', async () => {
  const { id } = await opened('T1');
  const { out } = await run(`task show ${id}`);
  expect(out).toMatch(/results +found, not-found/);
  expect(out).toContain('see to it');
});

it('asks the gate for each call, and makes no more than the step gives', async () => {
  const { id } = await campaign();
  expect(await run(`task start ${id}`)).toMatchObject({ code: 0, out: expect.stringContaining('attempt 1') });
  expect(await run(`task start ${id}`)).toMatchObject({ code: 0, out: expect.stringContaining('attempt 2') });
  expect(await run(`task start ${id}`)).toMatchObject({
    code: 1,
    out: expect.stringContaining('campaign-day'),
  });
  const over = await opened('C1', {
    kind: 'campaign',
    onDate: '2026-03-08',
    campaign: { attemptsADay: 2, days: 2 },
  });
  expect((await run(`task start ${over.id} --json`)).out).toContain('campaign-over');
});

it('counts two people who dial at once as two', async () => {
  const { id } = await campaign();
  const both = await Promise.all([1, 2].map(() => run(`task start ${id} --json`)));
  const numbers = both.map(({ out }) => (JSON.parse(out) as { attempt: number }).attempt);
  expect(numbers.sort()).toEqual([1, 2]);
});

it('says the rule when the person asked not to be contacted', async () => {
  const task = await campaign();
  await run(`hold ${task.account} cease-contact`);
  const ran = await run(`task start ${task.id} --json`);
  expect(ran.code).toBe(1);
  expect(JSON.parse(ran.out)).toMatchObject({ may: false, rule: expect.stringMatching(/\w/) });
  expect(await run(`task done ${task.id} --result stopped`)).toMatchObject({ code: 0 });
  expect((await facts(task)).map(({ kind }) => kind)).toEqual(['hold']);
});

it('tells each call of a campaign once, and ends it when somebody is reached', async () => {
  const task = await campaign();
  const na = `task done ${task.id} --result NA --more`;
  expect(await run(na)).toMatchObject({ code: 1, err: expect.stringContaining('TASK_NOT_STARTED') });
  await run(`task start ${task.id}`);
  await run(na);
  expect((await run(na)).out).toContain('stood in the journal before');
  await run(`task start ${task.id}`);
  const missing = await run(`task done ${task.id} --result RPC-HARD`);
  expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('reason') });
  expect((await taskOf(book.db, task.id)).status).toBe('open');
  expect(await run(`task done ${task.id} --result RPC-HARD --reason lost-work`)).toMatchObject({ code: 0 });
  expect(await facts(task)).toEqual([
    { seq: 1, id: `task:${task.id}:1`, kind: 'contact-outcome', channel: 'call', step: 'C1', code: 'NA' },
    {
      ...{ seq: 2, id: `task:${task.id}`, kind: 'contact-outcome', channel: 'call', step: 'C1' },
      ...{ code: 'RPC-HARD', reason: 'lost-work' },
    },
  ]);
  expect(await taskOf(book.db, task.id)).toMatchObject({ status: 'done', result: 'RPC-HARD' });
});

it('takes the same result again for the same, and no other', async () => {
  const task = await opened('T1');
  const wrong = await run(`task done ${task.id} --result maybe`);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('found, not-found') });
  expect((await run(`task done ${task.id} --result found`)).out).toContain('Accepted');
  expect(await run(`task done ${task.id} --result found`)).toMatchObject({ code: 0 });
  expect(await run(`task done ${task.id} --result not-found`)).toMatchObject({
    code: 1,
    err: expect.stringContaining('TASK_ENDED'),
  });
  expect(await facts(task)).toMatchObject([{ kind: 'task-result', step: 'T1', result: 'found' }]);
});

it('leaves neither the fact nor the end of the task when one of them is refused', async () => {
  const task = await opened('T2');
  const named = await run(`task done ${task.id} --result Lin,Mei`);
  expect(named.code).toBe(2);
  expect(named.err).not.toContain('Lin');
  expect((await taskOf(book.db, task.id)).status).toBe('open');
  await endTasks(book.db, task.account, null, 'account-cured', NOON);
  expect(await run(`task done ${task.id} --result done`)).toMatchObject({ code: 1 });
  expect(await facts(task)).toEqual([]);
});

it('letters to several guarantors have arrived when each of them has the letter', async () => {
  const { ref: account } = await enrolled();
  const letters: TaskRow[] = [];
  const people: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { person: described } = newAccount(strategy);
    const person = await addParty(book.db, account, { role: 'guarantor', person: described }, DAY);
    people.push(person);
    letters.push(
      await openTask(book.db, {
        ...{ kind: 'letter', account, person, onDate: DAY, due: NOON, inputs: { party: person } },
        occurrence: { step: 'P1', anchor: DAY, n: 0, due: NOON },
      }),
    );
  }
  const [one, two, three] = letters.map(({ id }) => id) as [string, string, string];
  const told = () => factsOf(book.db, account);
  expect(await run(`task done ${one} --result arrived`)).toMatchObject({ code: 0 });
  await run(`task done ${two} --result posted`);
  expect(await told()).toEqual([]);
  await run(`task done ${two} --result delivered`);
  expect(await told()).toEqual([]);
  // Said again, it is the same.
  await run(`task done ${one} --result arrived`);
  expect(await told()).toEqual([]);
  await run(`task done ${three} --result arrived`);
  expect(await told()).toMatchObject([{ kind: 'delivery', step: 'P1', status: 'arrived' }]);
  expect(new Set(letters.map(({ person }) => person))).toEqual(new Set(people));
});

it('tells a visit, and what became of a letter that was posted', async () => {
  const visit = await opened('V1', { kind: 'visit' });
  await run(`task done ${visit.id} --result agreed-plan --follow-up 2026-03-20`);
  expect(await facts(visit)).toMatchObject([
    { kind: 'visit-outcome', step: 'V1', code: 'agreed-plan', followUpOn: '2026-03-20' },
  ]);
  const letter = await opened('P1', { kind: 'letter' });
  await run(`task done ${letter.id} --result posted`);
  expect(await facts(letter)).toEqual([]);
  expect(await run(`task done ${letter.id} --result arrived`)).toMatchObject({ code: 0 });
  expect(await run(`task done ${letter.id} --result returned`)).toMatchObject({ code: 1 });
  expect(await facts(letter)).toMatchObject([{ kind: 'delivery', step: 'P1', status: 'arrived' }]);
});

it('does not take the end of a chase for the outcome that was chased', async () => {
  const occurrence = { step: 'T1', anchor: DAY, n: CHASE, due: NOON };
  const task = await opened('T1', { occurrence, action: 'chase-outcome', queue: 'supervisor' });
  expect(await run(`task done ${task.id} --result asked`)).toMatchObject({ code: 0 });
  expect(await facts(task)).toEqual([]);
});

it("takes the lender's answer once", async () => {
  const { ref } = await enrolled();
  const occurrence = { step: 'H1', anchor: DAY, n: 0, due: NOON };
  const { id } = await requestHost(book.db, ref, occurrence, 'block-purchases', NOON);
  expect((await run(`host list --account ${ref}`)).out).toContain(id);
  expect(await run(`host answer ${id} --result done`)).toMatchObject({ code: 0 });
  expect((await run(`host answer ${id} --result done --json`)).out).toContain('"duplicate": true');
  expect(await run(`host answer ${id} --result failed`)).toMatchObject({ code: 1 });
  expect((await run(`host list --account ${ref}`)).out).toBe('Everything is answered.');
  expect(await facts({ account: ref })).toEqual([
    { seq: 1, id: `host:${id}`, kind: 'host-result', step: 'H1', result: 'done' },
  ]);
});

describe('a legal case', () => {
  async function drafted(): Promise<{ id: string; task: TaskRow }> {
    const { ref, person } = await enrolled();
    const occurrence = { step: 'L1', anchor: DAY, n: 0, due: NOON };
    const { id } = await draftCase(book.db, ref, occurrence, { form: 'dossier/1' }, NOON);
    const task = await openTask(book.db, {
      ...{ kind: 'task', account: ref, person, occurrence, action: 'approve-case', queue: 'legal' },
      ...{ onDate: DAY, due: NOON, inputs: { case: id } },
    });
    return { id, task };
  }

  it('is filed only after a person approved it, which leaves the mark of its step', async () => {
    const { id, task } = await drafted();
    expect((await run(`case list --account ${task.account}`)).out).toContain('drafted');
    expect((await run(`case show ${id}`)).out).toContain('dossier/1');
    expect(await run(`case file ${id}`)).toMatchObject({ code: 1 });
    expect((await run(`case approve ${id}`)).code).toBe(2);
    expect(await run(`case approve ${id} --by counsel-2`)).toMatchObject({ code: 0 });
    expect(await run(`case approve ${id} --by counsel-2`)).toMatchObject({ code: 0 });
    expect(await run(`case reject ${id} --by counsel-3`)).toMatchObject({ code: 1 });
    expect(await facts(task)).toEqual([
      { seq: 1, id: `case:${id}`, kind: 'task-result', by: 'counsel-2', step: 'L1', result: 'approved' },
    ]);
    expect(await taskOf(book.db, task.id)).toMatchObject({ status: 'done', result: 'approved' });
    expect((await run(`case file ${id}`)).out).toMatch(/status +filed/);
  });

  it('is decided through its task as well, by a person who is named', async () => {
    const { id, task } = await drafted();
    const nobody = await run(`task done ${task.id} --result refused`);
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('--by') });
    expect(await run(`task done ${task.id} --result refused --by counsel-2`)).toMatchObject({ code: 0 });
    expect((await run(`case list --account ${task.account} --json`)).out).toContain('rejected');
    expect(await run(`case file ${id}`)).toMatchObject({ code: 1 });
    expect(await facts(task)).toMatchObject([{ id: `case:${id}`, result: 'refused' }]);
  });
});

it('knows no task, case or request that there is none of', async () => {
  for (const line of [
    'task show x',
    'task start x',
    'task done x --result y',
    'case show x',
    'host answer x --result done',
  ])
    expect([line, (await run(line)).code]).toEqual([line, 3]);
});

it('takes a fact said again with its id as the same, though the day has turned', async () => {
  const { ref: account } = await enrolled();
  const [pays, rests] = [`pay ${account} 10 --id bank-1`, `hold ${account} illness --id ill-1`];
  expect([(await run(pays)).code, (await run(rests)).code]).toEqual([0, 0]);
  const later = new Date(Date.parse(NOON) + 3 * 86_400_000).toISOString();
  await setClock(book.db, { kind: 'rehearsal', epoch: later, started: new Date().toISOString(), factor: 1 });
  for (const again of [pays, rests]) {
    const ran = await run(again);
    expect(ran.out).toContain('stood in the journal before');
    expect(ran.code).toBe(0);
  }
  const other = await run(`pay ${account} 11 --id bank-1`);
  expect(other.code).toBe(1);
  expect(other.err).toContain(`in the journal of account ${account} with different content`);
  expect(await facts({ account })).toHaveLength(2);
});

it('counts a payment from the day on which it is said to have happened', async () => {
  const { ref: account } = await enrolled();
  await run(`pay ${account} 10 --at 2026-03-05T23:30:00+08:00 --id bank-2`);
  expect(await facts({ account })).toMatchObject([{ id: 'bank-2', valueDate: '2026-03-05' }]);
});

it('takes back only what there is', async () => {
  const { ref: account } = await enrolled();
  const { key } = await addStaff(book.db, 'head-1', ['head'], null);
  const byHead = { ...env, FORBEAR_STAFF_KEY: key };
  for (const line of [
    'reverse ACC bank-9',
    'release ACC h9 --by head-1',
    'dispute ACC --dispute d9 --resolve rejected',
  ]) {
    const ran = await forbear(line.replace('ACC', account).split(' '), byHead);
    expect(ran.err).toMatch(/^NAMED_UNKNOWN: The account has no (payment|hold|dispute) \w+/);
    expect(ran.code).toBe(3);
  }
  expect(await facts({ account })).toEqual([]);
  await run(`pay ${account} 10 --id bank-9`);
  await run(`hold ${account} pause --hold h9`);
  await run(`dispute ${account} --id d9`);
  expect((await run(`reverse ${account} bank-9`)).code).toBe(0);
  expect((await forbear(['release', account, 'h9', '--by', 'head-1'], byHead)).code).toBe(0);
  expect((await run(`dispute ${account} --dispute d9 --resolve rejected`)).code).toBe(0);
});

it('decides a dispute once, in no more than was disputed, and takes no score of a day ahead', async () => {
  const { ref } = await enrolled();
  expect((await run(`dispute ${ref} --reason service --amount 300 --dispute d1`)).code).toBe(0);
  const decide = (more: string) => run(`dispute ${ref} --dispute d1 --resolve ${more}`);
  expect((await decide('partly')).err).toContain('DISPUTE_PARTLY');
  expect((await decide('partly --amount 300.01')).err).toContain('DISPUTE_WON');
  expect((await decide('partly --amount 100 --id r1')).code).toBe(0);
  expect((await decide('partly --amount 100 --id r1')).code).toBe(0);
  expect((await decide('rejected')).err).toContain('DISPUTE_DECIDED');
  expect((await run(`dispute ${ref} --dispute d1 --evidence asked`)).err).toContain('DISPUTE_DECIDED');
  const shown = await run(`show ${ref}`);
  expect(shown.out).toContain('400.00 CNY: 100.00 CNY is disputed or held, or the person was right in it');
  expect(shown.out).toContain('right in 100.00');
  expect((await run(`timeline ${ref}`)).out).toContain('d1, partly, right in 100.00');
  expect((await run(`score tell ${ref} risk-3 70 --on 2099-01-01`)).err).toContain('SCORE_AHEAD');
});
