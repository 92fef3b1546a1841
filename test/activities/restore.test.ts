import { accountOf } from '../../src/book/accounts';
import { accept } from '../../src/book/journal';
import { listTasks } from '../../src/book/tasks';
import { migrate } from '../../src/domain/account/migrate';
import { decide } from '../../src/domain/decide/decide';
import { thirtyYears } from '../support/long-loan';
import { enrolled, payment, NOON, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const STRATEGY = smallStrategy([
  contact('R1', [9]),
  contact('V1', [9], { channels: ['visit'], kind: 'contact' }),
]);

describe('an account folded anew from its journal', () => {
  let on: Stage;
  let strategy: string;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
  });
  afterAll(() => on.close());

  it('remembers what was done, so that nothing is sent twice', async () => {
    const { ref } = await person(on.book.db, strategy);
    const asked = request(ref, strategy, 'R1');
    await on.act.contact(asked);
    await accept(on.book.db, ref, payment(10_000), 'test');
    const account = await on.act.restore({ lender: 'bank', ref, strategy, now: NOON });
    expect(account.done['R1']).toMatchObject({ how: 'done', anchor: '2026-03-01' });
    expect(account.counts.contacts).toBe(1);
    expect(account.owed.movements).toHaveLength(1);
    expect(account.seen.upTo).toBe(1);
    const next = decide(migrate(account), STRATEGY, NOON).action;
    expect(next.do === 'step' && next.occurrence.step).not.toBe('R1');
  });

  it('takes in what the running workflow had been told straight', async () => {
    const { ref } = await person(on.book.db, strategy);
    const { report } = request(ref, strategy, 'R1');
    const told = { ...report, told: [payment(50_000)] };
    const account = await on.act.restore({ lender: 'bank', ref, strategy, now: NOON, report: told });
    expect(account.owed.movements).toMatchObject([{ amount: 50_000 }]);
  });

  it('hands three hundred and sixty instalments over in less than four kilobytes', async () => {
    const list = thirtyYears({ day: 31, name: 'L-' });
    const { ref } = await enrolled(on.book.db, strategy, {
      enteredOn: '2026-01-01',
      events: list.map(({ id, due, amount }) => ({
        ...{ kind: 'obligation', id: `enrolment:${due}`, at: NOON, obligation: id, due, amount },
      })),
    });
    await accept(on.book.db, ref, payment(10_000), 'test');
    const account = await on.act.restore({ lender: 'bank', ref, strategy, now: NOON });
    expect(JSON.stringify(account).length).toBeLessThan(4 * 1024);
    expect(migrate(account).owed.obligations).toEqual(list);
    const { now, why, report } = request(ref, strategy, 'R1');
    await on.act.close({ reason: 'settled', now, why, report, state: account });
    expect((await accountOf(on.book.db, ref)).finalState?.owed.obligations).toEqual(list);
  });

  it('closes with its final state, its open work ended', async () => {
    const { ref } = await person(on.book.db, strategy, [{ kind: 'address', value: '某某路 1 号' }]);
    const asked = request(ref, strategy, 'V1');
    await on.act.schedule(asked);
    const state = await on.act.restore({ lender: 'bank', ref, strategy, now: NOON });
    const { now, why, report } = asked;
    const closing = { reason: 'settled', now, why, report, state } as const;
    await on.act.close(closing);
    await on.act.close(closing);
    const row = await accountOf(on.book.db, ref);
    expect(row).toMatchObject({ status: 'closed', outcome: 'settled' });
    expect(row.finalState).toEqual(migrate(state));
    expect(await listTasks(on.book.db, { account: ref })).toMatchObject([
      { status: 'cancelled', result: 'account-settled' },
    ]);
  });
});
