import { asked } from '../../src/activities/asked';
import { reach } from '../../src/activities/contact/reach';
import { createActivities } from '../../src/activities/create-activities';
import { attemptsOf } from '../../src/book/attempts';
import { accept, factsOf } from '../../src/book/journal';
import { messagesOf } from '../../src/book/messages';
import { retireEndpoint, usableEndpoints } from '../../src/book/people';
import { listTasks } from '../../src/book/tasks';
import { timelineOf } from '../../src/book/timeline';
import { accountOf } from '../../src/book/accounts';
import { ACTIVITY_TIMEOUT_MS, CARRIER_TIMEOUT_MS } from '../../src/domain/policy/permit-life';
import { payment, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, until, type Stage } from './under-test';

const STRATEGY = smallStrategy([
  contact('R1', [1], { channels: ['app', 'sms', 'email'] }),
  contact('R2', [1], { channels: ['app', 'voice_ai', 'wechat'] }),
  contact('R3', [1], { channels: ['sms'], template: 'broken' }),
  contact('R4', [1], { channels: ['sms', 'letter'] }),
  contact('N1', [4], { channels: ['sms', 'email'], kind: 'notice', template: 'record-notice' }),
  contact('N2', [4], { channels: ['sms', 'email'], kind: 'notice' }),
]);

describe('a contact through the gate, against real servers', () => {
  let on: Stage;
  let strategy: string;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
  });
  afterAll(() => on.close());
  afterEach(() => {
    on.outside.behaviours.tell({ channel: 'sms', do: 'ok' });
    on.outside.behaviours.tell({ channel: 'email', do: 'ok' });
  });

  const arrivedAt = (address: string) =>
    on.outside.received.since(0).filter((message) => message.to.includes(address.replace('+', '')));
  const statuses = async (ref: string) =>
    (await attemptsOf(on.book.db, ref)).map((row) => `${row.channel} ${row.status}`);

  it('says it in Chinese, keeps the words, and tells the book what was decided', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    expect(await on.act.contact(request(ref, strategy, 'R1'))).toEqual({ how: 'done', channel: 'sms' });
    const [sms] = arrivedAt(mobile);
    const { lenderNumber } = await accountOf(on.book.db, ref);
    expect(sms!.text).toBe(
      `【示例银行】您尾号${lenderNumber.slice(-4)}的信用卡尚有500.00元未还,2026年3月4日前还清视同按时还款。如遇困难请致电95500。`,
    );
    const [kept] = await messagesOf(on.book.db, ref);
    expect(kept).toMatchObject({ body: sms!.text, language: 'zh', template: 'reminder', status: 'accepted' });
    expect(kept!.templateHash).toMatch(/^[0-9a-f]{64}$/);
    const timeline = await timelineOf(on.book.db, ref);
    expect(timeline.filter((entry) => entry.what === 'decision')).toMatchObject([
      { result: { how: 'done', channel: 'sms' } },
    ]);
    expect((await accountOf(on.book.db, ref)).stage).toBe('reminder');
    await until(async () => (await attemptsOf(on.book.db, ref))[0]!.delivery === 'delivered');
  });

  it('speaks the language of the person, never in a harder tone than asked', async () => {
    const english = await person(on.book.db, strategy, undefined, { language: 'en-GB' });
    await on.act.contact(request(english.ref, strategy, 'R1', { tone: 3 }));
    expect(arrivedAt(english.mobile)[0]!.text).toBe(
      '示例银行: CNY 500.00 was due on 1 March 2026. Call 95500.',
    );
    const soft = await person(on.book.db, strategy);
    const result = await on.act.contact(request(soft.ref, strategy, 'R1', { tone: 0 }));
    expect(result).toEqual({ how: 'not-sent', rule: 'template-missing' });
  });

  it('falls back from the app over sms to email, and only then gives up', async () => {
    const { ref, mobile, mail } = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'reject', times: 1 });
    expect(await on.act.contact(request(ref, strategy, 'R1'))).toEqual({ how: 'done', channel: 'email' });
    expect(await statuses(ref)).toEqual(['sms refused-before', 'email accepted']);
    expect(arrivedAt(mobile)).toHaveLength(0);
    expect(arrivedAt(mail)[0]).toMatchObject({ subject: '还款提醒' });
    expect(arrivedAt(mail)[0]!.text).toContain('张伟');

    const nowhere = await on.act.contact(request(ref, strategy, 'R2'));
    expect(nowhere).toEqual({ how: 'not-sent', rule: 'no-carrier' });
  });

  it('uses the next channel when the number was retired, a letter as the last', async () => {
    const { ref, mail } = await person(on.book.db, strategy, [
      { kind: 'mobile', value: '+8613811112222' },
      { kind: 'email', value: 'retired@example.test' },
      { kind: 'address', value: '某某路 1 号' },
    ]);
    const { person: who } = await accountOf(on.book.db, ref);
    const [mobile] = (await usableEndpoints(on.book.db, who)).filter(({ kind }) => kind === 'mobile');
    await retireEndpoint(on.book.db, mobile!.ref, 'wrong number', '2026-03-09T00:00:00.000Z');
    expect(await on.act.contact(request(ref, strategy, 'R1'))).toMatchObject({ channel: 'email' });
    expect(await on.act.contact(request(ref, strategy, 'R4'))).toEqual({ how: 'done', channel: 'letter' });
    const [letter] = await listTasks(on.book.db, { account: ref });
    expect(letter).toMatchObject({ kind: 'letter', step: 'R4', status: 'open' });
    expect(JSON.stringify(letter)).not.toContain('某某路');
    expect(arrivedAt(mail)).toHaveLength(0);
  });

  it('never sends again what may be on its way, also when the activity runs again', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'drop-after-accepting', times: 1 });
    const asked = request(ref, strategy, 'R1');
    expect(await on.act.contact(asked)).toEqual({ how: 'unknown', channel: 'sms' });
    expect(await on.act.contact(asked)).toEqual({ how: 'unknown', channel: 'sms' });
    expect(arrivedAt(mobile)).toHaveLength(1);
    expect(await statuses(ref)).toEqual(['sms unknown']);
  });

  it('leaves an attempt of a worker that died in the middle as unknown', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    const dying = {
      ...on.deps,
      carriers: { sms: { send: () => new Promise<never>(() => undefined), close: async () => undefined } },
    };
    const asked = request(ref, strategy, 'R1');
    void createActivities(dying).contact(asked);
    await until(async () => (await statuses(ref)).includes('sms reserved'));
    expect(await on.act.contact(asked)).toEqual({ how: 'unknown', channel: 'sms' });
    expect(arrivedAt(mobile)).toHaveLength(0);
    expect(await statuses(ref)).toEqual(['sms unknown']);
  });

  it('goes on with a notice that the law wants when its first channel leaves it unknown', async () => {
    const { ref, mobile, mail } = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'drop-after-accepting', times: 1 });
    expect(await on.act.contact(request(ref, strategy, 'N2'))).toEqual({ how: 'done', channel: 'email' });
    expect([arrivedAt(mobile).length, arrivedAt(mail).length]).toEqual([1, 1]);
  });

  it('asks for a new permit after a refusal before accepting, and not for ever', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'refuse', times: 2 });
    expect(await on.act.contact(request(ref, strategy, 'R1'))).toEqual({ how: 'done', channel: 'sms' });
    expect(await statuses(ref)).toEqual(['sms refused-before', 'sms refused-before', 'sms accepted']);
    expect(arrivedAt(mobile)).toHaveLength(1);

    const other = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'refuse' });
    expect(await on.act.contact(request(other.ref, strategy, 'R1'))).toMatchObject({ channel: 'email' });
    expect(await statuses(other.ref)).toEqual([...Array(3).fill('sms refused-before'), 'email accepted']);
  });

  it('defers when the carrier throttles, and goes out when it comes again', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'throttle', times: 1 });
    const asked = request(ref, strategy, 'R1');
    const answer = await on.act.contact(asked);
    expect(answer).toMatchObject({ how: 'deferred', rule: 'throttled' });
    const later = { ...asked, now: (answer as { until: string }).until };
    expect(later.now > asked.now).toBe(true);
    expect(await on.act.contact(later)).toMatchObject({ how: 'done' });
    expect(arrivedAt(mobile)).toHaveLength(1);
  });

  it('sends nothing to somebody who has just paid, by the journal or straight to the workflow', async () => {
    const paid = await person(on.book.db, strategy);
    await accept(on.book.db, paid.ref, payment(50_000), 'test');
    expect(await on.act.contact(request(paid.ref, strategy, 'R1'))).toEqual({ how: 'refused', rule: 'paid' });

    const told = await person(on.book.db, strategy);
    const asked = request(told.ref, strategy, 'R1');
    const straight = { ...asked, report: { ...asked.report, told: [payment(50_000)] } };
    expect(await on.act.contact(straight)).toEqual({ how: 'refused', rule: 'paid' });
    expect([...arrivedAt(paid.mobile), ...arrivedAt(told.mobile)]).toHaveLength(0);
    expect(await factsOf(on.book.db, told.ref)).toHaveLength(1);
  });

  it('tells the account when a notice has arrived, once', async () => {
    const { ref } = await person(on.book.db, strategy);
    expect(await on.act.contact(request(ref, strategy, 'N1', { tone: 0 }))).toMatchObject({ how: 'done' });
    await until(async () => (await factsOf(on.book.db, ref)).length > 0);
    expect(await factsOf(on.book.db, ref)).toMatchObject([
      { kind: 'delivery', step: 'N1', status: 'arrived' },
    ]);
    const lost = await person(on.book.db, strategy);
    on.outside.behaviours.tell({ channel: 'sms', do: 'undeliverable', times: 1 });
    await on.act.contact(request(lost.ref, strategy, 'N1', { tone: 0 }));
    await until(async () => (await factsOf(on.book.db, lost.ref)).length > 0);
    expect(await factsOf(on.book.db, lost.ref)).toMatchObject([{ step: 'N1', status: 'undelivered' }]);
  });

  it('asks a person where the zone is not known, and sends nothing', async () => {
    const { ref, mobile } = await person(on.book.db, strategy, undefined, { zone: null });
    expect(await on.act.contact(request(ref, strategy, 'R1'))).toEqual({
      how: 'refused',
      rule: 'review:zone-unknown',
    });
    expect(await listTasks(on.book.db, { account: ref })).toMatchObject([{ action: 'review-contact' }]);
    expect(arrivedAt(mobile)).toHaveLength(0);
  });

  it('does not send what its template cannot say whole', async () => {
    const { ref } = await person(on.book.db, strategy);
    expect(await on.act.contact(request(ref, strategy, 'R3'))).toEqual({
      how: 'not-sent',
      rule: 'template-incomplete',
    });
    expect(await statuses(ref)).toEqual([]);
  });

  it('hands nothing to a carrier when the time of its activity is up', async () => {
    const { ref, mobile } = await person(on.book.db, strategy);
    const found = (await asked(on.book.db, request(ref, strategy, 'R1')))!;
    expect(found.lastSendAt).toBeLessThan(Date.now() + ACTIVITY_TIMEOUT_MS - CARRIER_TIMEOUT_MS);
    const late = await reach(on.deps, { ...found, lastSendAt: Date.now() - 1 });
    expect(late).toEqual({ how: 'not-sent', rule: 'out-of-time' });
    expect(await statuses(ref)).toEqual([]);
    expect(arrivedAt(mobile)).toHaveLength(0);
  });
});
