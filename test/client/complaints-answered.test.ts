import { settle } from '../../src/book/attempts';
import { noteNotice, writeRecord } from '../../src/book/bureau';
import { sayConsent } from '../../src/book/consents';
import { accept } from '../../src/book/journal';
import { reserve } from '../../src/book/permit';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { keepWish } from '../../src/book/wishes';
import { judgeComplaint } from '../../src/client/audit/complaint/judge';
import type { ComplaintKind } from '../../src/client/audit/complaint/kinds';
import type { PolicyUse } from '../../src/domain/policy/use';
import {
  ask,
  enrolled,
  fresh,
  NOON,
  ownBook,
  payment,
  published,
  rehearse,
  SMALL,
} from '../book/book-under-test';
import { contact } from '../support/small-strategy';

const policy: PolicyUse = {
  role: 'original-creditor',
  packs: ['cn-consumer-credit'],
  endpoints: { source: 'contract', kind: 'personal' },
  conduct: { call: { recording: 'audio', disclosures: ['institution', 'identity-check'] } },
};

let book: Awaited<ReturnType<typeof ownBook>>;
let china: string;
let house: string;
beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
  await publishShipped(book.db);
  const free = { ...SMALL, contact: { hours: {}, caps: [], closedOn: [] } };
  const steps = [...SMALL.steps, contact('T4', [7], { channels: ['email'], tone: 4, duringPromise: true })];
  china = await published(book.db, { ...free, steps, policy });
  house = await published(book.db, { ...free, steps });
});
afterAll(() => book.drop());

let times = 0;
async function may(account: string, at: string, channel = 'sms', strategy = china, step = 'P1') {
  times += 1;
  const occurrence = { step, anchor: '2026-03-01', n: times, due: at };
  const tone = step === 'T4' ? 4 : 1;
  const reserved = await reserve(
    book.db,
    ask(account, strategy, step, { occurrence, channel, now: at, tone }),
  );
  if (reserved.answer === 'permit') await settle(book.db, reserved.permit, 'accepted');
  return reserved.answer === 'permit' ? 'permit' : 'rule' in reserved ? reserved.rule : reserved.answer;
}
const answered = (kind: ComplaintKind, { ref, person }: { ref: string; person: string }) =>
  judgeComplaint(book.db, kind, { accounts: [ref], person });
const verdicts = async (kind: ComplaintKind, of: { ref: string; person: string }) =>
  (await answered(kind, of)).map(({ verdict, why }) => [verdict, why]);
const text = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

test('the debt is not mine: nothing is asked for that is disputed as a whole, and what is not is named', async () => {
  const whole = await enrolled(book.db, china);
  const dispute = { kind: 'dispute-raised', at: NOON, dispute: 'd1', reason: 'not-mine' } as never;
  await accept(book.db, whole.ref, { ...(dispute as object), id: fresh() } as never, 'test');
  expect(await may(whole.ref, NOON)).toMatch(/disputed|policy/);
  expect(await verdicts('not-mine', whole)).toEqual([]);
  const part = await enrolled(book.db, china);
  await accept(book.db, part.ref, { ...(dispute as object), id: fresh(), amount: 10_000 } as never, 'test');
  expect(await may(part.ref, NOON)).toBe('permit');
  expect(await verdicts('not-mine', part)).toEqual([
    ['allowed', text(/disputed since .*400[.]00 of 500[.]00 CNY/)],
  ]);
});

test('paid already: who has paid gets nothing; money told after the contact is named', async () => {
  const one = await enrolled(book.db, china);
  expect(await may(one.ref, NOON)).toBe('permit');
  await accept(book.db, one.ref, payment(50_000), 'test');
  expect(await may(one.ref, '2026-03-10T03:00:00.000Z')).toBe('paid');
  expect(await verdicts('paid-already', one)).toEqual([
    ['allowed', text(/told to the book at .*after the contact/)],
  ]);
  const other = await enrolled(book.db, china);
  await may(other.ref, NOON);
  expect(await verdicts('paid-already', other)).toEqual([['in-order', text(/^500[.]00 CNY was past due/)]]);
});

test('too often: the cap of the packs stands, and what is below it names the caps that let it go', async () => {
  const one = await enrolled(book.db, china);
  const calls = [];
  for (let n = 0; n < 5; n += 1) calls.push(await may(one.ref, NOON, 'call'));
  expect(calls).toEqual(['permit', 'permit', 'permit', 'policy:CN-F1', 'policy:CN-F1']);
  expect((await verdicts('too-often', one)).map(([verdict]) => verdict)).toEqual([
    'in-order',
    'allowed',
    'allowed',
  ]);
  expect((await verdicts('too-often', one))[2]?.[1]).toMatch(
    /number 3 of the day.*CN-F1 of cn-consumer-credit@/,
  );
});

test('at night: not under a pack; a house without one is named with its strategy', async () => {
  const one = await enrolled(book.db, china);
  expect(await may(one.ref, '2026-03-10T14:00:00.000Z')).toBe('policy:CN-T1');
  expect(await may(one.ref, '2026-03-10T13:30:00.000Z')).toBe('permit');
  expect(await verdicts('at-night', one)).toEqual([
    ['allowed', text(/21:30 in Asia\/Shanghai, let go by .*CN-T1 of/)],
  ]);
  const free = await enrolled(book.db, house);
  expect(await may(free.ref, '2026-03-10T19:00:00.000Z', 'sms', house)).toBe('permit');
  expect(await verdicts('at-night', free)).toEqual([
    ['allowed', text(/03:00 .*by the rules of the strategy/)],
  ]);
});

test('others told: nobody who stands on it in no role is addressed; an answer by somebody else is named', async () => {
  const one = await enrolled(book.db, china);
  const stranger = await enrolled(book.db, china);
  const occurrence = { step: 'P1', anchor: '2026-03-01', n: 1, due: NOON };
  const asked = { occurrence, channel: 'call', person: stranger.person };
  expect(await reserve(book.db, ask(one.ref, china, 'P1', asked))).toEqual({
    answer: 'block',
    rule: 'no-party',
  });
  expect(await may(one.ref, NOON, 'call')).toBe('permit');
  const told = {
    kind: 'contact-outcome',
    id: fresh(),
    at: NOON,
    channel: 'call',
    code: 'TP',
    step: 'P1',
  } as const;
  await accept(book.db, one.ref, told, 'test');
  expect(await verdicts('others-told', one)).toEqual([
    ['allowed', text(/somebody else answered, let go by/)],
  ]);
});

test('after being asked not to: a refusal, a wish and a hold each stop it; told late it is named', async () => {
  const one = await enrolled(book.db, china);
  expect(await may(one.ref, NOON)).toBe('permit');
  // Said in the morning, told to the book in the evening.
  await sayConsent(book.db, one.person, { channel: 'sms', says: 'refused', at: '2026-03-10T01:00:00.000Z' });
  expect(await may(one.ref, '2026-03-10T03:00:00.000Z')).toBe('opted-out');
  const always = { days: null, from: '00:00', to: '24:00', places: null, until: null, form: null, by: null };
  await keepWish(book.db, one.person, { ...always, channels: ['email'], at: '2026-03-10T03:00:00.000Z' });
  expect(await may(one.ref, '2026-03-10T04:00:00.000Z', 'email')).toBe('wish');
  const cease = {
    kind: 'contact-outcome',
    id: fresh(),
    at: '2026-03-10T04:00:00.000Z',
    channel: 'call',
    code: 'RPC-CEASE',
    reason: 'unknown',
  } as const;
  await accept(book.db, one.ref, cease, 'test');
  expect(await may(one.ref, '2026-03-10T05:00:00.000Z', 'call')).toBe('hold:cease-contact');
  expect(await verdicts('after-stop', one)).toEqual([
    ['allowed', text(/sms was refused was told to the book at .*after/)],
  ]);
});

test('others told: who came to stand on the account only later stood on it in no role then', async () => {
  const one = await enrolled(book.db, china);
  const { person } = await enrolled(book.db, china);
  expect(await may(one.ref, NOON)).toBe('permit');
  await book.db.updateTable('attempts').set({ person }).where('account', '=', one.ref).execute();
  const party = { account: one.ref, person, role: 'guarantor', since: '2026-04-01', until: null } as const;
  await book.db.insertInto('parties').values(party).execute();
  expect((await verdicts('others-told', one))[0]).toEqual(['unexplained', text(/in no role/)]);
  await book.db
    .updateTable('parties')
    .set({ since: '2026-03-01' })
    .where('account', '=', one.ref)
    .where('person', '=', person)
    .execute();
  expect((await verdicts('others-told', one))[0]?.[0]).toBe('allowed');
});

test('after being asked not to: a hold that is lifted stands to the last day that was said', async () => {
  const one = await enrolled(book.db, china);
  expect(await may(one.ref, NOON)).toBe('permit');
  const hold = { kind: 'hold', hold: 'c1', type: 'cease-contact', from: '2026-03-11' } as const;
  await accept(book.db, one.ref, { ...hold, id: fresh(), at: '2026-03-11T01:00:00.000Z' }, 'test');
  const release = { kind: 'release', hold: 'c1', lastDay: '2026-03-20' } as const;
  await accept(book.db, one.ref, { ...release, id: fresh(), at: '2026-03-12T01:00:00.000Z' }, 'staff');
  const contactOn = async (day: string) => {
    const at = `${day}T02:00:00.000Z`;
    const moved = { at, reservedAt: '2030-01-01T00:00:00.000Z', expiresAt: '2030-01-01T00:01:00.000Z' };
    await book.db.updateTable('attempts').set(moved).where('account', '=', one.ref).execute();
    return (await verdicts('after-stop', one))[0]?.[0];
  };
  expect(await contactOn('2026-03-15')).toBe('unexplained');
  expect(await contactOn('2026-03-21')).toBe('in-order');
});

test('an agency that went past the gate leaves what nothing explains', async () => {
  const one = await enrolled(book.db, china);
  await sayConsent(book.db, one.person, { channel: 'call', says: 'refused', at: '2026-03-09T01:00:00.000Z' });
  const told = {
    kind: 'contact-outcome',
    id: fresh(),
    at: '2026-03-10T14:30:00.000Z',
    channel: 'call',
    code: 'NA',
    agency: 'north',
  } as const;
  await accept(book.db, one.ref, told, 'agency');
  expect(await verdicts('at-night', one)).toEqual([['unexplained', 'an agency made it without the gate']]);
  expect((await verdicts('after-stop', one))[0]?.[0]).toBe('unexplained');
});

test('suit on an old debt: a formal letter names the time of the claim, or that a person must look', async () => {
  const one = await enrolled(book.db, china);
  expect(await may(one.ref, NOON, 'email', china, 'T4')).toBe('permit');
  expect(await verdicts('suit-too-old', one)).toEqual([
    ['in-order', text(/from 2026-03-01 the claim lasted to 2029-03-01/)],
  ]);
  const due = '2022-03-01';
  const events = [
    { kind: 'obligation', id: 'o1', at: `${due}T00:00:00.000Z`, obligation: 'o1', due, amount: 50_000 },
  ] as const;
  const old = await enrolled(book.db, china, { events, enteredOn: due });
  await may(old.ref, NOON, 'email', china, 'T4');
  const [found] = await answered('suit-too-old', old);
  expect(found?.verdict).not.toBe('in-order');
});

test('reported without notice: each report names its notice, or that there is none', async () => {
  const one = await enrolled(book.db, china);
  await noteNotice(book.db, one.ref, 'N1', '2026-03-05', '2026-03-01');
  await writeRecord(book.db, one.ref, '2026-03', {});
  const none = await enrolled(book.db, china);
  await writeRecord(book.db, none.ref, '2026-03', {});
  expect(await verdicts('reported-unannounced', one)).toEqual([
    ['in-order', text(/N1 went out on 2026-03-05/)],
  ]);
  expect(await verdicts('reported-unannounced', none)).toEqual([['unexplained', text(/no notice/)]]);
});
