import { attemptsOf } from '../../src/book/attempts';
import { factsOf } from '../../src/book/journal';
import type { Claim } from '../../src/book/staff';
import { timelineOf } from '../../src/book/timeline';
import { eventually, House } from '../support/house';
import { staffOf } from '../support/staff';
import { contact, smallStrategy } from '../support/small-strategy';
import { forbear, type Ran } from '../client/cli/command-line';

jest.setTimeout(240_000);

const strategy = smallStrategy([
  contact('REMIND', [4], { template: 'pay-reminder', channels: ['sms'] }),
  contact('LATER', [300], { template: 'pay-reminder', channels: ['sms'] }),
]);
const DUE = '2026-02-27';
const PHONES = ['13900139101', '13900139102', '13900139103'] as const;

let house: House;
let staff: Readonly<Record<'head-1' | 'head-2', Claim>>;
let known: ReadonlyMap<string, string>;
const run = (...args: readonly string[]): Promise<Ran> => forbear([...args, '--data', house.stack.data], {});
const asStaff = (by: 'head-1' | 'head-2', ...args: readonly string[]): Promise<Ran> =>
  forbear([...args, '--by', by, '--data', house.stack.data], { FORBEAR_STAFF_KEY: staff[by].key });
const ref = (account: string): string => known.get(account) ?? '';

beforeAll(async () => {
  house = await House.open({ strategy, secondsADay: 3 });
  staff = await staffOf(house.client.book.db, {});
  const row = (account: string, person: string, phone: string, amount: string) => ({
    ...{ account, person, phone, obligations: `${DUE}:${amount}` },
  });
  known = await house.enrol([
    row('card-1111', 'P-1', PHONES[0], '300.00'),
    row('card-2222', 'P-1', PHONES[0], '500.00'),
    row('card-3333', 'P-2', PHONES[1], '700.00'),
    row('card-4444', 'P-2', PHONES[1], '800.00'),
    row('card-5555', 'P-3', PHONES[2], '900.00'),
  ]);
});
afterAll(() => house?.close());

const arrivedAt = async (phone: string) =>
  (await house.received()).filter(({ to }) => to.includes(`86${phone}`));

test('a death told of one account stops the other before any workflow has heard of it', async () => {
  const held = await run('hold', 'card-3333', 'deceased', '--hold', 'd1', '--json');
  expect([held.code, JSON.parse(held.out)]).toEqual([
    0,
    expect.objectContaining({ also: [ref('card-4444')] }),
  ]);
  const shown = await run('person', 'show', 'P-2', '--json');
  expect(JSON.parse(shown.out)).toMatchObject({
    holds: [{ hold: 'd1', type: 'deceased', origin: ref('card-3333') }],
  });
});

test('two accounts of one person that are due the same day: one message, and both workflows say by which', async () => {
  await house.stack.startWorker();
  await eventually('both accounts and the one of somebody else have done their step', async () => {
    const done = await Promise.all(
      ['card-1111', 'card-2222', 'card-5555'].map(async (name) =>
        (await timelineOf(house.client.book.db, ref(name))).some(
          (entry) => entry.what === 'decision' && (entry.result as { how?: string } | null)?.how === 'done',
        ),
      ),
    );
    return done.every(Boolean);
  });
  const messages = await arrivedAt(PHONES[0]);
  expect(messages).toHaveLength(1);
  expect(messages[0]?.text).toContain('1111');
  expect(messages[0]?.text).toContain('2222');
  expect(await arrivedAt(PHONES[1])).toEqual([]);
  expect(await arrivedAt(PHONES[2])).toHaveLength(1);

  // The larger debt leads, for both are as many days past due.
  const [made] = await attemptsOf(house.client.book.db, ref('card-2222'));
  expect(made).toMatchObject({ step: 'REMIND', status: 'accepted' });
  expect(await attemptsOf(house.client.book.db, ref('card-1111'))).toEqual([]);
  const other = await run('timeline', 'card-1111');
  expect(other.out).toContain(`REMIND: done with contact ${made?.id}`);
  expect(other.out).toContain('REMIND sms: spoken');
});

test('what is said of the person reaches the running accounts, and can be taken back', async () => {
  expect((await run('hold', 'P-1', 'illness', '--scope', 'person', '--hold', 'ill')).code).toBe(0);
  await eventually('both accounts are held', async () => {
    const views = await Promise.all(['card-1111', 'card-2222'].map((name) => house.client.status(ref(name))));
    return views.every((status) => JSON.stringify(status).includes('illness'));
  });
  const lift = (hold: string) =>
    asStaff('head-1', 'release', 'P-1', hold, '--scope', 'person', '--last-day', '2026-03-01');
  expect(await lift('ill')).toMatchObject({ code: 0, err: '' });
  expect((await factsOf(house.client.book.db, ref('card-1111'))).map(({ kind }) => kind)).toEqual([
    'hold',
    'release',
  ]);
  expect(await lift('nothing')).toMatchObject({ code: 3 });
  expect((await run('person', 'consent', 'card-1111', 'refused', 'sms')).out).toContain('sms is refused');
  expect(await run('person', 'consent', 'nobody', 'refused', 'sms')).toMatchObject({
    code: 3,
    err: expect.stringContaining('PERSON_UNKNOWN'),
  });
});

test('a promise by the number of the person must say which account it pays', async () => {
  const vague = await run('promise', 'P-1', '300', '2026-03-20');
  expect([vague.code, vague.err]).toEqual([2, expect.stringContaining('PROMISE_NEEDS_ACCOUNT')]);
  expect(vague.err).toContain(ref('card-1111'));
  const only = await run('promise', 'P-3', '900', house.client.now().slice(0, 10));
  expect(only.out + only.err).not.toContain('PROMISE_NEEDS_ACCOUNT');
});

test('who stands on an account is kept at the command line, and never shown with a name or a number', async () => {
  const added = await run(
    ...['party', 'add', 'card-5555', 'guarantor', '--person', 'G-1', '--name', 'Li Na'],
    ...['--phone', '+8613900139109', '--limitation', '2027-04-30'],
  );
  expect([added.code, added.err]).toEqual([0, '']);
  await run('party', 'add', 'card-5555', 'supplementary', '--person', 'S-1');
  const listed = await run('party', 'list', 'card-5555', '--json');
  expect(JSON.parse(listed.out)).toEqual([
    expect.objectContaining({
      role: 'main',
      asked: true,
      reachedBy: ['mobile'],
      limitation: expect.any(String),
    }),
    expect.objectContaining({ role: 'guarantor', asked: true, notices: 'own', limitation: '2027-04-30' }),
    expect.objectContaining({ role: 'supplementary', asked: false, told: false, limitation: null }),
  ]);
  const table = await run('party', 'list', 'card-5555');
  expect(table.out).not.toMatch(/Li Na|139/);
  expect((await run('party', 'end', 'card-5555', 'G-1', 'guarantor')).code).toBe(0);
  expect(await run('party', 'end', 'card-5555', 'G-1', 'heir')).toMatchObject({ code: 3 });
  expect(await run('party', 'add', 'card-5555', 'joint', '--person', 'J-1', '--phone', '12')).toMatchObject({
    code: 2,
  });
});

test('a hold of weight is lifted by two people, and by no signal', async () => {
  const account = ref('card-5555');
  expect((await run('hold', 'card-5555', 'vulnerable', '--hold', 'v')).code).toBe(0);
  const holds = async () => JSON.stringify((await house.client.status(account)) ?? {});
  await eventually('the account is held', async () => (await holds()).includes('"vulnerable"'));
  await house.handle(account).signal('release', { hold: 'v' });
  await eventually(
    'it says why the signal counts for nothing',
    async () =>
      (await house.client.status(account))?.aside.some(({ reason }) => reason.includes('two people')) ===
      true,
  );

  const asked = await asStaff('head-1', 'release', 'card-5555', 'v', '--id', 'lift-v');
  expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('holds approve lift-v') });
  expect((await run('show', 'card-5555')).out).toContain('asked by head-1');
  expect((await run('holds', 'waiting')).out).toContain('lift-v');
  expect(await asStaff('head-1', 'holds', 'approve', 'lift-v')).toMatchObject({
    code: 1,
    err: expect.stringContaining('SECOND_SAME_PERSON'),
  });
  expect(await holds()).toContain('"vulnerable"');
  expect((await asStaff('head-2', 'holds', 'approve', 'lift-v')).out).toContain('The hold v is lifted');
  await eventually('the workflow has heard of it', async () => !(await holds()).includes('"vulnerable"'));
  expect(await run('release', 'card-5555', 'v')).toMatchObject({ code: 2 });
});
