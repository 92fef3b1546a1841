import { endCampaigns } from '../../src/book/end-campaigns';
import { accept } from '../../src/book/journal';
import type { TaskKind } from '../../src/book/tables';
import { listTasks, openTask } from '../../src/book/tasks';
import type { AccountEvent } from '../../src/domain/account/events';
import { DAY, enrolled, fresh, NOON, ownBook, published } from './book-under-test';

const LATER = '2026-03-10T09:00:00.000Z';

describe('a call campaign in the book', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook();
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  /** A task of an account that is then told something; its status after the sweep's look at `now`. */
  async function after(
    event: Partial<AccountEvent>,
    kind: TaskKind = 'campaign',
    now = LATER,
  ): Promise<string> {
    const { ref, person } = await enrolled(book.db, strategy);
    const occurrence = { step: 'C1', anchor: DAY, n: 0, due: NOON };
    await openTask(book.db, {
      kind,
      account: ref,
      person,
      occurrence,
      queue: 'collector',
      onDate: DAY,
      due: LATER,
      inputs: {},
    });
    await accept(book.db, ref, { id: fresh(), at: NOON, ...event } as AccountEvent, 'test');
    await endCampaigns(book.db, now);
    const [task] = await listTasks(book.db, { account: ref });
    return `${task?.status} ${task?.result ?? ''}`.trim();
  }
  const money = { kind: 'payment', amount: 100, valueDate: DAY } as const;

  it('ends with money, a promise, or a conversation with the right person', async () => {
    expect(await after(money)).toBe('cancelled payment');
    expect(
      await after({
        kind: 'promise',
        promise: 'p',
        amount: 1,
        date: DAY,
        method: 'cash',
        givenBy: 'debtor',
        channel: 'call',
      }),
    ).toBe('cancelled promise');
    expect(await after({ kind: 'contact-outcome', code: 'IN', channel: 'call', reason: 'forgot' })).toBe(
      'cancelled contact-outcome',
    );
  });

  it('goes on when nobody answered, when money is only announced, or before its moment', async () => {
    expect(await after({ kind: 'contact-outcome', code: 'NA', channel: 'call' })).toBe('open');
    expect(await after({ ...money, pending: true })).toBe('open');
    expect(await after(money, 'campaign', '2026-03-09T00:00:00.000Z')).toBe('open');
  });

  it('is not mistaken for a visit', async () => {
    expect(await after(money, 'visit')).toBe('open');
  });
});
