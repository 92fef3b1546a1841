import { join } from 'node:path';
import { listTasks } from '../../src/book/tasks';
import { bureauStage, text, type BureauStage } from './bureau-under-test';

const CN = {
  pack: 'cn-consumer-credit',
  version: 'v',
  answerDays: 20,
  by: ['CN-B4'],
  retention: null,
} as const;

describe('a bureau that wants five classes', () => {
  let stage: BureauStage;
  beforeEach(async () => {
    stage = await bureauStage({ name: 'cn-bureau', format: 'five-class', identification: 'CN-1' }, CN);
  });
  afterEach(() => stage.close());

  async function line(name: string, account: string): Promise<Readonly<Record<string, string>>> {
    const { lenderNumber } = await stage.book.db
      .selectFrom('accounts')
      .select('lenderNumber')
      .where('ref', '=', account)
      .executeTakeFirstOrThrow();
    const [head = '', ...rows] = text(join(stage.folder, 'out', name))
      .trim()
      .split('\n');
    const row = rows.map((one) => one.split(',')).find((cells) => cells[3] === lenderNumber) ?? [];
    return Object.fromEntries(head.split(',').map((column, i) => [column, row[i] ?? '']));
  }

  it('goes through the same process: class, months, age of what is overdue, 24 months', async () => {
    const late = await stage.card();
    const fine = await stage.card();
    await stage.noticed(late, '2026-03-05');
    await stage.tell(fine, {
      ...{ kind: 'payment', amount: 50_000, valueDate: '2026-03-01', at: '2026-03-01T02:00:00.000Z' },
    });
    await stage.run('2026-03');
    await stage.run('2026-04');
    expect(await line('cnbureau202604.csv', late)).toMatchObject({
      ...{ five_class: 'special-mention', months_overdue: '2', days_overdue: '60', overdue: '500.00' },
      ...{ overdue_31_60: '500.00', balance: '500.00', limit: '5000.00', disputed: '0', state: 'open' },
      history_24: `${'/'.repeat(22)}12`,
    });
    expect(await line('cnbureau202604.csv', fine)).toMatchObject({
      ...{ five_class: 'normal', months_overdue: '0', overdue: '0.00', history_24: `${'/'.repeat(22)}NN` },
    });
    expect(text(join(stage.folder, 'out', 'cnbureau202604.csv'))).not.toContain(late);
  });

  it('marks an objection, has it answered within twenty days, and is corrected by what came of it', async () => {
    const account = await stage.card();
    await stage.noticed(account, '2026-03-05');
    await stage.run('2026-03');
    await stage.tell(account, { kind: 'dispute-raised', dispute: 'd1', reason: 'already-paid' });
    const [task] = await listTasks(stage.book.db, { account });
    expect(task?.inputs).toMatchObject({ lastDay: '2026-04-22', rules: ['CN-B4'] });
    await stage.run(null);
    expect(await line('cnbureau202603c1.csv', account)).toMatchObject({ disputed: '1', correction: '1' });
    // It is true: the money had been there in time.
    const at = '2026-04-10T02:00:00.000Z';
    await stage.tell(account, { kind: 'payment', amount: 50_000, valueDate: '2026-03-01', at });
    await stage.tell(account, { kind: 'dispute-resolved', dispute: 'd1', outcome: 'upheld', at });
    expect((await listTasks(stage.book.db, { account }))[0]).toMatchObject({
      status: 'done',
      result: 'upheld',
    });
    await stage.run(null);
    expect(await line('cnbureau202603c2.csv', account)).toMatchObject({
      ...{ disputed: '0', five_class: 'normal', months_overdue: '0', correction: '1' },
      history_24: `${'/'.repeat(23)}N`,
    });
    await stage.run('2026-04');
    expect((await line('cnbureau202604.csv', account))['history_24']).toBe(`${'/'.repeat(22)}NN`);
  });
});
