import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { listFiles } from '../../src/book/furnishing/files';
import { historyOf } from '../../src/book/furnishing/told';
import { enqueue } from '../../src/book/furnishing/queue';
import { endTasks, listTasks } from '../../src/book/tasks';
import { bureauStage, findings, type BureauStage } from './bureau-under-test';

const pays = (valueDate: string, amount: number, at = '2026-04-02T02:00:00.000Z') =>
  ({ kind: 'payment', amount, valueDate, at }) as const;

describe('the month of a bureau', () => {
  let stage: BureauStage;
  beforeEach(async () => {
    stage = await bureauStage();
  });
  afterEach(() => stage.close());

  const base = async (name: string, account: string) => (await stage.records(name)).get(account)?.base.values;

  it('tells every account with its people, checked, whole, and kept with its hash', async () => {
    const late = await stage.card();
    const paid = await stage.card();
    await stage.tell(paid, pays('2026-03-05', 50_000, '2026-03-05T02:00:00.000Z'));
    await stage.noticed(late, '2026-03-05');
    const made = await stage.run('2026-03');
    expect(stage.sent()).toEqual(['usbureaus202603.txt']);
    const file = join(stage.folder, 'out', 'usbureaus202603.txt');
    expect(await findings(file)).toEqual({});
    expect(readFileSync(file)).toEqual(readFileSync(join(stage.folder, 'kept', 'usbureaus202603.txt')));
    expect(await base('usbureaus202603.txt', late)).toMatchObject({
      // Thirty days late on the last of March: the first day that counts.
      ...{ accountStatus: '71', amountPastDue: 500, currentBalance: 500, dateFirstDelinquency: '2026-03-31' },
      ...{ surname: 'SAMPLE', ecoaCode: '1', identificationNumber: 'BANK0001' },
    });
    const [kept] = await listFiles(stage.book.db);
    expect(kept).toMatchObject({ status: 'sent', records: 2, aside: 0, hash: made.hash });
  });

  it('says nothing adverse of whom nobody told: a task says so, and it follows when the notice went out', async () => {
    const account = await stage.card();
    const other = await stage.card({}, null);
    await stage.noticed(other, '2026-03-05');
    const fine = await stage.card();
    await stage.tell(fine, pays('2026-03-02', 50_000, '2026-03-02T02:00:00.000Z'));
    await stage.run('2026-03');
    expect([...(await stage.records('usbureaus202603.txt')).keys()]).toEqual([fine]);
    const tasks = await listTasks(stage.book.db);
    const codes = (ref: string) =>
      tasks.find(({ account: of }) => of === ref)?.inputs as { readonly codes: string[] } | undefined;
    expect(codes(account)?.codes).toEqual(['BUREAU_NOT_NOTICED']);
    expect(codes(other)?.codes).toEqual(['BUREAU_IDENTITY_MISSING']);
    expect(JSON.stringify(tasks)).not.toContain('Sample');

    await stage.noticed(account, '2026-03-20');
    await stage.run(null);
    expect([...(await stage.records('usbureaus202603c1.txt')).keys()]).toEqual([account]);
    // Told for the first time it corrects nothing, and its task is over.
    expect((await base('usbureaus202603c1.txt', account))?.correctionIndicator).toBe('');
    expect((await listTasks(stage.book.db, { account }))[0]).toMatchObject({
      status: 'cancelled',
      result: 'told',
    });
  });

  it('never moves the day of first delinquency forward while the account is late', async () => {
    const account = await stage.card();
    await stage.noticed(account, '2026-03-05');
    await stage.tell(account, {
      ...{ kind: 'obligation', obligation: 'o2', due: '2026-04-01', amount: 20_000 },
      at: '2026-03-20T02:00:00.000Z',
    });
    await stage.run('2026-03');
    // The oldest part is paid: what is unpaid now is younger, the delinquency is not.
    await stage.tell(account, pays('2026-05-02', 50_000, '2026-05-02T02:00:00.000Z'));
    await stage.run('2026-04');
    await stage.run('2026-05');
    const told = async (name: string) => (await base(name, account))?.dateFirstDelinquency;
    expect(await told('usbureaus202603.txt')).toBe('2026-03-31');
    expect(await told('usbureaus202604.txt')).toBe('2026-03-31');
    expect(await told('usbureaus202605.txt')).toBe('2026-03-31');
    expect((await base('usbureaus202605.txt', account))?.accountStatus).toBe('78');
    const file = (month: string) => join(stage.folder, 'out', `usbureaus${month}.txt`);
    expect(await findings(file('202604'), file('202603'))).toEqual({});
    expect(await findings(file('202605'), file('202604'))).toEqual({});
  });

  it('corrects what money that came late made wrong, in a file between two months', async () => {
    const account = await stage.card();
    await stage.noticed(account, '2026-03-05');
    await stage.run('2026-03');
    const id = await stage.tell(account, pays('2026-03-03', 50_000));
    await stage.run(null);
    expect(await base('usbureaus202603c1.txt', account)).toMatchObject({
      ...{ accountStatus: '11', amountPastDue: 0, dateFirstDelinquency: null, correctionIndicator: '1' },
      ...{ currentBalance: 0, dateLastPayment: '2026-03-03' },
    });
    expect(await findings(join(stage.folder, 'out', 'usbureaus202603c1.txt'))).toEqual({});
    expect((await historyOf(stage.book.db, account)).at(-1)).toMatchObject({ n: 1, why: [id] });
    // The month after agrees with the correction, and nothing is corrected twice.
    await stage.run('2026-04');
    expect((await base('usbureaus202604.txt', account))?.paymentHistoryProfile).toMatch(/^EB/);
    const nothing = await stage.upToFields('2026-05');
    await stage.send(nothing);
    expect((await listFiles(stage.book.db)).filter(({ n }) => n > 0)).toHaveLength(1);
  });

  it('deletes what was told, once, and no correction brings it back', async () => {
    const account = await stage.card();
    await stage.noticed(account, '2026-03-05');
    await stage.run('2026-03');
    const act = { reporting: stage.reporting.name, account, at: '2026-04-03T00:00:00.000Z' };
    await enqueue(stage.book.db, { ...act, kind: 'fraud', reason: 'delete-1' });
    await stage.run(null);
    expect((await base('usbureaus202603c1.txt', account))?.accountStatus).toBe('DF');
    await stage.tell(account, pays('2026-03-03', 50_000));
    await stage.tell(account, { kind: 'dispute-raised', dispute: 'd9', reason: 'not-mine' });
    const other = await stage.card();
    await stage.noticed(other, '2026-03-05');
    await stage.run('2026-04');
    expect([...(await stage.records('usbureaus202604.txt')).keys()]).toEqual([other]);
  });

  it('goes on in the terms of a write-off, and ends with the money', async () => {
    const account = await stage.card();
    await stage.noticed(account, '2026-03-05');
    await stage.tell(account, { kind: 'write-off', at: '2026-04-20T02:00:00.000Z' });
    await stage.run('2026-04');
    expect(await base('usbureaus202604.txt', account)).toMatchObject({
      ...{ accountStatus: '97', originalChargeOffAmount: 500, amountPastDue: 500 },
      dateFirstDelinquency: '2026-03-31',
    });
    await stage.tell(account, pays('2026-05-10', 50_000, '2026-05-10T02:00:00.000Z'));
    await stage.run('2026-05');
    expect(await base('usbureaus202605.txt', account)).toMatchObject({
      ...{ accountStatus: '64', originalChargeOffAmount: 500, currentBalance: 0, dateClosed: '2026-05-10' },
      dateFirstDelinquency: '2026-03-31',
    });
    const fine = await stage.card();
    await stage.noticed(fine, '2026-03-05');
    await stage.run('2026-06');
    expect([...(await stage.records('usbureaus202606.txt')).keys()]).toEqual([fine]);
  });

  it('tells bankruptcies by their chapter, and the dead', async () => {
    const bankrupt = await stage.card();
    const dead = await stage.card();
    const unknown = await stage.card();
    for (const account of [bankrupt, dead, unknown]) await stage.noticed(account, '2026-03-05');
    const hold = (type: 'bankruptcy' | 'deceased') =>
      ({
        kind: 'hold',
        hold: `h-${type}`,
        type,
        from: '2026-03-10',
        at: '2026-03-10T02:00:00.000Z',
      }) as const;
    await stage.tell(bankrupt, {
      kind: 'facts',
      facts: { bankruptcy_chapter: 7 },
      at: '2026-03-10T02:00:00.000Z',
    });
    await stage.tell(bankrupt, hold('bankruptcy'));
    await stage.tell(unknown, hold('bankruptcy'));
    await stage.tell(dead, hold('deceased'));
    await stage.run('2026-03');
    expect((await base('usbureaus202603.txt', bankrupt))?.consumerInformationIndicator).toBe('A');
    expect((await base('usbureaus202603.txt', dead))?.ecoaCode).toBe('X');
    expect((await historyOf(stage.book.db, unknown))[0]?.codes).toEqual(['BUREAU_CHAPTER_UNKNOWN']);
  });
});

describe('a dispute', () => {
  let stage: BureauStage;
  afterEach(() => stage.close());
  const raised = { kind: 'dispute-raised', dispute: 'd1', reason: 'not-mine' } as const;
  const code = async (name: string, account: string) =>
    (await stage.records(name)).get(account)?.base.values.complianceConditionCode;

  async function late(more: Parameters<typeof bureauStage>[0] = {}): Promise<string> {
    stage = await bureauStage(more);
    const account = await stage.card();
    await stage.noticed(account, '2026-03-05');
    return account;
  }

  it('that opens between cut-off and sending is in the file', async () => {
    const account = await late();
    const file = await stage.upToFields('2026-03');
    await stage.tell(account, raised);
    await stage.send(file);
    expect(await code('usbureaus202603.txt', account)).toBe('XB');
  });

  it('that opens while the file is written has it made once more, and nothing was sent before', async () => {
    const account = await late();
    const file = await stage.upToFields('2026-03');
    await stage.act.settleBureauDisputes(file);
    await stage.act.writeBureauFile(file);
    await stage.tell(account, raised);
    expect(await stage.act.sendBureauFile(file)).toEqual({ how: 'changed' });
    expect(stage.sent()).toEqual([]);
    await stage.send(file);
    expect(stage.sent()).toEqual(['usbureaus202603.txt']);
    expect(await code('usbureaus202603.txt', account)).toBe('XB');
  });

  it('holds its record back, where the settings say so', async () => {
    const account = await late({ lateDispute: 'hold' });
    const other = await stage.card();
    await stage.noticed(other, '2026-03-05');
    const file = await stage.upToFields('2026-03');
    await stage.tell(account, raised);
    await stage.send(file);
    expect([...(await stage.records('usbureaus202603.txt')).keys()]).toEqual([other]);
    expect((await historyOf(stage.book.db, account))[0]?.codes).toEqual(['BUREAU_DISPUTED_SINCE']);

    // No correction lets it out while the dispute is open, also where something else of it waits.
    await stage.run(null);
    await stage.tell(account, pays('2026-03-20', 1_000));
    await stage.run(null);
    expect(stage.sent()).toEqual(['usbureaus202603.txt']);
    await stage.tell(account, {
      ...{ kind: 'dispute-resolved', dispute: 'd1', outcome: 'rejected', at: '2026-04-05T02:00:00.000Z' },
    });
    await stage.run(null);
    const [, corrections = ''] = stage.sent().sort((a, b) => a.length - b.length);
    // Never told as disputed, it ends as one that is not.
    expect(await code(corrections, account)).toBe('');
    // Told once: no further correction has anything to say.
    await stage.run(null);
    expect(stage.sent()).toHaveLength(2);
  });

  it('is in what follows of a record that was put aside', async () => {
    stage = await bureauStage();
    const account = await stage.card();
    const other = await stage.card();
    await stage.noticed(other, '2026-03-05');
    await stage.run('2026-03');
    await stage.tell(account, raised);
    // Whatever else said of it is over already.
    await stage.book.db.updateTable('bureauQueue').set({ handledBy: 'test' }).execute();
    await stage.noticed(account, '2026-03-06');
    await stage.run(null);
    const [, corrections = ''] = stage.sent().sort((a, b) => a.length - b.length);
    expect(await code(corrections, account)).toBe('XB');
    await stage.run(null);
    expect(stage.sent()).toHaveLength(2);
  });

  it('after sending is marked at once, answered by its day, and ended by what came of it', async () => {
    const account = await late();
    await stage.run('2026-03');
    await stage.tell(account, raised);
    const [task] = await listTasks(stage.book.db, { account, status: 'open' });
    expect(task).toMatchObject({ step: 'bureau.objection', queue: 'bureau', onDate: '2026-04-02' });
    expect(task?.inputs).toMatchObject({ dispute: 'd1', lastDay: '2026-05-02', rules: ['US-B5'] });
    await stage.run(null);
    expect(await code('usbureaus202603c1.txt', account)).toBe('XB');
    // It outlives the account's treatment: an objection is answered all the same.
    await endTasks(stage.book.db, account, null, 'account-cured', '2026-04-04T00:00:00.000Z');
    await stage.tell(account, {
      ...{ kind: 'dispute-resolved', dispute: 'd1', outcome: 'rejected', at: '2026-04-05T02:00:00.000Z' },
    });
    expect((await listTasks(stage.book.db, { account }))[0]).toMatchObject({
      status: 'done',
      result: 'rejected',
    });
    await stage.run(null);
    expect(await code('usbureaus202603c2.txt', account)).toBe('XH');
    await stage.run('2026-04');
    expect(await code('usbureaus202604.txt', account)).toBe('XH');
    const kept = join(stage.folder, 'out');
    expect(await findings(join(kept, 'usbureaus202604.txt'), join(kept, 'usbureaus202603c2.txt'))).toEqual(
      {},
    );
  });
});
