import { live, steps } from '../../support/live';
import { account, at, fresh, owes, pays } from '../../support/small-account';
import { contact, smallStrategy } from '../../support/small-strategy';

const LADDER = smallStrategy([
  contact('FIRST', [1], { once: 'episode' }),
  contact('SECOND', [8]),
  contact('THIRD', [25], { stages: ['negotiation'], tone: 2 }),
]);

describe('the ladder', () => {
  const missed = [owes('m1', '2026-03-25', 120_000)];

  it('takes each step on its day past due and enters a stage on its day', () => {
    const lived = live(account('2026-03-20', missed), LADDER, [], at('2026-03-20', 0), at('2026-05-01'));
    expect(steps(lived)).toEqual([
      '2026-03-26 → reminder',
      '2026-03-26 FIRST',
      '2026-04-02 SECOND',
      '2026-04-14 → negotiation',
      '2026-04-19 THIRD',
    ]);
  });

  it('steps back at once when the person pays, and closes after the watch days', () => {
    const lived = live(
      account('2026-03-20', missed),
      LADDER,
      [pays('2026-04-15', 120_000)],
      at('2026-03-20', 0),
      at('2026-07-01'),
    );
    expect(steps(lived).slice(3)).toEqual([
      '2026-04-14 → negotiation',
      '2026-04-15 → none',
      '2026-05-15 close cured',
    ]);
    expect(lived.account.closed).toEqual({ reason: 'cured', on: '2026-05-15' });
  });

  it('runs the clock of the next oldest debt from its own due date once the oldest is paid', () => {
    const two = [...missed, owes('m2', '2026-04-25', 139_000)];
    const lived = live(
      account('2026-03-20', two),
      LADDER,
      [pays('2026-04-27', 120_000)],
      at('2026-03-20', 0),
      at('2026-06-01'),
    );
    // April's part is two days past due on the 27th: no first reminder again, the second step on its +8, the third on its +25.
    expect(steps(lived).slice(5)).toEqual([
      '2026-04-27 → reminder',
      '2026-05-03 SECOND',
      '2026-05-15 → negotiation',
      '2026-05-20 THIRD',
    ]);
  });

  it('keeps the tone that was reached when the days go back', () => {
    const two = [...missed, owes('m2', '2026-04-25', 139_000)];
    const lived = live(
      account('2026-03-20', two),
      LADDER,
      [pays('2026-04-27', 120_000)],
      at('2026-03-20', 0),
      at('2026-05-04'),
    );
    const last = lived.taken[lived.taken.length - 1]?.decision.action;
    expect(last).toMatchObject({ do: 'step', occurrence: { step: 'SECOND' }, tone: 2 });
  });

  it('starts an account that was taken over late where its facts put it', () => {
    const lived = live(account('2026-04-16', missed), LADDER, [], at('2026-04-16', 0), at('2026-05-01'));
    expect(steps(lived)).toEqual(['2026-04-16 → negotiation', '2026-04-19 THIRD']);
  });

  it('sends a notice that the law wants first, even when its day has passed', () => {
    const notice = contact('NOTICE', [4], {
      kind: 'notice',
      first: true,
      once: 'episode',
      stages: ['reminder', 'negotiation'],
    });
    const strategy = smallStrategy([...LADDER.steps, notice]);
    const lived = live(account('2026-04-19', missed), strategy, [], at('2026-04-19', 0), at('2026-05-01'));
    expect(steps(lived)).toEqual(['2026-04-19 → negotiation', '2026-04-19 NOTICE', '2026-04-19 THIRD']);
  });

  it('comes back where it was when a payment bounces, and sends nothing twice', () => {
    const payment = pays('2026-04-15', 120_000);
    const bounced = {
      kind: 'reversal',
      id: fresh(),
      at: at('2026-04-18'),
      of: payment.id,
      reason: 'returned',
    } as const;
    const lived = live(
      account('2026-03-20', missed),
      LADDER,
      [payment, bounced],
      at('2026-03-20', 0),
      at('2026-05-01'),
    );
    expect(steps(lived).slice(3)).toEqual([
      '2026-04-14 → negotiation',
      '2026-04-15 → none',
      '2026-04-18 → negotiation',
      '2026-04-19 THIRD',
    ]);
  });

  it('repeats a step every so many days until its limit', () => {
    const weekly = contact('WEEKLY', [2], {
      at: { anchor: 'due', days: { N: [2] }, unit: 'day', every: { N: 7 }, until: 20 },
    });
    const lived = live(
      account('2026-03-20', missed),
      smallStrategy([weekly]),
      [],
      at('2026-03-20', 0),
      at('2026-05-01'),
    );
    expect(steps(lived).filter((line) => line.endsWith('WEEKLY'))).toEqual([
      '2026-03-27 WEEKLY',
      '2026-04-03 WEEKLY',
      '2026-04-10 WEEKLY',
    ]);
  });

  it('counts from an earlier step', () => {
    const after = contact('AFTER', [2], { at: { anchor: 'step:FIRST', days: { N: [2] }, unit: 'day' } });
    const lived = live(
      account('2026-03-20', missed),
      smallStrategy([contact('FIRST', [1]), after]),
      [],
      at('2026-03-20', 0),
      at('2026-04-20'),
    );
    expect(steps(lived)).toContain('2026-03-28 AFTER');
  });
});

describe('what was missed because everything was down', () => {
  const missed = [owes('m1', '2026-03-25', 120_000)];

  it('is left out by its own rule, and the reason is noted', () => {
    const entered = account('2026-03-20', missed);
    const before = live(entered, LADDER, [], at('2026-03-20', 0), at('2026-03-28')).account;
    const lived = live(before, LADDER, [], at('2026-04-09'), at('2026-04-13'));
    expect(steps(lived)).toEqual([]);
    expect(lived.account.notes).toContainEqual(expect.objectContaining({ code: 'skip-late' }));
  });

  it('is caught up one a day where the rule says so, never as a burst', () => {
    const strategy = smallStrategy([
      contact('A', [3], { late: 'do' }),
      contact('B', [4], { late: 'do' }),
      contact('C', [5], { late: 'do' }),
    ]);
    const before = live(
      account('2026-03-20', missed),
      strategy,
      [],
      at('2026-03-20', 0),
      at('2026-03-27'),
    ).account;
    const lived = live(before, strategy, [], at('2026-04-06'), at('2026-04-13'));
    expect(steps(lived)).toEqual(['2026-04-06 A', '2026-04-07 B', '2026-04-08 C']);
  });

  it('enters every stage that its days passed', () => {
    const before = live(
      account('2026-03-20', missed),
      LADDER,
      [],
      at('2026-03-20', 0),
      at('2026-03-28'),
    ).account;
    const lived = live(before, LADDER, [], at('2026-04-20', 11), at('2026-04-21'));
    expect(steps(lived)).toEqual(['2026-04-20 → negotiation']);
  });

  it('is noted when its stage has been left meanwhile', () => {
    const strategy = smallStrategy([contact('EARLY', [8], { stages: ['reminder'] })]);
    const before = live(
      account('2026-03-20', missed),
      strategy,
      [],
      at('2026-03-20', 0),
      at('2026-03-28'),
    ).account;
    const lived = live(before, strategy, [], at('2026-04-20', 11), at('2026-04-21'));
    expect(lived.account.notes).toContainEqual(
      expect.objectContaining({
        code: 'skip-stage',
        args: expect.objectContaining({ name: 'EARLY', dueOn: '2026-04-02' }),
      }),
    );
  });
});
