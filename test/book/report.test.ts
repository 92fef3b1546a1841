import type { CloseRequest, Report } from '../../src/activities/contract';
import { accountOf, listAccounts, markStarted, reopen } from '../../src/book/accounts';
import { fold } from '../../src/book/fold';
import { accept, factsOf, untold } from '../../src/book/journal';
import { closeAccount, report } from '../../src/book/report';
import { behind, lateFacts, notStarted } from '../../src/book/sweep';
import { timelineOf } from '../../src/book/timeline';
import { enrolled, NOON, ownBook, payment, published } from './book-under-test';

const VIEW: Report['view'] = {
  stage: 'reminder',
  segment: 'N',
  path: 'N',
  contractDpd: 9,
  treatmentDpd: 9,
  cycles: 1,
  bucket: 1,
  pastDue: 50_000,
  balance: 50_000,
  oldestDue: '2026-03-01',
  holds: [],
  promise: null,
};
const WHY = { code: 'step', args: { step: 'reminder', day: 9 } };

describe('what activities report', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook();
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  function reportOf(ref: string, more: Partial<Report> = {}): Report {
    const base = {
      lender: 'bank',
      ref,
      strategy,
      generation: 1,
      upTo: 0,
      told: [],
      notes: [],
      aside: [],
      view: VIEW,
    };
    return { ...base, ...more };
  }

  async function closing(ref: string, more: Partial<Report> = {}): Promise<CloseRequest> {
    const state = await fold(book.db, ref);
    return { reason: 'cured', now: NOON, why: WHY, report: reportOf(ref, more), state };
  }

  test('the same note twice in one report is one record', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const note = { at: NOON, code: 'stage-leave', args: { from: 'reminder' } };
    await report(book.db, reportOf(ref, { notes: [note, note] }));
    expect(await timelineOf(book.db, ref)).toHaveLength(1);
  });

  test('told twice it stands once, and the read model is as the workflow saw it', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const told = payment(100);
    const said = reportOf(ref, {
      told: [told],
      notes: [{ at: NOON, code: 'stage', args: { stage: 'reminder' } }],
      aside: [{ at: NOON, name: 'payment', reason: 'amount is not a number' }],
    });
    const decision = { at: NOON, why: WHY, action: { do: 'step', step: 'R1' } };
    await report(book.db, said, decision);
    await report(book.db, said, { ...decision, result: { how: 'done', channel: 'sms' } });
    await report(book.db, said, decision);
    const timeline = await timelineOf(book.db, ref);
    expect(timeline.map((entry) => entry.what).sort()).toEqual(['aside', 'decision', 'decision', 'fact']);
    expect(timeline).toContainEqual(
      expect.objectContaining({ what: 'decision', why: WHY, result: { how: 'done', channel: 'sms' } }),
    );
    expect(await accountOf(book.db, ref)).toMatchObject({ ...VIEW, generation: 1, foldedSeq: 0 });
    expect((await listAccounts(book.db, { stage: 'reminder' })).map((row) => row.ref)).toContain(ref);
  });

  test('a fact that came straight is told once more, with its place', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const told = payment(100);
    await report(book.db, reportOf(ref, { told: [told] }));
    expect(await untold(book.db, 10, ref)).toMatchObject([{ account: ref, event: { id: told.id, seq: 1 } }]);
  });

  test('a fact that came straight under an id taken by another content is kept aside', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const first = payment(100);
    await accept(book.db, ref, first, 'test');
    await report(book.db, reportOf(ref, { told: [{ ...first, amount: 200 } as typeof first] }));
    expect(await factsOf(book.db, ref)).toHaveLength(1);
    expect((await timelineOf(book.db, ref)).filter((entry) => entry.what === 'aside')).toHaveLength(1);
  });

  test('a slow report does not put back what a later one said', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await accept(book.db, ref, payment(1), 'test');
    await report(book.db, reportOf(ref, { upTo: 1, view: { ...VIEW, stage: 'negotiation' } }));
    await report(book.db, reportOf(ref, { upTo: 0 }));
    expect(await accountOf(book.db, ref)).toMatchObject({ stage: 'negotiation', foldedSeq: 1 });
  });

  test('a fact that the closing workflow had not folded is late, and so is one that comes after', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const request = await closing(ref);
    await accept(book.db, ref, payment(1), 'test');
    await closeAccount(book.db, request);
    await closeAccount(book.db, request);
    expect(await accept(book.db, ref, payment(2), 'test')).toMatchObject({ status: 'closed', seq: 2 });
    const late = (await lateFacts(book.db, 10)).filter((fact) => fact.ref === ref);
    expect(late.map((fact) => fact.event.seq)).toEqual([1, 2]);
    expect(await lateFacts(book.db, 10, ref)).toEqual(late);
    expect(await lateFacts(book.db, 10, 'another')).toEqual([]);
    expect(await accountOf(book.db, ref)).toMatchObject({
      status: 'closed',
      outcome: 'cured',
      finalState: { v: 1 },
    });
    expect(await reopen(book.db, ref)).toBe(true);
    expect(await reopen(book.db, ref)).toBe(false);
    expect((await untold(book.db, 10, ref)).map((fact) => fact.event.seq)).toEqual([1, 2]);
    expect((await notStarted(book.db, 0, 1000)).map((one) => one.ref)).toContain(ref);
  });

  test('the sweep finds what was never started, and what lies behind its journal', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const refs = async (found: Promise<{ ref: string }[]>) => (await found).map((one) => one.ref);
    expect(await refs(notStarted(book.db, 0, 1000))).toContain(ref);
    expect(await refs(notStarted(book.db, 60, 1000))).not.toContain(ref);
    await markStarted(book.db, ref, NOON);
    expect(await refs(notStarted(book.db, 0, 1000))).not.toContain(ref);
    expect(await refs(behind(book.db, 0, 1000))).not.toContain(ref);
    await accept(book.db, ref, payment(1), 'test');
    expect(await refs(behind(book.db, 0, 1000))).toContain(ref);
    expect(await refs(behind(book.db, 60, 1000))).not.toContain(ref);
    await report(book.db, reportOf(ref, { upTo: 1 }));
    expect(await refs(behind(book.db, 0, 1000))).not.toContain(ref);
    expect(await untold(book.db, 10, ref)).toEqual([]);
  });
});
