import { noteNotice, recordsOf, reportable, writeRecord } from '../../src/book/bureau';
import { approveCase, draftCase, fileCase, rejectCase } from '../../src/book/cases';
import { byContact, byStage, recovered } from '../../src/book/figures';
import { answerHost, requestHost, unansweredHost } from '../../src/book/host-actions';
import { accept } from '../../src/book/journal';
import { keepMessage, messagesOf } from '../../src/book/messages';
import { reserve } from '../../src/book/permit';
import { settle } from '../../src/book/attempts';
import { chaseTask, endTasks, finishTask, listTasks, openTask, type NewTask } from '../../src/book/tasks';
import { ask, DAY, enrolled, fresh, NOON, ownBook, payment, published, rehearse } from './book-under-test';

const AT = { step: 'V1', anchor: '2026-03-01', n: 1, due: NOON };

describe('work, cases and figures in the book', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook();
    await rehearse(book.db);
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  async function taskOf(more: Partial<NewTask> = {}): Promise<NewTask> {
    const { ref, person } = await enrolled(book.db, strategy);
    return {
      kind: 'visit',
      account: ref,
      person,
      occurrence: AT,
      queue: 'field',
      onDate: DAY,
      due: NOON,
      inputs: { pastDue: 1 },
      ...more,
    };
  }

  test('a task is opened once for its occurrence, and done once', async () => {
    const task = await taskOf({ window: { from: '09:00', to: '12:00' }, chaseAt: NOON });
    const first = await openTask(book.db, task);
    expect(first).toMatchObject({
      status: 'open',
      onDate: DAY,
      windowFrom: '09:00',
      inputs: { pastDue: 1 },
      chased: 0,
    });
    expect((await openTask(book.db, { ...task, queue: 'other' })).id).toBe(first.id);
    await chaseTask(book.db, task.account, 'V1', '2026-03-12T00:00:00.000Z');
    expect(await listTasks(book.db, { account: task.account })).toMatchObject([{ chased: 1 }]);
    expect(await finishTask(book.db, first.id, 'done', 'met', NOON)).toMatchObject({
      status: 'done',
      result: 'met',
    });
    expect(await finishTask(book.db, first.id, 'cancelled', 'late', NOON)).toMatchObject({ status: 'done' });
    expect((await openTask(book.db, task)).status).toBe('done');
    await expect(finishTask(book.db, 'none', 'done', '', NOON)).rejects.toMatchObject({
      code: 'TASK_UNKNOWN',
    });
  });

  test('the open tasks of a step, or of the account, end together', async () => {
    const task = await taskOf();
    await openTask(book.db, task);
    await openTask(book.db, { ...task, kind: 'campaign', occurrence: { ...AT, step: 'C1' } });
    expect(await endTasks(book.db, task.account, 'V1', 'paid', NOON)).toBe(1);
    expect(await endTasks(book.db, task.account, null, 'paid', NOON)).toBe(1);
    expect(await endTasks(book.db, task.account, null, 'paid', NOON)).toBe(0);
  });

  test('a case counts as filed only after a person approved it', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const drafted = await draftCase(book.db, ref, AT, { owed: 1 }, NOON);
    expect((await draftCase(book.db, ref, AT, { owed: 2 }, NOON)).dossier).toEqual({ owed: 1 });
    await expect(fileCase(book.db, drafted.id, NOON)).rejects.toMatchObject({ code: 'CASE_NOT_APPROVED' });
    expect(await approveCase(book.db, drafted.id, 'u1', NOON)).toMatchObject({
      status: 'approved',
      approvedBy: 'u1',
    });
    await expect(rejectCase(book.db, drafted.id, 'u2', NOON)).rejects.toMatchObject({
      code: 'CASE_NOT_APPROVED',
    });
    expect(await fileCase(book.db, drafted.id, NOON)).toMatchObject({ status: 'filed', filedAt: NOON });
  });

  test('the host is asked once, and its first answer stands', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const asked = await requestHost(book.db, ref, AT, 'block-purchases', NOON);
    expect((await requestHost(book.db, ref, AT, 'block-purchases', NOON)).id).toBe(asked.id);
    expect((await unansweredHost(book.db, 10)).map((one) => one.id)).toContain(asked.id);
    await answerHost(book.db, asked.id, 'done', NOON);
    expect(await answerHost(book.db, asked.id, 'failed', NOON)).toMatchObject({ result: 'done' });
    expect(await answerHost(book.db, 'none', 'done', NOON)).toBeNull();
  });

  test('a notice counts for the bureau from its day on, and a month is written once', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await noteNotice(book.db, ref, 'C20', '2026-03-04', null);
    const noticed = async (until: string) =>
      (await reportable(book.db, until, 1000)).find((one) => one.ref === ref)?.noticedOn;
    expect(await noticed('2026-03-03')).toBeNull();
    expect(await noticed('2026-03-31')).toBe('2026-03-04');
    expect(await writeRecord(book.db, ref, '2026-03', { dpd: 30 })).toBe(true);
    expect(await writeRecord(book.db, ref, '2026-03', { dpd: 60 })).toBe(false);
    expect(await recordsOf(book.db, '2026-03')).toMatchObject([{ account: ref, body: { dpd: 30 } }]);
  });

  test('figures count money that stayed, and contacts with the rules that decided', async () => {
    const { ref, person } = await enrolled(book.db, strategy);
    const kept = payment(10_000);
    const back = payment(20_000);
    const again = payment(3_000);
    for (const event of [kept, back, again, { ...payment(7), pending: true }] as const)
      await accept(book.db, ref, event, 'test');
    const taken = { kind: 'reversal', at: NOON, reason: 'returned' } as const;
    await accept(book.db, ref, { ...taken, id: fresh(), of: back.id }, 'test');
    await accept(book.db, ref, { ...taken, id: fresh(), of: again.id }, 'test');
    await accept(book.db, ref, { ...taken, id: fresh(), of: again.id, undone: true }, 'test');
    expect(await recovered(book.db)).toEqual([{ currency: 'CNY', payments: 2, amount: 13_000 }]);

    const { ref: quiet } = await enrolled(book.db, strategy);
    const reserved = await reserve(book.db, ask(quiet, strategy));
    if (reserved.answer !== 'permit') throw new Error('no permit');
    await keepMessage(book.db, {
      attempt: reserved.permit.id,
      account: quiet,
      person,
      template: 'reminder',
      templateHash: 'h',
      language: 'zh-CN',
      tone: 1,
      channel: 'sms',
      sentTo: reserved.endpoint.value,
      subject: null,
      body: 'text',
      at: NOON,
    });
    await settle(book.db, reserved.permit, 'accepted', '1');
    expect(await messagesOf(book.db, quiet)).toMatchObject([
      { body: 'text', step: 'R1', status: 'accepted' },
    ]);
    await reserve(book.db, ask(ref, strategy));
    expect(await byContact(book.db)).toEqual([
      { channel: 'sms', answer: 'allow', rule: null, status: 'accepted', count: 1 },
      { channel: 'sms', answer: 'block', rule: 'payment-announced', status: null, count: 1 },
    ]);
    expect((await byStage(book.db)).reduce((sum, one) => sum + one.accounts, 0)).toBeGreaterThan(5);
  });
});
