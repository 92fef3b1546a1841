import { attemptsOf } from '../../src/book/attempts';
import { accept, factsOf } from '../../src/book/journal';
import { messagesOf } from '../../src/book/messages';
import { addParty, endParty, type NewParty } from '../../src/book/parties';
import { holdPerson } from '../../src/book/personal';
import { listTasks } from '../../src/book/tasks';
import { askLeave } from '../../src/client/by-people';
import { DAY, fresh, NOON, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, until, type Stage } from './under-test';

const STRATEGY = smallStrategy([
  contact('R1', [1], { channels: ['sms'] }),
  contact('G1', [4], { channels: ['sms'], kind: 'notice', to: 'guarantor' }),
  contact('G2', [4], { channels: ['letter'], kind: 'notice', to: 'guarantor' }),
  contact('H1', [4], { channels: ['letter'], kind: 'notice', to: 'heir', template: 'estate-notice' }),
  contact('H2', [4], { channels: ['sms'], kind: 'notice', to: 'heir' }),
  contact('H3', [4], { channels: ['sms'], to: 'heir' }),
  contact('H4', [4], { channels: ['letter'], kind: 'notice', template: 'estate-notice' }),
  contact('J1', [4], { channels: ['sms'], to: 'joint' }),
]);

describe('other people on an account, against real servers', () => {
  let on: Stage;
  let strategy: string;
  let count = 0;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
  });
  afterAll(() => on.close());

  async function account() {
    const one = await person(on.book.db, strategy);
    const add = async (role: NewParty['role'], name = '李娜') => {
      count += 1;
      const mobile = `+86136${String(40_000_000 + count)}`;
      const endpoints = [
        { kind: 'mobile' as const, value: mobile },
        { kind: 'address' as const, value: `某某路 ${count} 号` },
      ];
      const described = {
        lender: 'bank',
        lenderPerson: `Q${count}`,
        name,
        language: 'zh-CN',
        zone: 'Asia/Shanghai',
      };
      const ref = await addParty(on.book.db, one.ref, { role, person: { ...described, endpoints } }, DAY);
      return { ref, mobile };
    };
    return { ...one, add };
  }
  const arrivedAt = (mobile: string) =>
    on.outside.received.since(0).filter(({ to }) => to.includes(mobile.replace('+', '')));
  const act = (ref: string, step: string) => on.act.contact(request(ref, strategy, step));

  it('a notice to guarantors goes to each of them, is kept for each, and has arrived when all have it', async () => {
    const { ref, mobile, add } = await account();
    const [one, other] = [await add('guarantor'), await add('guarantor', '王芳')];
    await add('supplementary');
    expect(await act(ref, 'G1')).toEqual({ how: 'done', channel: 'sms' });
    expect(
      [arrivedAt(one.mobile), arrivedAt(other.mobile), arrivedAt(mobile)].map(({ length }) => length),
    ).toEqual([1, 1, 0]);
    const attempts = await attemptsOf(on.book.db, ref);
    expect(attempts.map((row) => row.person).sort()).toEqual([one.ref, other.ref].sort());
    expect(new Set((await messagesOf(on.book.db, ref)).map((row) => row.person))).toEqual(
      new Set([one.ref, other.ref]),
    );
    await until(async () => (await attemptsOf(on.book.db, ref)).every((row) => row.delivery === 'delivered'));
    await until(async () => (await factsOf(on.book.db, ref)).length === 1);
    // Asked again, both have it: nothing goes out.
    expect(await act(ref, 'G1')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrivedAt(one.mobile)).toHaveLength(1);
  });

  it('where nobody stands in the role nothing goes out, and the step says so', async () => {
    const { ref, mobile, add } = await account();
    expect(await act(ref, 'G1')).toEqual({ how: 'not-sent', rule: 'no-party' });
    const joint = await add('joint');
    await endParty(on.book.db, ref, joint.ref, 'joint', DAY);
    expect(await act(ref, 'J1')).toEqual({ how: 'not-sent', rule: 'no-party' });
    expect([...arrivedAt(mobile), ...arrivedAt(joint.mobile)]).toEqual([]);
  });

  it('a letter to a guarantor is a task with that name and address, and the gate is asked for that person', async () => {
    const { ref, add } = await account();
    const guarantor = await add('guarantor');
    expect(await act(ref, 'G2')).toEqual({ how: 'done', channel: 'letter' });
    const [task] = await listTasks(on.book.db, { account: ref });
    expect(task).toMatchObject({ kind: 'letter', person: guarantor.ref });
    expect(await askLeave(on.book.db, task!, 'letter', 0, NOON)).toEqual({ may: true });
    expect(await attemptsOf(on.book.db, ref)).toMatchObject([{ person: guarantor.ref, channel: 'letter' }]);
    // Who is no guarantor any more is told nothing, though the task still lies there.
    const late = await account();
    const former = await late.add('guarantor');
    await act(late.ref, 'G2');
    await endParty(on.book.db, late.ref, former.ref, 'guarantor', DAY);
    const [open] = await listTasks(on.book.db, { account: late.ref });
    expect(await askLeave(on.book.db, open!, 'letter', 0, NOON)).toEqual({
      may: false,
      answer: 'block',
      rule: 'no-party',
    });
  });

  it('one of two who share the debt dies: the other is asked, and nobody who is held', async () => {
    const { ref, mobile, add } = await account();
    const joint = await add('joint');
    await accept(
      on.book.db,
      ref,
      { kind: 'contact-outcome', id: fresh(), at: NOON, channel: 'call', code: 'DEC' },
      'test',
    );
    expect(await act(ref, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    expect([arrivedAt(mobile).length, arrivedAt(joint.mobile).length]).toEqual([0, 1]);
    await holdPerson(on.book.db, joint.ref, {
      hold: fresh(),
      type: 'bankruptcy',
      from: DAY,
      until: null,
      at: NOON,
    });
    const after = await on.act.contact(
      request(ref, strategy, 'R1', { occurrence: { step: 'R1', anchor: '2026-03-02', n: 0, due: NOON } }),
    );
    expect(after).toEqual({ how: 'refused', rule: expect.stringMatching(/^hold:/) });
    expect([arrivedAt(mobile).length, arrivedAt(joint.mobile).length]).toEqual([0, 1]);
  });

  it('an heir is told by a letter what there is and how far it goes, after the death that holds all else', async () => {
    const { ref, mobile } = await account();
    const { db } = on.book;
    const heir = await addParty(
      db,
      ref,
      {
        role: 'heir',
        estate: 20_000,
        person: {
          ...{
            lender: 'bank',
            lenderPerson: `E${ref}`,
            name: '李娜',
            language: 'zh-CN',
            zone: 'Asia/Shanghai',
          },
          endpoints: [
            { kind: 'address', value: '某某路 8 号' },
            { kind: 'mobile', value: '+8613600990099' },
          ],
        },
      },
      DAY,
    );
    await accept(
      db,
      ref,
      { kind: 'contact-outcome', id: fresh(), at: NOON, channel: 'call', code: 'DEC' },
      'test',
    );
    expect(await act(ref, 'R1')).toEqual({ how: 'refused', rule: 'hold:deceased' });
    expect(await act(ref, 'H1')).toEqual({ how: 'done', channel: 'letter' });
    const [task] = await listTasks(db, { account: ref, kind: 'letter' });
    expect(task).toMatchObject({ person: heir });
    const { body } = await db
      .selectFrom('letters')
      .select('body')
      .where('task', '=', task!.id)
      .executeTakeFirstOrThrow();
    expect(body).toContain('继承人仅在所得遗产实际价值范围内清偿债务');
    expect(body).toContain('您所得遗产的价值为200.00元,您对上述债务承担的金额不超过200.00元');
    expect(body).not.toContain('pay.example');
    expect(await askLeave(db, task!, 'letter', 0, NOON)).toEqual({ may: true });
    // A text that asks, or that is silent on the estate, is none for an heir; and no contact is made to ask.
    expect(await act(ref, 'H2')).toEqual({ how: 'not-sent', rule: 'template-incomplete' });
    expect(await act(ref, 'H3')).toEqual({ how: 'not-sent', rule: 'no-party' });
    expect([...arrivedAt('+8613600990099'), ...arrivedAt(mobile)]).toEqual([]);
    // The heir's own death, or wish, holds what is told to the heir.
    await holdPerson(db, heir, { hold: fresh(), type: 'deceased', from: DAY, until: null, at: NOON });
    const again = { ...task!, n: 7 };
    expect(await askLeave(db, again, 'letter', 0, NOON)).toMatchObject({ rule: 'hold:deceased' });
  });

  it('a guarantor in another zone is reached by the hours of that zone', async () => {
    const window = [{ from: '08:00', to: '20:00' }];
    const hours = { hours: { sms: window, call: window }, caps: [], closedOn: [] };
    const timed = await published(
      on.book.db,
      smallStrategy(
        [
          contact('R1', [1], { channels: ['sms'] }),
          contact('G1', [4], { channels: ['sms'], kind: 'notice', to: 'guarantor' }),
          contact('G3', [4], {
            channels: ['call'],
            to: 'guarantor',
            campaign: { N: { attemptsADay: 1, days: 1 } },
          }),
        ],
        { name: 'timed', contact: hours },
      ),
    );
    const one = await person(on.book.db, timed);
    const guarantor = await addParty(
      on.book.db,
      one.ref,
      {
        role: 'guarantor',
        person: {
          ...{ lender: 'bank', lenderPerson: `Z${one.ref}`, language: 'zh-CN', zone: 'America/New_York' },
          endpoints: [{ kind: 'mobile', value: '+8613600880088' }],
        },
      },
      DAY,
    );
    const send = (step: string, now: string) =>
      on.act.contact(
        request(one.ref, timed, step, { now, occurrence: { step, anchor: '2026-03-01', n: 1, due: NOON } }),
      );
    // Ten in the morning in Shanghai is ten in the evening in New York, the day before.
    expect(await send('R1', NOON)).toEqual({ how: 'done', channel: 'sms' });
    const until = '2026-03-10T12:00:00.000Z';
    expect(await send('G1', NOON)).toEqual({ how: 'deferred', until, rule: 'hours' });
    expect(arrivedAt('+8613600880088')).toEqual([]);
    // A call is planned at once and asked for when it is dialled.
    await send('G3', NOON);
    const [task] = await listTasks(on.book.db, { account: one.ref, kind: 'campaign' });
    expect(task).toMatchObject({ person: guarantor });
    expect(await askLeave(on.book.db, task!, 'call', 0, NOON)).toEqual({
      ...{ may: false, answer: 'defer', rule: 'hours' },
    });
    expect(await askLeave(on.book.db, task!, 'call', 0, until)).toEqual({ may: true });
    expect(await send('G1', until)).toEqual({ how: 'done', channel: 'sms' });
    expect(arrivedAt('+8613600880088')).toHaveLength(1);
    // Nine in the evening in Shanghai: the guarantor's morning is not the debtor's.
    const late = '2026-03-10T13:00:00.000Z';
    const again = { step: 'R1', anchor: '2026-03-02', n: 0, due: NOON };
    expect(
      await on.act.contact(request(one.ref, timed, 'R1', { now: late, occurrence: again })),
    ).toMatchObject({ how: 'deferred', rule: 'hours' });
  });

  it('the text for heirs goes to nobody else', async () => {
    const one = await person(on.book.db, strategy, [{ kind: 'address', value: '某某路 9 号' }]);
    expect(await act(one.ref, 'H4')).toEqual({ how: 'done', channel: 'letter' });
    const [task] = await listTasks(on.book.db, { account: one.ref });
    // Without a text of the engine's somebody writes it.
    expect(await on.book.db.selectFrom('letters').selectAll().where('task', '=', task!.id).execute()).toEqual(
      [],
    );
  });
});
