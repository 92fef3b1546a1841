import type { AccountEvent } from '../../../src/domain/account/events';
import { live, steps } from '../../support/live';
import { account, at, fresh, owes, pays } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const missed = [owes('m1', '2026-03-25', 120_000)];
const lived = (
  strategy: ReturnType<typeof smallStrategy>,
  events: readonly AccountEvent[],
  until = '2026-04-13',
) => live(account('2026-03-20', missed), strategy, events, at('2026-03-20', 0), at(until));
const noteCodes = (life: ReturnType<typeof lived>) => life.account.notes.map((note) => note.code);
const promise = (day: string, date: string, amount: number): AccountEvent => ({
  kind: 'promise',
  id: fresh(),
  at: at(day, 12),
  promise: 'p1',
  amount,
  date,
  method: 'transfer',
  givenBy: 'debtor',
  channel: 'call',
});

describe('what stands against a step', () => {
  const daily = smallStrategy([contact('DAY6', [6]), contact('DAY9', [9]), contact('DAY12', [12])]);

  it('an open promise: steps inside it are left out, not queued', () => {
    const life = lived(daily, [promise('2026-03-30', '2026-04-03', 120_000)]);
    // DAY6 (31 March) and DAY9 (3 April) fall inside; the promise breaks and DAY12 goes on by its due date.
    expect(steps(life)).toEqual(['2026-03-26 → reminder', '2026-04-06 DAY12']);
    const inside = lived(daily, [promise('2026-03-30', '2026-04-03', 120_000)], '2026-04-05');
    expect(noteCodes(inside)).toEqual(expect.arrayContaining(['skip-promise']));
  });

  it('a broken promise makes what follows a tone firmer', () => {
    const strategy = smallStrategy([contact('DAY1', [1]), contact('DAY12', [12])]);
    const life = lived(strategy, [promise('2026-03-30', '2026-04-03', 120_000)]);
    expect(life.account.broken).toEqual(['2026-04-05']);
    expect(life.taken[life.taken.length - 1]?.decision.action).toMatchObject({ do: 'step', tone: 2 });
  });

  it('a kept promise rests nothing after it and is judged by value date', () => {
    const life = lived(daily, [promise('2026-03-30', '2026-04-03', 120_000), pays('2026-04-02', 120_000)]);
    expect(steps(life)).toEqual(['2026-03-26 → reminder', '2026-04-02 → none']);
    expect(life.account.promises[0]).toMatchObject({ status: 'kept', judgedOn: '2026-04-02' });
  });

  it('a hold: contact is left out, a notice waits for its end', () => {
    const notice = contact('NOTICE', [7], { kind: 'notice' });
    const strategy = smallStrategy([contact('DAY6', [6]), notice]);
    const hold: AccountEvent = {
      kind: 'hold',
      id: fresh(),
      at: at('2026-03-30'),
      hold: 'h1',
      type: 'identity-theft',
      from: '2026-03-30',
      until: '2026-04-08',
    };
    const life = lived(strategy, [hold]);
    expect(steps(life)).toEqual(['2026-03-26 → reminder', '2026-04-09 NOTICE']);
    expect(
      noteCodes(live(account('2026-03-20', missed), strategy, [hold], at('2026-03-20', 0), at('2026-04-05'))),
    ).toContain('skip-held');
  });

  it('a hold without an end: the notice goes when the hold is released', () => {
    const strategy = smallStrategy([contact('NOTICE', [7], { kind: 'notice' })]);
    const hold: AccountEvent = {
      kind: 'hold',
      id: fresh(),
      at: at('2026-03-30'),
      hold: 'h1',
      type: 'identity-theft',
      from: '2026-03-30',
    };
    const release: AccountEvent = { kind: 'release', id: fresh(), at: at('2026-04-12', 14), hold: 'h1' };
    expect(steps(lived(strategy, [hold]))).toEqual(['2026-03-26 → reminder']);
    expect(steps(lived(strategy, [hold, release]))).toEqual(['2026-03-26 → reminder', '2026-04-12 NOTICE']);
  });

  it('a condition that does not hold, with the condition as the reason', () => {
    const strategy = smallStrategy([
      contact('RICH', [6], { when: { fact: 'past_due', op: '>=', value: 500_000 } }),
    ]);
    const life = lived(strategy, []);
    expect(steps(life)).toEqual(['2026-03-26 → reminder']);
    // It sets no timer of its own, and is noted at the next look: here when a stage begins.
    expect(lived(strategy, [], '2026-04-15').account.notes).toContainEqual(
      expect.objectContaining({
        code: 'skip-condition',
        args: expect.objectContaining({ condition: 'past_due >= 5,000.00' }),
      }),
    );
  });

  it('a notice that must have arrived: the step waits for its arrival and the days after it', () => {
    const letter = contact('LETTER', [2], { kind: 'notice' });
    const suit = contact('SUIT', [5], {
      kind: 'task',
      needs: [{ step: 'LETTER', state: 'arrived', days: 10 }],
    });
    const arrived: AccountEvent = {
      kind: 'delivery',
      id: fresh(),
      at: at('2026-04-01', 16),
      step: 'LETTER',
      status: 'arrived',
    };
    expect(steps(lived(smallStrategy([letter, suit]), []))).toEqual([
      '2026-03-26 → reminder',
      '2026-03-27 LETTER',
    ]);
    expect(steps(lived(smallStrategy([letter, suit]), [arrived]))).toEqual([
      '2026-03-26 → reminder',
      '2026-03-27 LETTER',
      '2026-04-11 SUIT',
    ]);
  });

  it('a step that is not worth its cost', () => {
    const visit = contact('VISIT', [6], { cost: 15_000, worthIt: { chance: 0.1, factor: 1.5 } });
    expect(steps(lived(smallStrategy([visit]), []))).toEqual(['2026-03-26 → reminder']);
  });

  it('an announced payment: contact rests for its days', () => {
    const announced: AccountEvent = {
      kind: 'payment',
      id: fresh(),
      at: at('2026-03-30'),
      amount: 120_000,
      valueDate: '2026-03-30',
      pending: true,
    };
    expect(steps(lived(daily, [announced]))).toEqual([
      '2026-03-26 → reminder',
      '2026-04-03 DAY9',
      '2026-04-06 DAY12',
    ]);
  });
});

describe('what the gate answers', () => {
  it('a deferral comes again at its moment, and only then', () => {
    const strategy = smallStrategy([contact('DAY6', [6])]);
    let asked = 0;
    const life = live(
      account('2026-03-20', missed),
      strategy,
      [],
      at('2026-03-20', 0),
      at('2026-04-13'),
      () => {
        asked += 1;
        return asked === 1 ? { how: 'deferred', until: at('2026-04-01', 9), rule: 'hours' } : { how: 'done' };
      },
    );
    expect(steps(life)).toEqual(['2026-03-26 → reminder', '2026-03-31 DAY6', '2026-04-01 DAY6']);
    expect(life.account.deferred).toEqual([]);
  });

  it('a visit without an outcome is chased, three times at most', () => {
    const strategy = smallStrategy([contact('VISIT', [6], { channels: ['visit'] })]);
    const life = live(
      account('2026-03-20', missed),
      strategy,
      [],
      at('2026-03-20', 0),
      at('2026-05-20'),
      (decision) => {
        const { action } = decision;
        const first = action.do === 'step' && action.occurrence.n < 1000;
        return first
          ? { how: 'done', task: { kind: 'visit', until: at('2026-04-01', 20) } }
          : { how: 'done' };
      },
    );
    expect(steps(life).slice(1)).toEqual([
      '2026-03-31 VISIT',
      '2026-04-01 VISIT chase',
      '2026-04-02 VISIT chase',
      '2026-04-03 VISIT chase',
      '2026-04-14 → negotiation',
    ]);
  });
});
