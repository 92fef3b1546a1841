import { sql } from 'kysely';
import { setClock } from '../../../src/book/clock';
import { reserve } from '../../../src/book/permit';
import { addStaff, changeKey } from '../../../src/book/staff';
import type { Role } from '../../../src/domain/staff/roles';
import { ask, enrolled, NOON, ownBook, published, SMALL } from '../../book/book-under-test';
import { forbear, type Ran } from './command-line';

let book: Awaited<ReturnType<typeof ownBook>>;
let strategy: string;
const keys: Record<string, string> = {};

beforeAll(async () => {
  book = await ownBook();
  // The book's day is the one of the accounts, and it is slow.
  await setClock(book.db, { kind: 'rehearsal', epoch: NOON, started: new Date().toISOString(), factor: 1 });
  strategy = await published(book.db, SMALL);
  const head = await addStaff(book.db, 'head-1', ['head'], null);
  keys['head-1'] = head.key;
  await member('comp-1', 'compliance');
  // From the third on a second person has to confirm; not what is tried here.
  await member('op-7', 'operator');
});
afterAll(() => book?.drop());

async function member(ref: string, role: Role): Promise<void> {
  const { key } = await addStaff(book.db, ref, [role], { ref: 'head-1', key: keys['head-1'] });
  await book.db
    .updateTable('staff')
    .set({ activeAt: '2026-01-01T00:00:00Z' })
    .where('ref', '=', ref)
    .execute();
  keys[ref] = (await changeKey(book.db, { ref, key })).key;
}
function run(line: readonly string[], by?: string): Promise<Ran> {
  const key = by === undefined ? undefined : keys[by];
  const env = {
    FORBEAR_BOOK_URL: book.url,
    FORBEAR_TEMPORAL_ADDRESS: '127.0.0.1:1',
    ...(key === undefined ? {} : { FORBEAR_STAFF_KEY: key }),
  };
  const who = by === undefined ? [] : ['--by', by];
  return forbear(['switch', 'volume', ...line, ...who], env);
}
const set = (by: string, ...more: string[]) =>
  run(['set', 'bank', 'sms', ...more, '--why', 'test', '--json'], by);
const json = (ran: Ran) => JSON.parse(ran.out) as Record<string, unknown>;
async function reserved(): Promise<string> {
  const { ref } = await enrolled(book.db, strategy);
  const answer = await reserve(book.db, ask(ref, strategy, 'R1'));
  return 'rule' in answer ? answer.rule : answer.answer;
}

test('a stricter rule is in force at once, and holds the next send', async () => {
  expect(await reserved()).toBe('permit');
  const ran = await set('comp-1', '--floor', '1');
  expect(ran).toMatchObject({ code: 0 });
  expect(json(ran)).toMatchObject({
    act: 'set',
    times: 2,
    floor: 1,
    inForce: true,
    by: 'comp-1',
    role: 'compliance',
  });
  expect(await reserved()).toBe('volume:sms');
  const shown = await run(['show', '--lender', 'bank']);
  expect(shown.out).toMatch(/bank .*sms .*2 times, floor 1/);
  expect(shown.out).toMatch(/set by comp-1 \(compliance\) .*: test/);
  expect(json(await run(['show', '--json']))).toMatchObject({
    volumes: [{ channel: 'sms', count: 1, allowed: 1 }],
  });
});

test('a looser one waits for a second person, who confirms the figures that were asked for', async () => {
  const asked = json(await set('comp-1', '--times', '3'));
  expect(asked).toMatchObject({ act: 'ask', times: 3, floor: 1, inForce: false });
  expect(json(await run(['show', '--json']))).toMatchObject({ volumes: [{ rule: { times: 2, floor: 1 } }] });
  const id = String(asked['id']);
  expect(await run(['confirm', id], 'comp-1')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^VOLUME_SAME_PERSON/),
  });
  // One figure up and the other down is looser all the same.
  expect(json(await set('comp-1', '--times', '4', '--floor', '0'))).toMatchObject({ act: 'ask' });
  expect(await run(['confirm', id], 'head-1')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^VOLUME_ASK_OVER/),
  });
  const again = String(json(await set('comp-1', '--floor', '50'))['id']);
  expect(json(await run(['confirm', again, '--json'], 'head-1'))).toMatchObject({
    ...{ act: 'confirm', floor: 50, inForce: true, by: 'head-1', confirms: Number(again) },
  });
  expect(json(await run(['show', '--json']))).toMatchObject({ volumes: [{ rule: { times: 2, floor: 50 } }] });
  // What was held stays held until two people open it.
  expect(await reserved()).toBe('volume:sms');
  expect(await run(['confirm', again], 'head-1')).toMatchObject({ code: 1 });
});

test('an asking of yesterday is over', async () => {
  await sql`insert into volume_rule_acts (lender, channel, act, times, floor, by, role, why, at)
    values ('old', 'sms', 'ask', 9, 9000, 'comp-1', 'compliance', 'x', clock_timestamp() - interval '25 hours')`.execute(
    book.db,
  );
  const { id } = await book.db
    .selectFrom('volumeRuleActs')
    .select('id')
    .where('lender', '=', 'old')
    .executeTakeFirstOrThrow();
  expect(await run(['confirm', String(id)], 'head-1')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^VOLUME_ASK_OVER/),
  });
});

test('only who has the right changes it, and nobody changes the evidence', async () => {
  expect(await set('op-7', '--floor', '10')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^STAFF_MAY_NOT/),
  });
  expect(await set('nobody', '--floor', '10')).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^STAFF_UNKNOWN/),
  });
  await expect(book.db.deleteFrom('volumeRuleActs').execute()).rejects.toMatchObject({ code: 'BOOK_FAILED' });
});

test('says what is wrong with what it is given', async () => {
  for (const [code, ...line] of [
    [2, '--times', '0.5'],
    [2, '--times', 'two'],
    [2, '--floor', '-1'],
    [2, '--floor', '1.5'],
    [2],
  ] as const)
    expect(await set('comp-1', ...line)).toMatchObject({ code });
  expect(await run(['set', 'bank', 'call', '--floor', '1', '--why', 'x'], 'comp-1')).toMatchObject({
    ...{ code: 2, err: expect.stringMatching(/^VOLUME_BY_HAND/) },
  });
  expect(await set('comp-1', '--floor', '50')).toMatchObject({
    err: expect.stringMatching(/^VOLUME_RULE_SAME/),
  });
  expect(await run(['confirm', '999999'], 'head-1')).toMatchObject({ code: 3 });
  expect(await run(['confirm', 'x'], 'head-1')).toMatchObject({ code: 2 });
});
