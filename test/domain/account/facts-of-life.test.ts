import { apply } from '../../../src/domain/account/apply';
import type { AccountEvent } from '../../../src/domain/account/events';
import { HOLDS_WHOLE } from '../../../src/domain/decide/generation';
import { reachesBack } from '../../../src/domain/account/reversal';
import type { AccountState, OpenTask } from '../../../src/domain/account/state';
import { view } from '../../../src/domain/account/view';
import { standing } from '../../../src/domain/delinquency/standing';
import { account, at, CARD, told } from '../../support/told';

const DUE = told('2026-03-01', { kind: 'obligation', obligation: 'm', due: '2026-03-25', amount: 120_000 });
const play = (...events: readonly AccountEvent[]): AccountState => [DUE, ...events].reduce(apply, account());
const pay = (day: string, amount: number, id?: string): AccountEvent =>
  told(day, { kind: 'payment', amount, valueDate: day, ...(id === undefined ? {} : { id }) });
const call = (day: string, code: Extract<AccountEvent, { kind: 'contact-outcome' }>['code'], step?: string) =>
  told(day, { kind: 'contact-outcome', code, channel: 'call', ...(step === undefined ? {} : { step }) });

describe('money', () => {
  it('cures nothing while it is only announced, and keeps contact quiet for its business days', () => {
    const announced = play(
      told('2026-04-03', { kind: 'payment', amount: 120_000, valueDate: '2026-04-03', pending: true }),
    );
    // The 4th to the 6th of April 2026 are closed for the tomb-sweeping festival.
    expect(standing(announced, CARD, '2026-04-03')).toMatchObject({
      pastDue: 120_000,
      pendingUntil: '2026-04-08',
    });
    expect(standing(announced, CARD, '2026-04-09').pendingUntil).toBeNull();
  });

  it('does not count before its value date', () => {
    const ahead = play(told('2026-03-26', { kind: 'payment', amount: 120_000, valueDate: '2026-04-02' }));
    expect(standing(ahead, CARD, '2026-04-01').pastDue).toBe(120_000);
    expect(standing(ahead, CARD, '2026-04-02').pastDue).toBe(0);
  });

  it('goes to the obligation that an adjustment names, and what is too much to the oldest', () => {
    const two = play(
      told('2026-03-02', { kind: 'obligation', obligation: 'n', due: '2026-04-25', amount: 50_000 }),
      told('2026-04-26', { kind: 'adjustment', amount: 60_000, valueDate: '2026-04-26', obligation: 'n' }),
    );
    expect(standing(two, CARD, '2026-04-26')).toMatchObject({
      pastDue: 110_000,
      oldestDue: '2026-03-25',
      cycles: 1,
    });
  });

  it('is owed more after a charge', () => {
    const charged = play(told('2026-03-29', { kind: 'adjustment', amount: -6000, valueDate: '2026-03-29' }));
    expect(standing(charged, CARD, '2026-03-29')).toMatchObject({ pastDue: 126_000, balance: 126_000 });
  });

  it('reaches back when what is reversed is not carried any more', () => {
    const paid = play(pay('2026-03-20', 120_000, 'p1'));
    const back = (of: string) => told('2026-04-01', { kind: 'reversal', of, reason: 'returned' });
    expect(reachesBack(paid, back('p1'))).toBe(false);
    expect(reachesBack(paid, back('long-ago'))).toBe(true);
    expect(standing(apply(paid, back('p1')), CARD, '2026-04-01')).toMatchObject({
      pastDue: 120_000,
      late: true,
    });
  });

  it('breaks a kept promise from the day that its money came back, and mends it when that is undone', () => {
    const promised = play(
      told('2026-04-01', {
        kind: 'promise',
        promise: 'pr',
        amount: 120_000,
        date: '2026-04-05',
        method: 'transfer',
        givenBy: 'debtor',
        channel: 'call',
      }),
      pay('2026-04-04', 120_000, 'p1'),
    );
    const kept: AccountState = {
      ...promised,
      promises: promised.promises.map((one) => ({ ...one, status: 'kept', judgedOn: '2026-04-05' })),
    };
    const returned = apply(kept, told('2026-04-09', { kind: 'reversal', of: 'p1', reason: 'returned' }));
    expect(returned.promises[0]?.status).toBe('invalidated');
    expect(returned.broken).toEqual(['2026-04-09']);
    const undone = apply(
      returned,
      told('2026-04-10', { kind: 'reversal', of: 'p1', reason: 'mistake', undone: true }),
    );
    expect([undone.promises[0]?.status, undone.broken]).toEqual(['kept', []]);
  });
});

describe('promises', () => {
  const whole = { kind: 'promise', method: 'transfer', givenBy: 'debtor', channel: 'call' } as const;

  it('is an intention without a date, an amount or a way to pay, and from anybody else', () => {
    const wanting = [
      told('2026-04-01', { ...whole, promise: 'a', amount: 5000 }),
      told('2026-04-01', { ...whole, promise: 'b', amount: 5000, date: '2026-04-05', method: undefined }),
      told('2026-04-01', {
        ...whole,
        promise: 'c',
        amount: 5000,
        date: '2026-04-05',
        givenBy: 'third-party',
      }),
    ];
    for (const event of wanting) {
      const state = play(event);
      expect([state.promises, state.marks['intention']]).toEqual([[], '2026-04-01']);
    }
  });

  it('is superseded by a new one, and cancelled only while open', () => {
    const state = play(
      told('2026-04-01', { ...whole, promise: 'a', amount: 5000, date: '2026-04-05' }),
      told('2026-04-02', { ...whole, promise: 'b', amount: 5000, date: '2026-04-06' }),
      told('2026-04-03', { kind: 'promise-cancelled', promise: 'a' }),
    );
    expect(state.promises.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'superseded'],
      ['b', 'open'],
    ]);
  });
});

describe('what a contact ends with', () => {
  it('counts attempts, conversations and silence', () => {
    const state = play(call('2026-04-01', 'NA'), call('2026-04-01', 'BUSY'), call('2026-04-02', 'IN'));
    expect(state.counts).toEqual({ contacts: 2, rpc: 1, visits: 0, unanswered: 0 });
    expect(state.marks).toEqual({ rpc: '2026-04-02', inbound: '2026-04-02' });
  });

  it.each([
    ['RPC-HARD', 'hardship'],
    ['RPC-REF', 'refused'],
    ['WN', 'wrong-number'],
    ['RPC-DISP', 'disputed'],
    ['DEC', 'said-dead'],
    ['RPC-PAID', 'paid-claim'],
  ] as const)('%s marks the day as %s', (code, mark) => {
    expect(play(call('2026-04-01', code)).marks[mark]).toBe('2026-04-01');
  });

  it('only marks a dispute: the dispute itself is an event of its own', () => {
    expect(play(call('2026-04-01', 'RPC-DISP')).disputes).toEqual([]);
  });

  it.each([
    ['DEC', 'deceased', null],
    ['RPC-VUL', 'vulnerable', null],
    ['RPC-CEASE', 'cease-contact', null],
    ['REP', 'mandate-check', '2026-04-05'],
  ] as const)('%s sets a %s hold at once, and one only', (code, type, until) => {
    const state = play(call('2026-04-01', code), call('2026-04-02', code));
    expect(state.holds).toMatchObject([{ type, from: '2026-04-01', until }]);
  });

  it('pauses for a mandate once, however often somebody claims one', () => {
    expect(play(call('2026-04-01', 'REP'), call('2026-05-01', 'REP')).holds).toHaveLength(1);
  });

  it('rests two business days when the person says it is paid, once in thirty days', () => {
    const said = play(call('2026-04-01', 'RPC-PAID'));
    expect(standing(said, CARD, '2026-04-02').pendingUntil).toBe('2026-04-03');
    const again = apply(said, call('2026-04-15', 'RPC-PAID'));
    expect(standing(again, CARD, '2026-04-15').pendingUntil).toBeNull();
    const later = apply(again, call('2026-05-06', 'RPC-PAID'));
    expect(standing(later, CARD, '2026-05-06').pendingUntil).toBe('2026-05-08');
  });

  it('ends the campaign that reached the person and no other', () => {
    const task = (step: string, kind: OpenTask['kind']): OpenTask => ({
      step,
      kind,
      since: '2026-04-01',
      until: at('2026-04-04'),
      chased: 0,
    });
    const open = { ...play(), open: [task('C24', 'campaign'), task('C26', 'campaign'), task('C24', 'task')] };
    expect(apply(open, call('2026-04-02', 'NA', 'C24')).open).toHaveLength(3);
    expect(apply(open, call('2026-04-02', 'RPC-INT', 'C24')).open).toMatchObject([
      { step: 'C26', kind: 'campaign' },
      { step: 'C24', kind: 'task' },
    ]);
    const answered = apply(
      open,
      told('2026-04-03', { kind: 'task-result', step: 'C24', result: 'approved' }),
    );
    expect(answered.open).toHaveLength(2);
    expect(answered.marks['C24.approved']).toBe('2026-04-03');
  });

  it('remembers what visits found', () => {
    const state = play(
      told('2026-05-01', { kind: 'visit-outcome', code: 'not-there' }),
      told('2026-05-04', { kind: 'visit-outcome', code: 'threatened', followUpOn: '2026-05-20' }),
    );
    expect(state.counts).toMatchObject({ visits: 2, rpc: 1 });
    expect(state.marks).toMatchObject({
      visited: '2026-05-04',
      threatened: '2026-05-04',
      'follow-up': '2026-05-20',
    });
  });

  it('opens the gate of a letter when it arrives, and is unreachable only until there is a way again', () => {
    const state = play(
      told('2026-05-01', { kind: 'delivery', step: 'C34', status: 'arrived' }),
      told('2026-05-01', { kind: 'delivery', step: 'C20', status: 'returned' }),
      told('2026-05-02', { kind: 'contact-changed', reachable: false }),
      told('2026-05-09', { kind: 'contact-changed', reachable: false }),
    );
    expect(state.marks).toEqual({
      'C34.arrived': '2026-05-01',
      'C20.undelivered': '2026-05-01',
      unreachable: '2026-05-02',
    });
    expect(
      apply(state, told('2026-05-10', { kind: 'contact-changed', reachable: true })).marks['unreachable'],
    ).toBe(undefined);
  });
});

describe('holds and disputes', () => {
  const pause = (id: string, from: string, until?: string) =>
    told('2026-03-26', {
      kind: 'hold',
      hold: id,
      type: 'pause',
      from,
      ...(until === undefined ? {} : { until }),
    });

  it('keeps the contract count and stands still in treatment', () => {
    const state = play(pause('h', '2026-04-01', '2026-04-11'));
    expect(standing(state, CARD, '2026-04-20')).toMatchObject({
      contractDpd: 26,
      treatmentDpd: 16,
      pausedDays: 10,
    });
    expect(standing(state, CARD, '2026-04-01').treatmentDpd).toBe(
      standing(state, CARD, '2026-04-11').treatmentDpd,
    );
  });

  it('counts overlapping, nested and adjoining pauses once', () => {
    const state = play(
      pause('a', '2026-04-01', '2026-04-10'),
      pause('b', '2026-04-05', '2026-04-15'),
      pause('c', '2026-04-06', '2026-04-07'),
      pause('d', '2026-04-16', '2026-04-20'),
    );
    expect(standing(state, CARD, '2026-04-30')).toMatchObject({ pausedDays: 19, treatmentDpd: 36 - 19 });
  });

  it('ends the day before it is released, and never was when that is before its first day', () => {
    const open = play(pause('a', '2026-04-01'));
    const released = apply(open, told('2026-04-09', { kind: 'release', hold: 'a' }));
    expect(released.holds[0]?.until).toBe('2026-04-08');
    expect(standing(released, CARD, '2026-04-30').pausedDays).toBe(7);
    const atOnce = apply(open, told('2026-04-01', { kind: 'release', hold: 'a' }));
    expect(standing(atOnce, CARD, '2026-04-30').pausedDays).toBe(0);
  });

  it('does not stop the count for a wish not to be contacted', () => {
    expect(standing(play(call('2026-04-01', 'RPC-CEASE')), CARD, '2026-04-20').pausedDays).toBe(0);
  });

  it('takes the disputed part out of asking and of treatment, never out of the contract', () => {
    const raised = play(
      told('2026-03-02', { kind: 'obligation', obligation: 'n', due: '2026-04-25', amount: 50_000 }),
      told('2026-04-27', { kind: 'dispute-raised', dispute: 'd', amount: 120_000, reason: 'wrong-amount' }),
    );
    const stands = { pastDue: 170_000, askable: 50_000, contractDpd: 36, treatmentDpd: 5, cycles: 2 };
    expect(standing(raised, CARD, '2026-04-30')).toMatchObject(stands);
    const rejected = apply(
      raised,
      told('2026-04-30', { kind: 'dispute-resolved', dispute: 'd', outcome: 'rejected' }),
    );
    expect(standing(rejected, CARD, '2026-04-30')).toMatchObject({ askable: 170_000, treatmentDpd: 36 });
  });

  it('asks for nothing while the whole debt is disputed, nor after the person won until the books follow', () => {
    const whole = play(told('2026-04-01', { kind: 'dispute-raised', dispute: 'd', reason: 'not-mine' }));
    const nothing = { pastDue: 120_000, askable: 0, treatmentDpd: 0, treatmentDue: null, late: true };
    expect(standing(whole, CARD, '2026-04-30')).toMatchObject(nothing);
    const won = apply(
      whole,
      told('2026-04-20', { kind: 'dispute-resolved', dispute: 'd', outcome: 'upheld' }),
    );
    expect(standing(won, CARD, '2026-04-30')).toMatchObject(nothing);
    const corrected = apply(
      won,
      told('2026-04-21', { kind: 'adjustment', amount: 100_000, valueDate: '2026-03-25' }),
    );
    expect(standing(corrected, CARD, '2026-04-30')).toMatchObject({ pastDue: 20_000, askable: 20_000 });
  });
});

describe('the end and after', () => {
  it('keeps the first reason of closing, and goes on folding', () => {
    const state = play(
      pay('2026-04-01', 120_000, 'p1'),
      told('2026-04-02', { kind: 'close', reason: 'settled' }),
      told('2026-04-03', { kind: 'close', reason: 'sold' }),
      told('2026-06-01', { kind: 'reversal', of: 'p1', reason: 'chargeback' }),
    );
    expect(state.closed).toEqual({ reason: 'settled', on: '2026-04-02' });
    expect(standing(state, CARD, '2026-06-01')).toMatchObject({ pastDue: 120_000, contractDpd: 68 });
  });

  it('writes off and back', () => {
    const off = play(told('2026-04-01', { kind: 'write-off' }));
    expect(off.writtenOff).toBe(true);
    expect(apply(off, told('2026-04-02', { kind: 'write-off', undone: true })).writtenOff).toBe(false);
  });

  it.each([
    ['that has the account', { agency: 'north' }, true],
    ['of which nobody knows whether it has the account', {}, true],
    ['that does not have it', { agency: 'south' }, false],
  ])('asks about a recall after a complaint about an agency %s', (_which, facts, asked) => {
    const { marks } = apply(
      { ...play(), facts },
      told('2026-04-01', {
        kind: 'complaint',
        complaint: 'k1',
        cause: 'conduct',
        channel: 'call',
        agency: 'north',
      }),
    );
    expect(marks['complaint']).toBe('2026-04-01');
    expect('complaint-agency' in marks).toBe(asked);
  });

  it('ends a hold by what happened while it stood, not by what happened before and is told late', () => {
    const held = apply(
      { ...play(), generation: HOLDS_WHOLE },
      told('2026-04-10', { kind: 'hold', hold: 'h1', type: 'payment-pending', from: '2026-04-10' }),
    );
    const until = (day: string) => apply(held, pay(day, 5_000)).holds.find(({ id }) => id === 'h1')?.until;
    expect(until('2026-04-05')).toBeNull();
    expect(until('2026-04-12')).toBe('2026-04-11');
  });

  it('takes the day in the zone of the account', () => {
    const lateEvening = {
      ...told('2026-04-01', { kind: 'close', reason: 'closed' }),
      at: '2026-04-01T16:30:00.000Z',
    };
    expect(play(lateEvening).closed?.on).toBe('2026-04-02');
  });

  it('shows an account', () => {
    const state = play(call('2026-04-01', 'RPC-VUL'), call('2026-04-01', 'RPC-CEASE'));
    expect(view(state, { counting: CARD }, '2026-04-10')).toEqual({
      stage: null,
      segment: null,
      path: null,
      contractDpd: 16,
      treatmentDpd: 7,
      cycles: 1,
      bucket: 1,
      pastDue: 120_000,
      balance: 120_000,
      oldestDue: '2026-03-25',
      holds: ['vulnerable', 'cease-contact'],
      promise: null,
    });
  });
});
