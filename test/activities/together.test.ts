import { accountOf } from '../../src/book/accounts';
import { attemptsOf } from '../../src/book/attempts';
import { enrolAccount } from '../../src/book/accounts';
import { accept } from '../../src/book/journal';
import { messagesOf } from '../../src/book/messages';
import { stop } from '../../src/book/stop';
import { nameOwner, ownerActs, ownerOf } from '../../src/book/owners';
import { endTasks, finishTask, listTasks } from '../../src/book/tasks';
import { startTask } from '../../src/client/by-people';
import { timelineOf } from '../../src/book/timeline';
import type { AccountEvent } from '../../src/domain/account/events';
import type { StepResult } from '../../src/domain/decide/decision';
import { fresh, newAccount, NOON, payment, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { request, stage, type Stage } from './under-test';

/** The same day for every account that has owed since 1 March, in a softer and in a firmer strategy. */
const SOFT = smallStrategy(
  [
    contact('R1', [9], { channels: ['sms', 'email'] }),
    contact('P1', [9], { channels: ['sms'], duringPromise: true }),
    contact('N1', [9], { channels: ['sms'], kind: 'notice', template: 'record-notice', tone: 0 }),
  ],
  { name: 'soft' },
);
/** Spoken of in the afternoon only, and never within a week of anything else. */
const LATER = smallStrategy(
  [
    contact('E1', [9], { channels: ['sms'] }),
    contact('N2', [9], { channels: ['sms'], kind: 'notice', template: 'record-notice', tone: 0 }),
  ],
  {
    name: 'later',
    contact: { hours: { sms: [{ from: '14:00', to: '18:00' }] }, caps: [], closedOn: [] },
  },
);
const CAPPED = smallStrategy([], {
  name: 'capped',
  contact: { hours: {}, caps: [{ channels: ['sms'], max: 0, days: 7 }], closedOn: [] },
});
const calls = (name: string, tone: number) =>
  contact(name, [9], {
    ...{ channels: ['call'], tone, queue: 'collector' },
    campaign: { N: { attemptsADay: 2, days: 3 } },
  });
const CALLED = smallStrategy([calls('CALL-S', 1)], { name: 'called' });
const FIRM = smallStrategy(
  [contact('F1', [37], { channels: ['sms', 'email'], tone: 3 }), calls('CALL-F', 3)],
  { name: 'firm' },
);

const OWNED = smallStrategy(
  (['OWN', 'SENIOR'] as const).map((name) => ({
    ...contact(name, [9]),
    ...{ kind: 'task', channels: undefined, action: 'assign-owner', queue: name.toLowerCase() },
  })),
  { name: 'owned' },
);

let count = 0;
/** Two accounts of one person: 9 days past due with 500.00, and whatever else is said. */
describe('one contact for all accounts of a person, against real servers', () => {
  let on: Stage;
  let soft: string;
  let firm: string;
  let called: string;
  let later: string;
  let capped: string;
  let owned: string;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    soft = await published(on.book.db, SOFT);
    firm = await published(on.book.db, FIRM);
    called = await published(on.book.db, CALLED);
    later = await published(on.book.db, LATER);
    capped = await published(on.book.db, CAPPED);
    owned = await published(on.book.db, OWNED);
  });
  afterAll(() => on.close());

  const owing = (due: string, amount: number): AccountEvent => ({
    kind: 'obligation',
    id: fresh(),
    at: '2026-01-20T00:00:00.000Z',
    obligation: fresh(),
    due,
    amount,
  });

  function family(language = 'zh-CN') {
    count += 1;
    const described = newAccount(soft).person;
    const mobile = `+86137${String(30_000_000 + count)}`;
    const person = {
      ...described,
      lenderPerson: `T${count}`,
      name: '张伟',
      language,
      endpoints: [
        { kind: 'mobile' as const, value: mobile },
        { kind: 'email' as const, value: `t${count}@example.test` },
      ],
    };
    const one = async (strategy: string, due: string, amount: number, currency = 'CNY') => {
      const account = newAccount(strategy);
      count += 1;
      const lenderNumber = `62258800000${String(50_000 + count)}`;
      const { ref } = await enrolAccount(on.book.db, {
        ...account,
        ...{ lenderNumber, person, enteredOn: due, terms: { ...account.terms, currency } },
        events: [owing(due, amount)],
      });
      return { ref, last4: lenderNumber.slice(-4) };
    };
    const arrived = () =>
      on.outside.received.since(0).filter(({ to }) => to.includes(mobile.slice(1)) || to.includes(mobile));
    return { one, arrived };
  }
  /** The lender keeps the account's books, and told of it last at that moment. */
  async function hostKept(ref: string, asOf: string) {
    const { db } = on.book;
    const { enrolment } = await accountOf(db, ref);
    const figures = { asOf, pastDue: 44_400, cycles: 1, oldestDue: '2026-03-01', balance: 44_400 };
    const changed = {
      ...enrolment,
      terms: { ...enrolment.terms, books: 'host' },
      events: [{ kind: 'host-update', id: fresh(), at: asOf, figures }],
    };
    await db
      .updateTable('accounts')
      .set({ enrolment: JSON.stringify(changed) })
      .where('ref', '=', ref)
      .execute();
  }
  const act = (ref: string, strategy: string, step: string, anchor = '2026-03-01', n = 0) =>
    on.act.contact(
      request(ref, strategy, step, {
        occurrence: { step, anchor, n, due: NOON },
        ...(step === 'F1' ? { tone: 3 } : {}),
      }),
    );
  const contactOf = async (ref: string) => (await attemptsOf(on.book.db, ref))[0]?.id;
  const gates = async (ref: string) =>
    (await timelineOf(on.book.db, ref)).flatMap((entry) => (entry.what === 'gate' ? [entry.answer] : []));

  it('two accounts due the same day: one message that names both, and both say by which contact', async () => {
    const { one, arrived } = family();
    const a = await one(soft, '2026-03-01', 50_000);
    const b = await one(soft, '2026-03-01', 30_000);
    expect(await act(a.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    const contact = await contactOf(a.ref);
    expect(await act(b.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms', with: contact });
    expect(arrived()).toHaveLength(1);
    expect(arrived()[0]!.text).toContain(`您另有账户逾期:尾号${b.last4}逾期300.00元,请一并处理。`);
    expect(arrived()[0]!.text).toContain(a.last4);
    expect((await messagesOf(on.book.db, a.ref))[0]!.body).toBe(arrived()[0]!.text);
    expect(await gates(b.ref)).toEqual(['spoken']);
    const decisions = (await timelineOf(on.book.db, b.ref)).filter(({ what }) => what === 'decision');
    expect(decisions).toMatchObject([{ result: { how: 'done', with: contact } }]);
    expect((await accountOf(on.book.db, b.ref)).stage).toBe('reminder');
  });

  it('asked by all at the same moment, it is still one message, and everybody knows its end', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { one, arrived } = family();
      const accounts = [
        await one(soft, '2026-03-01', 50_000),
        await one(soft, '2026-03-01', 30_000),
        await one(firm, '2026-02-01', 10_000),
      ];
      const results = await Promise.all(
        accounts.map(({ ref }, i) => (i < 2 ? act(ref, soft, 'R1') : act(ref, firm, 'F1', '2026-02-01'))),
      );
      expect(arrived()).toHaveLength(1);
      for (const result of results) expect(result).toMatchObject({ how: 'done', channel: 'sms' });
      for (const { last4 } of accounts) expect(arrived()[0]!.text).toContain(last4);
    }
  });

  it('the worst account leads, whichever asks first, and is not asked for again by its own step', async () => {
    const { one, arrived } = family();
    const mild = await one(soft, '2026-03-01', 90_000);
    const worst = await one(firm, '2026-02-01', 10_000);
    const result = await act(mild.ref, soft, 'R1');
    const [attempt] = await attemptsOf(on.book.db, worst.ref);
    expect(attempt).toMatchObject({ step: 'F1', tone: 3, askedBy: mild.ref, status: 'accepted' });
    expect(result).toEqual({ how: 'done', channel: 'sms', with: attempt!.id });
    expect(await attemptsOf(on.book.db, mild.ref)).toEqual([]);
    expect(await act(worst.ref, firm, 'F1', '2026-02-01')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()).toHaveLength(1);
    // It is the message of the one that leads, with the other one named in it.
    expect(arrived()[0]!.text).toMatch(
      new RegExp(`尾号${worst.last4}.*100\\.00元.*尾号${mild.last4}逾期900\\.00元`),
    );
  });

  it('speaks in the tone of the worst account also on a day on which that has no step', async () => {
    const { one } = family();
    const worst = await one(firm, '2026-02-01', 10_000);
    await act(worst.ref, firm, 'F1', '2026-02-01');
    const mild = await one(soft, '2026-03-01', 90_000);
    // Enrolled after today's contact, which did not name it: it speaks for itself, on the next day.
    const occurrence = { step: 'R1', anchor: '2026-03-01', n: 0, due: NOON };
    const next = (now: string) => on.act.contact(request(mild.ref, soft, 'R1', { now, occurrence }));
    expect(await next(NOON)).toMatchObject({ how: 'deferred', rule: 'one-voice' });
    expect(await next('2026-03-11T02:00:00.000Z')).toEqual({ how: 'done', channel: 'sms' });
    expect((await attemptsOf(on.book.db, mild.ref))[0]).toMatchObject({ tone: 3 });
  });

  it('says each amount in its own currency, in the language of the person', async () => {
    const { one, arrived } = family('en-GB');
    const yuan = await one(soft, '2026-03-01', 50_000);
    const dollars = await one(soft, '2026-03-02', 30_000, 'USD');
    expect(await act(yuan.ref, soft, 'R1')).toMatchObject({ how: 'done' });
    expect(arrived()[0]!.text).toContain(
      `Also past due on your other accounts, ending ${dollars.last4}: 300.00 USD.`,
    );
    expect(arrived()[0]!.text).not.toContain('800.00');
  });

  it('does not name what is promised, disputed, held or paid, and does not speak for it', async () => {
    const { one, arrived } = family();
    const speaks = await one(soft, '2026-03-01', 50_000);
    const quiet = [
      await one(soft, '2026-03-01', 11_100),
      await one(soft, '2026-03-01', 22_200),
      await one(soft, '2026-03-01', 33_300),
      await one(soft, '2026-03-01', 44_400),
    ];
    const facts: AccountEvent[] = [
      {
        kind: 'promise',
        id: fresh(),
        at: NOON,
        promise: 'p',
        amount: 11_100,
        date: '2026-03-12',
        method: 'bank',
        givenBy: 'debtor',
        channel: 'call',
      },
      { kind: 'dispute-raised', id: fresh(), at: NOON, dispute: 'd', reason: 'not-mine' },
      { kind: 'hold', id: fresh(), at: NOON, hold: 'h', type: 'complaint', from: '2026-03-09' },
      payment(44_400),
    ];
    for (const [i, { ref }] of quiet.entries()) await accept(on.book.db, ref, facts[i]!, 'test');
    expect(await act(speaks.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    const [message] = arrived();
    expect(message!.text).not.toContain('您另有账户');
    for (const { last4 } of quiet) expect(message!.text).not.toContain(last4);
    const rules: StepResult[] = [];
    for (const { ref } of quiet) rules.push(await act(ref, soft, 'R1'));
    expect(rules).toEqual(
      ['promise', 'disputed', 'hold:complaint', 'paid'].map((rule) => ({ how: 'refused', rule })),
    );
    // A word about the promise is the account's own and goes out beside it.
    expect(await act(quiet[0]!.ref, soft, 'P1')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()).toHaveLength(2);
  });

  it('does not name what a switch, old data, a hold of that person or its own strategy stands against', async () => {
    const { one, arrived } = family();
    const speaks = await one(soft, '2026-03-01', 50_000);
    const { person: whom } = await accountOf(on.book.db, speaks.ref);
    const quiet = {
      strategy: await one(firm, '2026-03-01', 11_100),
      jurisdiction: await one(soft, '2026-03-01', 22_200),
      segment: await one(soft, '2026-03-01', 33_300),
      data: await one(soft, '2026-03-01', 44_400),
      held: await one(soft, '2026-03-01', 55_500),
      hours: await one(later, '2026-03-01', 66_600),
      capped: await one(capped, '2026-03-01', 77_700),
    };
    const named = await one(soft, '2026-03-01', 30_000);
    const facts: [string, AccountEvent][] = [
      [quiet.jurisdiction.ref, { kind: 'facts', id: fresh(), at: NOON, facts: { jurisdiction: 'US-CA' } }],
      [
        quiet.held.ref,
        {
          kind: 'hold',
          id: fresh(),
          at: NOON,
          hold: 'h',
          type: 'complaint',
          from: '2026-03-09',
          party: whom,
        },
      ],
    ];
    for (const [ref, fact] of facts) await accept(on.book.db, ref, fact, 'test');
    await hostKept(quiet.data.ref, '2026-03-08T12:00:00.000Z');
    const { db } = on.book;
    await db.updateTable('accounts').set({ segment: 'L2' }).where('ref', '=', quiet.segment.ref).execute();
    await db
      .updateTable('accounts')
      .set({ segment: 'N' })
      .where('person', '=', whom)
      .where('ref', '!=', quiet.segment.ref)
      .execute();
    const asked = { why: 'test', by: 'op-1', role: null };
    const stops = [
      await stop(db, { ...asked, scope: 'strategy', value: firm }),
      await stop(db, { ...asked, scope: 'jurisdiction', value: 'US-CA' }),
      await stop(db, { ...asked, scope: 'segment', value: 'L2' }),
    ];
    try {
      expect(await act(speaks.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
      const [message] = arrived();
      expect(message!.text).toContain(named.last4);
      const leaked = Object.entries(quiet).filter(([, { last4 }]) => message!.text.includes(last4));
      expect(leaked.map(([why]) => why)).toEqual([]);
    } finally {
      for (const { id } of stops)
        await db.updateTable('switches').set({ openedAt: NOON }).where('id', '=', id).execute();
    }
  });

  it('what a contact left out for its own hours speaks on another day: one voice a day', async () => {
    const { one, arrived } = family();
    const first = await one(soft, '2026-03-01', 50_000);
    const evening = await one(later, '2026-03-01', 30_000);
    expect(await act(first.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()[0]!.text).not.toContain(evening.last4);
    const at = (now: string, step = 'E1') =>
      on.act.contact(
        request(evening.ref, later, step, {
          ...{ now, occurrence: { step, anchor: '2026-03-01', n: 0, due: NOON } },
        }),
      );
    // Three in the afternoon: its own hours, but the person has been spoken to today.
    const afternoon = '2026-03-10T07:00:00.000Z';
    const tomorrow = '2026-03-11T06:00:00.000Z';
    expect(await at(afternoon)).toEqual({ how: 'deferred', until: tomorrow, rule: 'one-voice' });
    expect(arrived()).toHaveLength(1);
    // A notice that the law wants is its own, on whatever day.
    expect(await at(afternoon, 'N2')).toEqual({ how: 'done', channel: 'sms' });
    expect(await at(tomorrow)).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()).toHaveLength(3);
    expect((await attemptsOf(on.book.db, evening.ref)).map(({ step }) => step).sort()).toEqual(['E1', 'N2']);
  });

  it('a call that nobody answered is no voice of the day', async () => {
    const { one, arrived } = family();
    const first = await one(called, '2026-03-01', 50_000);
    const evening = await one(later, '2026-03-01', 30_000);
    const occurrence = { step: 'CALL-S', anchor: '2026-03-01', n: 0, due: NOON };
    await on.act.schedule(request(first.ref, called, 'CALL-S', { occurrence }));
    const [campaign] = await listTasks(on.book.db, { account: first.ref });
    expect(await startTask(on.book.db, campaign!.id, NOON)).toMatchObject({ may: true });
    const now = '2026-03-10T07:00:00.000Z';
    const sent = await on.act.contact(
      request(evening.ref, later, 'E1', {
        ...{ now, occurrence: { step: 'E1', anchor: '2026-03-01', n: 0, due: NOON } },
      }),
    );
    expect(sent).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()).toHaveLength(1);
  });

  it('names what is past due after money that counts from a later day than the account has come to', async () => {
    const { one, arrived } = family();
    const speaks = await one(soft, '2026-03-01', 50_000);
    const other = await one(soft, '2026-03-01', 30_000);
    const at = '2026-03-11T02:00:00.000Z';
    const paid = { kind: 'payment', id: fresh(), at, amount: 10_000, valueDate: '2026-03-11' } as const;
    await accept(on.book.db, other.ref, paid, 'test');
    expect(await act(speaks.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()[0]!.text).toContain(`尾号${other.last4}逾期200.00元`);
  });

  it('a notice that the law wants is each account its own', async () => {
    const { one, arrived } = family();
    const a = await one(soft, '2026-03-01', 50_000);
    const b = await one(soft, '2026-03-01', 30_000);
    expect(await act(a.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    for (const { ref } of [a, b]) expect(await act(ref, soft, 'N1')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()).toHaveLength(3);
  });

  it('a contact that could not be made speaks for nobody', async () => {
    const { one, arrived } = family();
    const a = await one(soft, '2026-03-01', 50_000);
    const b = await one(soft, '2026-03-01', 30_000);
    on.outside.behaviours.tell({ channel: 'sms', do: 'reject', times: 1 });
    on.outside.behaviours.tell({ channel: 'email', do: 'reject', times: 1 });
    expect(await act(a.ref, soft, 'R1')).toMatchObject({ how: 'not-sent' });
    expect(await act(b.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
    expect(arrived()).toHaveLength(1);
    expect(arrived()[0]!.text).toContain(a.last4);
  });

  describe('calls', () => {
    const plan = (ref: string, strategy: string, step: string, anchor: string) =>
      on.act.schedule(request(ref, strategy, step, { occurrence: { step, anchor, n: 0, due: NOON } }));
    const tasks = (ref: string) => listTasks(on.book.db, { account: ref });

    it('one collector calls for all accounts: the worst one has the campaign, whichever was planned first', async () => {
      const { one } = family();
      const mild = await one(called, '2026-03-01', 90_000);
      expect(await plan(mild.ref, called, 'CALL-S', '2026-03-01')).toMatchObject({
        task: { kind: 'campaign' },
      });
      const worst = await one(firm, '2026-02-01', 10_000);
      expect(await plan(worst.ref, firm, 'CALL-F', '2026-02-01')).toMatchObject({
        task: { kind: 'campaign' },
      });
      const [taken] = await tasks(mild.ref);
      expect(taken).toMatchObject({ status: 'cancelled', result: `with:${worst.ref}` });
      const [campaign] = await tasks(worst.ref);
      expect(campaign).toMatchObject({ status: 'open', queue: 'collector' });

      const later = await one(called, '2026-03-01', 5_000);
      expect(await plan(later.ref, called, 'CALL-S', '2026-03-01')).toEqual({
        ...{ how: 'done', channel: 'call', with: campaign!.id },
      });
      expect(await tasks(later.ref)).toEqual([]);
      // The collector is told what else to speak of, each in its own currency.
      const leave = await startTask(on.book.db, campaign!.id, NOON);
      expect(leave).toEqual({
        may: true,
        attempt: 1,
        also: [
          { account: mild.ref, pastDue: 90_000, currency: 'CNY' },
          { account: later.ref, pastDue: 5_000, currency: 'CNY' },
        ],
      });
    });

    it('a call that nobody answered has said nothing; one that reached the person has', async () => {
      const { one, arrived } = family();
      const a = await one(called, '2026-03-01', 50_000);
      const b = await one(soft, '2026-03-01', 30_000);
      await plan(a.ref, called, 'CALL-S', '2026-03-01');
      const [campaign] = await tasks(a.ref);
      expect(await startTask(on.book.db, campaign!.id, NOON)).toMatchObject({ may: true });
      const spoken = { kind: 'contact-outcome', id: fresh(), at: NOON, channel: 'call' } as const;
      await accept(on.book.db, a.ref, { ...spoken, code: 'NA' }, 'test');
      expect(await act(b.ref, soft, 'R1')).toEqual({ how: 'done', channel: 'sms' });
      expect(arrived()).toHaveLength(1);

      const other = family();
      const c = await other.one(called, '2026-03-01', 50_000);
      const d = await other.one(soft, '2026-03-01', 30_000);
      await plan(c.ref, called, 'CALL-S', '2026-03-01');
      await startTask(on.book.db, (await tasks(c.ref))[0]!.id, NOON);
      await accept(on.book.db, c.ref, { ...spoken, id: fresh(), code: 'RPC-INT' }, 'test');
      expect(await act(d.ref, soft, 'R1')).toEqual({
        how: 'done',
        channel: 'sms',
        with: await contactOf(c.ref),
      });
      expect(other.arrived()).toEqual([]);
    });

    it('a campaign for an account that may not be asked for now is not joined, and not taken over', async () => {
      const { one } = family();
      const paid = await one(firm, '2026-02-01', 10_000);
      await plan(paid.ref, firm, 'CALL-F', '2026-02-01');
      await accept(on.book.db, paid.ref, payment(10_000), 'test');
      const b = await one(called, '2026-03-01', 30_000);
      expect(await plan(b.ref, called, 'CALL-S', '2026-03-01')).toMatchObject({ task: { kind: 'campaign' } });
      expect((await tasks(paid.ref))[0]).toMatchObject({ status: 'open' });
    });

    it('a campaign that a stop stands against is not joined, and not taken over', async () => {
      const { one } = family();
      const { db } = on.book;
      const stopped = await one(firm, '2026-02-01', 10_000);
      await plan(stopped.ref, firm, 'CALL-F', '2026-02-01');
      const [campaign] = await tasks(stopped.ref);
      const { id } = await stop(db, {
        ...{ scope: 'strategy', value: firm, why: 'test', by: 'op-1', role: null },
      });
      try {
        const mild = await one(called, '2026-03-01', 30_000);
        expect(await plan(mild.ref, called, 'CALL-S', '2026-03-01')).toMatchObject({
          task: { kind: 'campaign' },
        });
        const worst = await one(called, '2026-01-01', 30_000);
        expect(await plan(worst.ref, called, 'CALL-S', '2026-01-01')).toMatchObject({
          task: { kind: 'campaign' },
        });
        expect((await tasks(mild.ref))[0]).toMatchObject({ result: `with:${worst.ref}` });
        expect((await tasks(stopped.ref))[0]).toMatchObject({ status: 'open' });
        await endTasks(db, worst.ref, null, 'test', NOON);
      } finally {
        await db.updateTable('switches').set({ openedAt: NOON }).where('id', '=', id).execute();
      }
      const after = await one(called, '2026-03-01', 5_000);
      expect(await plan(after.ref, called, 'CALL-S', '2026-03-01')).toMatchObject({ with: campaign!.id });
    });
  });

  describe('the owner', () => {
    const named = (ref: string, strategy: string, step: string, anchor = '2026-03-01') =>
      on.act.schedule(request(ref, strategy, step, { occurrence: { step, anchor, n: 0, due: NOON } }));
    const open = async (ref: string) =>
      (await listTasks(on.book.db, { account: ref })).filter(({ status }) => status === 'open');
    const decided = async (ref: string, owner: string) => {
      const [task] = await open(ref);
      const { db } = on.book;
      await finishTask(db, task!.id, 'done', 'done', NOON);
      await nameOwner(db, task!, { owner, at: NOON, day: '2026-03-10' });
      return task!.id;
    };

    it('stays over all accounts: a later step of the same kind is done with the task that named him', async () => {
      const { one } = family();
      const a = await one(owned, '2026-03-01', 50_000);
      await named(a.ref, owned, 'OWN');
      const task = await decided(a.ref, 'c-7');
      const b = await one(owned, '2026-03-01', 30_000);
      expect(await named(b.ref, owned, 'OWN')).toEqual({ how: 'done', with: task });
      expect(await open(b.ref)).toEqual([]);
    });

    it('of a worse account is not taken away for a milder one; the worst account hands over', async () => {
      const { one } = family();
      const worst = await one(owned, '2026-01-01', 50_000);
      await named(worst.ref, owned, 'SENIOR', '2026-01-01');
      const task = await decided(worst.ref, 's-1');
      const mild = await one(owned, '2026-03-01', 90_000);
      expect(await named(mild.ref, owned, 'OWN')).toEqual({ how: 'done', with: task });

      const other = family();
      const first = await other.one(owned, '2026-03-01', 50_000);
      await named(first.ref, owned, 'OWN');
      await decided(first.ref, 'c-7');
      const worse = await other.one(owned, '2026-01-01', 10_000);
      expect(await named(worse.ref, owned, 'SENIOR', '2026-01-01')).toEqual({ how: 'done' });
      await decided(worse.ref, 's-1');
      const { person } = await accountOf(on.book.db, first.ref);
      expect(await ownerOf(on.book.db, person, '2026-03-10')).toMatchObject({ ref: 's-1', gone: null });
      expect((await ownerActs(on.book.db, person)).map(({ before, owner }) => [before, owner])).toEqual([
        [null, 'c-7'],
        ['c-7', 's-1'],
      ]);
    });
  });
});
