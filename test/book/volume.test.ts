import { askToOpen, openSwitch } from '../../src/book/open-switch';
import { reserve } from '../../src/book/permit';
import { addStaff, changeKey } from '../../src/book/staff';
import { actsOf, listSwitches } from '../../src/book/stop';
import { holdVolume, plannedVolumeAgainst, volumeOf } from '../../src/book/volume';
import { setVolumeRule } from '../../src/book/volume-rules';
import { isUnusual, mostAllowed, VOLUME_RULE, type Volume } from '../../src/domain/policy/volume';
import { addDays } from '../../src/domain/calendar/day';
import { ask, DAY, enrolled, NOON, ownBook, published, rehearse, SMALL } from './book-under-test';

let book: Awaited<ReturnType<typeof ownBook>>;
let strategy: string;
beforeAll(async () => {
  book = await ownBook(30);
  await rehearse(book.db);
  strategy = await published(book.db, SMALL);
});
afterAll(() => book.drop());
afterEach(async () => {
  await book.db.updateTable('switches').set({ openedAt: NOON }).execute();
  for (const table of ['volumeCounts', 'volumeDays', 'volumeRules'] as const)
    await book.db.deleteFrom(table).execute();
});

const SMS = { lender: 'bank', channel: 'sms', day: DAY };
const went = (day: string, n: number, shard = 0, lender = 'bank') =>
  book.db.insertInto('volumeCounts').values({ lender, channel: 'sms', day, shard, n }).execute();
async function reserved(channel = 'sms', step = 'R1') {
  const { ref } = await enrolled(book.db, strategy);
  const answer = await reserve(book.db, ask(ref, strategy, step, { channel }));
  return 'rule' in answer ? answer.rule : answer.answer;
}
const standing = async () => (await listSwitches(book.db)).filter(({ cause }) => cause === 'volume');

describe('what is unusual', () => {
  const volume: Volume = {
    ...{ ...SMS, count: 0, planned: null, most: 5_000, rule: VOLUME_RULE, released: false },
  };
  test('is more than twice the largest day, and never less than the floor', () => {
    expect(mostAllowed(volume)).toBe(10_000);
    expect(mostAllowed({ ...volume, most: 10 })).toBe(1_000);
    expect(isUnusual({ ...volume, count: 9_999 })).toBe(false);
    expect(isUnusual({ ...volume, count: 10_000 })).toBe(true);
    expect(isUnusual({ ...volume, planned: 10_000 })).toBe(false);
    expect(isUnusual({ ...volume, planned: 10_001 })).toBe(true);
    expect(isUnusual({ ...volume, planned: 10_001, released: true })).toBe(false);
  });
});

test('each permit counts, whoever gives it, and the day is compared with eight weeks before it', async () => {
  await Promise.all(Array.from({ length: 12 }, () => reserved()));
  await reserved('email');
  await went(addDays(DAY, -1), 40);
  await went(addDays(DAY, -1), 2, 1);
  await went(addDays(DAY, -57), 900);
  await went(addDays(DAY, -2), 800, 0, 'other');
  await book.db.deleteFrom('volumeDays').execute();
  expect(await volumeOf(book.db, SMS)).toMatchObject({ count: 12, most: 42 });
});

test('one more than twice the largest day is held, and two people let the rest of the day go', async () => {
  await setVolumeRule(book.db, 'bank', 'sms', { times: 2, floor: 0 });
  await went(addDays(DAY, -20), 2);
  expect([await reserved(), await reserved(), await reserved(), await reserved()]).toEqual([
    ...['permit', 'permit', 'permit', 'permit'],
  ]);
  expect(await reserved()).toBe('volume:sms');
  expect(await reserved()).toBe('volume:sms');
  // Another channel has a volume of its own, and people's hands are their own limit.
  expect(await reserved('email')).toBe('permit');
  const [held, ...others] = await standing();
  expect(others).toEqual([]);
  expect(held).toMatchObject({ scope: 'channel', value: 'sms', lender: 'bank' });

  const head = await addStaff(book.db, 'head-1', ['head'], null);
  const claim = { ref: 'head-1', key: head.key };
  const second = await addStaff(book.db, 'comp-1', ['compliance'], claim);
  const { key } = await changeKey(book.db, { ref: 'comp-1', key: second.key });
  await askToOpen(book.db, held?.id ?? '', claim, 'a campaign that was planned');
  await openSwitch(book.db, held?.id ?? '', { ref: 'comp-1', key });
  expect(await reserved()).toBe('permit');
  expect(await volumeOf(book.db, SMS)).toMatchObject({ released: true });
});

test('many that find it in one moment make one hold, and say so once', async () => {
  await setVolumeRule(book.db, 'bank', 'sms', { times: 2, floor: 3 });
  await went(DAY, 3);
  expect(await Promise.all(Array.from({ length: 12 }, () => reserved()))).toEqual(
    Array(12).fill('volume:sms'),
  );
  const [held, ...others] = await standing();
  expect(others).toEqual([]);
  expect((await actsOf(book.db, [held?.id ?? ''])).map(({ act, by }) => `${act} ${by}`)).toEqual([
    'stop forbear',
  ]);
});

test('a plan beyond twice the largest day is held before the first of it goes out', async () => {
  await went(addDays(DAY, -7), 800);
  expect(await holdVolume(book.db, 'bank', DAY, { sms: 1_600, email: 900, call: 90_000 })).toEqual([]);
  const [held] = await holdVolume(book.db, 'bank', DAY, { sms: 1_601 });
  expect(held).toMatchObject({ cause: 'volume', value: 'sms', notices: false });
  expect(await reserved()).toBe('volume:sms');
  // Planned once more, it is the same hold.
  expect((await holdVolume(book.db, 'bank', DAY, { sms: 1_700 }))[0]?.id).toBe(held?.id);
});

test('a plan of a later day is looked at, and stops nothing until that day has come', async () => {
  const tomorrow = addDays(DAY, 1);
  const [volume] = await plannedVolumeAgainst(book.db, 'bank', tomorrow, { sms: 5_000 });
  expect(volume && isUnusual(volume)).toBe(true);
  expect(await reserved()).toBe('permit');
  const { ref } = await enrolled(book.db, strategy);
  const then = '2026-03-11T02:00:00.000Z';
  expect(await reserve(book.db, ask(ref, strategy, 'R1', { now: then }))).toMatchObject({
    rule: 'volume:sms',
  });
});
