import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../src/domain/calendar/day';
import { strategyOf } from '../../src/domain/strategy/document/compile';
import { forbear, type Said } from '../support/forbear-command';
import { eventually, House, TODAY } from '../support/house';
import { staffOf } from '../support/staff';

jest.setTimeout(240_000);

const ROOT = join(__dirname, '..', '..');
/** The strategy to learn with, with its statement and its end sooner: a life of it fits into a minute. */
const DOCUMENT = readFileSync(join(ROOT, 'strategies', 'first-steps.yaml'), 'utf8')
  .replace('watch_days: 30', 'watch_days: 1')
  .replace('days: { all: +12 }', 'days: { all: +2 }');
const NUMBER = '6225880000001234';
const PHONE = '13800138000';

let house: House;
let document: string;
let portfolio: string;
let due: string;

beforeAll(async () => {
  house = await House.open({
    strategy: strategyOf(DOCUMENT, 'first-steps.yaml'),
    secondsADay: 7,
    headStart: 6,
  });
  await house.stack.startWorker();
  document = join(house.stack.data, 'my-first.yaml');
  writeFileSync(document, DOCUMENT.replace('name: first-steps', 'name: my-first'));
});
afterAll(() => house?.close());

const run = (...args: string[]): Promise<Said> => forbear(house, args);
async function json<T>(...args: string[]): Promise<T> {
  const said = await run(...args, '--json');
  return JSON.parse(said.out) as T;
}
interface Shown {
  readonly account: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly stage: string | null;
  readonly standing: { readonly pastDue: number; readonly askable: number };
  readonly promise: { readonly amount: number; readonly date: string } | null;
  readonly holds: readonly { readonly type: string }[];
  readonly next: { readonly action: string; readonly why: string } | null;
}
const shown = (): Promise<Shown> => json<Shown>('show', NUMBER);

test('a document is checked, shown and published', async () => {
  const checked = await run('strategy', 'check', document);
  expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('my-first.yaml')]);
  const bad = join(house.stack.data, 'bad.yaml');
  writeFileSync(bad, DOCUMENT.replace('stage: negotiation', 'stage: nowhere'));
  const refused = await run('strategy', 'check', bad);
  expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(/bad\.yaml:\d+:\d+/)]);
  expect((await run('strategy', 'show', document)).out).toContain('statement');
  const published = await run('strategy', 'publish', document);
  expect([published.code, published.out]).toEqual([
    0,
    expect.stringMatching(/my-first@1 is published as [0-9a-f]{64}/),
  ]);
  expect((await run('strategy', 'list')).out).toContain('my-first');
});

test('a portfolio is enrolled once: its good row starts, its bad one is put aside with line and reason', async () => {
  // Far enough ahead that a busy machine enrols it in time: earlier steps would not apply.
  due = addDays(house.client.now().slice(0, 10), 2);
  portfolio = join(house.stack.data, 'cards.csv');
  writeFileSync(
    portfolio,
    [
      'account,person,name,language,phone,email,country,obligations',
      `${NUMBER},P1,王小明,zh,${PHONE},wang@example.test,CN,${due}:1200.00`,
      `6225880000005678,P2,李红,zh,not-a-number,,CN,${due}:90.00`,
      '',
    ].join('\n'),
  );
  const first = await run('enrol', portfolio, '--strategy', 'my-first', '--lender', 'bank');
  expect(first.code).toBe(1);
  const rejects = readFileSync(`${portfolio}.rejects.csv`, 'utf8');
  expect(rejects).toMatch(/\b3\b.*ROW_/);
  const again = await json<{ good: number; again: number; started: number }>(
    ...['enrol', portfolio, '--strategy', 'my-first', '--lender', 'bank'],
  );
  expect(again).toMatchObject({ good: 0, again: 1, started: 0 });
  const at = await shown();
  expect(at).toMatchObject({ status: 'open' });
  const runs: string[] = [];
  for await (const { workflowId } of house.client.desk.temporal.workflow.list({ query: '' }))
    runs.push(workflowId);
  expect(new Set(runs)).toEqual(new Set([`account:bank:${at.account}`]));
});

test('it is reminded by text message and by mail, in Chinese, and lists find it by its stage', async () => {
  await eventually('both have arrived', async () => (await house.received()).length >= 2);
  const [sms, mail] = await house.received();
  expect(sms).toMatchObject({ channel: 'sms', to: [expect.stringContaining(PHONE)] });
  expect(sms?.text).toMatch(
    /^【示例银行 Example Bank】您尾号1234的信用卡.*1,200\.00元.*如有异议或还款困难,请致电400-000-0000。$/,
  );
  expect(mail).toMatchObject({
    channel: 'email',
    to: ['wang@example.test'],
    subject: '信用卡欠款明细(尾号1234)',
  });
  expect(mail?.text).toContain('逾期金额:1,200.00元');
  const [year, month, day] = due.split('-').map(Number);
  expect(mail?.text).toContain(`最早到期日:${year}年${month}月${day}日`);

  const found: string[] = [];
  await eventually('the list of Temporal shows the stage', async () => {
    const query = 'Stage = "reminder" and ExecutionStatus = "Running"';
    for await (const { workflowId } of house.client.desk.temporal.workflow.list({ query }))
      found.push(workflowId);
    return found.length > 0;
  });
  const listed = await json<{ ref: string; stage: string }[]>('list', '--stage', 'reminder');
  expect(listed).toEqual([expect.objectContaining({ stage: 'reminder', pastDue: 1200_00 })]);
  expect((await run('list', '--stage', 'legal')).out).toMatch(/^No account is like that\.\nHealth: /);
});

test('a promise is refused with its reason, and another accepted', async () => {
  const today = house.client.now().slice(0, 10);
  const far = await run('promise', NUMBER, '1200', addDays(today, 40));
  expect([far.code, far.out]).toEqual([1, expect.stringMatching(/^Refused\. \w+/)]);
  const accepted = await run('promise', NUMBER, '1200', addDays(today, 6), '--id', 'promise-1');
  expect([accepted.code, accepted.out]).toEqual([0, expect.stringContaining('Accepted as promise-1')]);
  expect((await run('promise', NUMBER, '1200', addDays(today, 6), '--id', 'promise-1')).code).toBe(0);
  expect((await shown()).promise).toMatchObject({ amount: 1200_00 });
});

test('dispute, hold, release and the outcome of a call are told by one command each', async () => {
  expect(
    (await run('dispute', NUMBER, '--amount', '200', '--reason', 'wrong-amount', '--dispute', 'd1')).code,
  ).toBe(0);
  expect((await run('hold', NUMBER, 'illness', '--hold', 'h1')).code).toBe(0);
  const held = await shown();
  expect(held.holds).toEqual([expect.objectContaining({ type: 'illness' })]);
  expect(held.standing.askable).toBe(1000_00);
  const release = ['release', NUMBER, 'h1', '--last-day', TODAY, '--by', 'head-1'];
  const { 'head-1': head } = await staffOf(house.client.book.db, {});
  expect(await run(...release)).toMatchObject({ code: 1, err: expect.stringContaining('STAFF_KEY_MISSING') });
  expect((await forbear(house, release, { FORBEAR_STAFF_KEY: head.key })).code).toBe(0);
  expect((await run('dispute', NUMBER, '--dispute', 'd1', '--resolve', 'rejected')).code).toBe(0);
  const outcome = await run('outcome', NUMBER, 'RPC-HARD', '--reason', 'lost-work', '--id', 'call-1');
  expect(outcome.code).toBe(0);
  const twice = await run('outcome', NUMBER, 'RPC-HARD', '--reason', 'lost-work', '--id', 'call-1');
  expect([twice.code, twice.out]).toEqual([0, expect.stringContaining('stood in the journal before')]);
  const after = await shown();
  expect([after.holds, after.standing.askable]).toEqual([[], 1200_00]);
});

test('whoever pays is left alone and cured, and the whole life can be read afterwards', async () => {
  const paid = await run('pay', NUMBER, '1200.00', '--id', 'bank-1', '--method', 'bank');
  expect([paid.code, paid.out]).toEqual([0, expect.stringContaining('Accepted as bank-1')]);
  const paidAt = Date.now();
  // Also before any activity has told the book: the stage is left and the promise kept.
  expect(await shown()).toMatchObject({ stage: null, promise: null, standing: { pastDue: 0 } });
  await eventually('it is cured', async () => (await house.client.find(NUMBER)).outcome === 'cured');
  const end = await shown();
  expect(end).toMatchObject({ status: 'closed', outcome: 'cured' });
  expect((await run('show', NUMBER)).out).toMatch(/status +closed: cured/);
  const timeline = (await run('timeline', NUMBER)).out;
  for (const part of [
    'remind: done',
    'statement: done',
    'promise',
    'dispute-raised',
    'hold',
    'release',
    'contact-outcome',
    'bank-1',
    'allow',
  ])
    expect([part, timeline.includes(part)]).toEqual([part, true]);
  // What was under way when the payment came has ten seconds to arrive; nothing else ever does.
  const late = (await house.received()).filter(({ at }) => Date.parse(at) > paidAt + 10_000);
  expect(late).toEqual([]);
  expect((await run('promise', NUMBER, '10', addDays(TODAY, 40))).code).toBe(1);
  expect((await json<unknown[]>('list', '--status', 'closed', '--outcome', 'cured')).length).toBe(1);
});

test('mistakes are one sentence with a code each, and never a stack trace', async () => {
  const mistakes: readonly [string[], number, string][] = [
    [['show', 'nobody'], 3, 'ACCOUNT_UNKNOWN'],
    [['pay', NUMBER, '12.345'], 2, 'TOO_MANY_DECIMALS'],
    [['pay', NUMBER, '-5'], 2, ''],
    [['hold', NUMBER, 'boredom'], 2, 'EVENT_MALFORMED'],
    [['enrol', 'no-such-file.csv', '--strategy', 'my-first'], 2, 'ENROL_FILE_MISSING'],
    [['enrol', portfolio, '--strategy', 'no-such'], 3, 'STRATEGY_UNKNOWN'],
    [['fly'], 2, 'fly'],
  ];
  for (const [args, code, says] of mistakes) {
    const said = await run(...args);
    expect([args, said.code]).toEqual([args, code]);
    expect(said.err).toContain(says);
    expect(said.err).not.toMatch(/\n\s+at .*:\d+/);
  }
  const nowhere = await forbear(null, ['list', '--data', join(house.stack.data, 'nothing')]);
  expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('STACK_NOT_FOUND')]);
});

test('trace plays the same core without any server', async () => {
  const played = await forbear(null, ['trace', join(ROOT, 'examples', 'late-card.trace.yaml')]);
  expect([played.code, played.err]).toEqual([0, '']);
  expect(played.out).toContain('2026-03-26');
  const wrong = join(house.stack.data, 'wrong.trace.yaml');
  const text = readFileSync(join(ROOT, 'examples', 'late-card.trace.yaml'), 'utf8');
  writeFileSync(wrong, text.replace('dpd: 14', 'dpd: 15'));
  const failed = await forbear(null, ['trace', wrong, '--json']);
  expect(failed.code).toBe(1);
  expect((JSON.parse(failed.out) as { failed: unknown[] }).failed).toHaveLength(1);
});
