import { approveEnd, endAgreement } from '../../src/book/end-agreement';
import { factsOf } from '../../src/book/journal';
import { fold } from '../../src/book/fold';
import { approveOffer, askOffer, budgetLeft, offerOf, writeAnswer } from '../../src/book/offers';
import { inTransaction } from '../../src/book/open-book';
import { refuseSecond, waitingForSecond } from '../../src/book/second-person';
import type { Claim } from '../../src/book/staff';
import type { AgreementTerms } from '../../src/domain/agreement/agreement';
import { addDays } from '../../src/domain/calendar/day';
import { staffOf } from '../support/staff';
import { DAY, enrolled, fresh, NOON, ownBook, published, rehearse } from './book-under-test';

const GIVEN = 10_000;
const waived = { costs: 0, 'late-charge': GIVEN, 'penalty-interest': 0, interest: 0, principal: 0 };
const by = addDays(DAY, 5);
const settlement: AgreementTerms = { kind: 'settlement', debt: 50_000, waived, parts: [[by, 40_000]] };
const waiver: AgreementTerms = { kind: 'waiver', waived, parts: [[by, 40_000]] };
const plan: AgreementTerms = {
  kind: 'plan',
  parts: [
    [by, 25_000],
    [addDays(DAY, 35), 25_000],
  ],
};
const freeze: AgreementTerms = { kind: 'freeze', from: DAY, until: addDays(DAY, 30) };

describe('agreements end, and what they had reserved is back', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  let staff: Record<'collector' | 'senior' | 'lead' | 'head-1' | 'head-2', Claim>;
  beforeAll(async () => {
    book = await ownBook(21);
    await rehearse(book.db);
    strategy = await published(book.db);
    staff = await staffOf(book.db, { collector: 'collector', senior: 'senior', lead: 'team-leader' });
  });
  afterAll(() => book.drop());

  const left = (): Promise<number> => budgetLeft(book.db, 'head', DAY);
  const code = (wanted: string) => ({ code: wanted });
  const ends = async (ref: string) =>
    (await factsOf(book.db, ref)).filter(({ kind }) => kind === 'agreement-ended');
  const statuses = async (ref: string) =>
    ((await fold(book.db, ref)).agreements ?? []).map(({ id, status }) => [id, status]);

  /** A member of the staff asked for it, and it waits for the head, whose budget is reserved meanwhile. */
  async function waits(account: { ref: string; person: string }, terms: AgreementTerms): Promise<string> {
    const id = fresh();
    const { kind } = terms;
    const given = 'waived' in terms ? { amount: GIVEN } : {};
    await askOffer(book.db, account, { id, at: NOON, kind, ...given }, staff.senior);
    const answer = {
      ...{ offer: id, answer: 'needs-approval' as const, because: [], terms, by: 'head' },
      until: addDays(DAY, 3),
    } as const;
    const reserve = 'waived' in terms ? { role: 'head' as const, amount: GIVEN } : null;
    const answered = { rule: null, status: 'needs-approval', best: null, answer, reserve } as const;
    await inTransaction(book.db, (tx) => writeAnswer(tx, id, answered, DAY));
    return id;
  }
  async function agreed(terms: AgreementTerms, account?: { ref: string; person: string }) {
    const of = account ?? (await enrolled(book.db, strategy));
    const id = await waits(of, terms);
    await approveOffer(book.db, id, staff['head-1'], NOON);
    return { ...of, id };
  }
  const said = (agreement: string) => ({ id: fresh(), agreement, reason: 'person-asked' as const, at: NOON });

  test('one that gave something up stands until a second person lets it end, and then gives its budget back', async () => {
    const before = await left();
    const { ref, id } = await agreed(settlement);
    expect(await left()).toBe(before - GIVEN);
    const ask = said(id);
    const asked = await endAgreement(book.db, ref, ask, staff.senior);
    expect(asked).toMatchObject({
      done: false,
      waits: { askedBy: 'senior', needs: 'end-agreement-weighty', why: 'person-asked' },
    });
    expect(await endAgreement(book.db, ref, ask, staff.senior)).toMatchObject({ done: false });
    await expect(endAgreement(book.db, ref, ask, staff.lead)).rejects.toMatchObject(code('SECOND_DIFFERENT'));
    expect(await waitingForSecond(book.db, DAY, { kind: 'end-agreement' })).toMatchObject([{ id: ask.id }]);
    // Asking alone ends nothing.
    expect(await statuses(ref)).toEqual([[id, 'kept']]);
    expect(await left()).toBe(before - GIVEN);

    await expect(approveEnd(book.db, ask.id, staff.senior, NOON)).rejects.toMatchObject(
      code('STAFF_MAY_NOT'),
    );
    const back = { role: 'head', month: DAY.slice(0, 7), amount: GIVEN };
    expect(await approveEnd(book.db, ask.id, staff.lead, NOON)).toMatchObject({
      row: { status: 'done', decidedBy: 'lead' },
      back,
    });
    expect(await statuses(ref)).toEqual([[id, 'cancelled']]);
    expect(await left()).toBe(before);
    // Let end again, or asked for again under its id, it ended once.
    expect(await approveEnd(book.db, ask.id, staff.lead, NOON)).toMatchObject({ row: { status: 'done' } });
    expect(await endAgreement(book.db, ref, ask, staff.senior)).toMatchObject({ done: true, back });
    expect(await ends(ref)).toMatchObject([
      { id: ask.id, agreement: id, reason: 'person-asked', by: 'lead', asked: 'senior' },
    ]);
    expect(await left()).toBe(before);
  });

  test('one that gave nothing up needs one person, and a new one may follow', async () => {
    for (const terms of [plan, freeze]) {
      const { ref, id, person } = await agreed(terms);
      const ask = said(id);
      expect(await endAgreement(book.db, ref, ask, staff.senior)).toEqual({
        ...{ done: true, agreement: id, back: null },
      });
      expect(await endAgreement(book.db, ref, ask, staff.senior)).toMatchObject({ done: true });
      expect(await ends(ref)).toMatchObject([{ agreement: id, by: 'senior' }]);
      const next = await agreed(terms, { ref, person });
      expect(await statuses(ref)).toEqual([
        [id, 'cancelled'],
        [next.id, 'kept'],
      ]);
    }
  });

  test('refused: unknown, over already, no right, the same person, declined, and over before the second came', async () => {
    const before = await left();
    const { ref, id, person } = await agreed(waiver);
    const end = (claim: Claim, agreement = id) => endAgreement(book.db, ref, said(agreement), claim);
    await expect(end(staff.collector)).rejects.toMatchObject(code('STAFF_MAY_NOT'));
    await expect(end({ ref: 'lead', key: 'guessed' })).rejects.toMatchObject(code('STAFF_KEY_WRONG'));
    await expect(end(staff.lead, 'other')).rejects.toMatchObject(code('AGREEMENT_UNKNOWN'));
    const other = await agreed(plan);
    await expect(end(staff.lead, other.id)).rejects.toMatchObject(code('AGREEMENT_UNKNOWN'));
    await expect(endAgreement(book.db, 'nobody', said(id), staff.lead)).rejects.toMatchObject(
      code('ACCOUNT_UNKNOWN'),
    );
    // By its day the rest has not come: it is void, and there is nothing left to end.
    const late = { ...said(id), at: '2026-03-20T02:00:00.000Z' };
    await expect(endAgreement(book.db, ref, late, staff.lead)).rejects.toMatchObject({
      ...code('AGREEMENT_OVER'),
      args: { status: 'void' },
    });

    const [own, declined, open] = [said(id), said(id), said(id)];
    for (const ask of [own, declined, open]) await endAgreement(book.db, ref, ask, staff.lead);
    await expect(approveEnd(book.db, own.id, staff.lead, NOON)).rejects.toMatchObject(
      code('SECOND_SAME_PERSON'),
    );
    await refuseSecond(book.db, declined.id, 'declined', staff['head-1'], NOON);
    await expect(approveEnd(book.db, declined.id, staff['head-1'], NOON)).rejects.toMatchObject(
      code('SECOND_OVER'),
    );
    await expect(approveEnd(book.db, 'nothing', staff.lead, NOON)).rejects.toMatchObject(
      code('SECOND_UNKNOWN'),
    );
    expect(await ends(ref)).toEqual([]);
    expect(await left()).toBe(before - GIVEN);

    const later = await agreed(plan, { ref, person });
    await expect(approveEnd(book.db, open.id, staff['head-1'], NOON)).rejects.toMatchObject({
      ...code('AGREEMENT_OVER'),
      args: { status: 'superseded' },
    });
    await endAgreement(book.db, ref, said(later.id), staff.senior);
    await expect(end(staff.senior, later.id)).rejects.toMatchObject(code('AGREEMENT_OVER'));
    expect(await left()).toBe(before);
  });

  test('two who let it end at the same moment let it end once', async () => {
    const { ref, id } = await agreed(settlement);
    const ask = said(id);
    await endAgreement(book.db, ref, ask, staff.senior);
    const both = await Promise.allSettled(
      [staff.lead, staff['head-1']].map((claim) => approveEnd(book.db, ask.id, claim, NOON)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ends(ref)).toHaveLength(1);
  });

  test('one with another in its place gives its budget back, unless it was kept to its end before', async () => {
    const before = await left();
    const replaced = await agreed(settlement);
    const relieved = await agreed(settlement);
    expect(await left()).toBe(before - 2 * GIVEN);
    await agreed(plan, replaced);
    expect(await left()).toBe(before - GIVEN);
    // Relief is no payment by another word: the settlement goes on beside it.
    await agreed(freeze, relieved);
    expect(await left()).toBe(before - GIVEN);

    const kept = await agreed(waiver);
    await book.db
      .insertInto('decisions')
      .values({
        ...{
          account: kept.ref,
          contentHash: fresh(),
          at: NOON,
          code: 'waiver-done',
          strategy,
          generation: 3,
        },
        ...{ args: JSON.stringify({ agreement: kept.id }), action: null, result: null },
      })
      .execute();
    await agreed(plan, kept);
    expect(await left()).toBe(before - 2 * GIVEN);
  });

  test('two approvals of one offer at the same moment: one wins, and it is reserved and agreed once', async () => {
    const before = await left();
    const account = await enrolled(book.db, strategy);
    const id = await waits(account, settlement);
    expect(await left()).toBe(before - GIVEN);
    const both = await Promise.allSettled(
      [staff['head-1'], staff['head-2']].map((claim) => approveOffer(book.db, id, claim, NOON)),
    );
    const won = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([{ ...code('OFFER_OVER'), args: { status: 'approved' } }]);
    expect(await inTransaction(book.db, (tx) => offerOf(tx, id))).toMatchObject({
      ...{ status: 'approved', decidedBy: won[0]?.decidedBy, reservedRole: 'head' },
    });
    expect(await left()).toBe(before - GIVEN);
    expect((await factsOf(book.db, account.ref)).filter(({ kind }) => kind === 'agreement')).toHaveLength(1);
  });

  test('two different offers of one account approved at the same moment: the later one stands, and the budget knows', async () => {
    const before = await left();
    const account = await enrolled(book.db, strategy);
    const ids = [await waits(account, settlement), await waits(account, settlement)];
    expect(await left()).toBe(before - 2 * GIVEN);
    await Promise.all(ids.map((id) => approveOffer(book.db, id, staff['head-1'], NOON)));
    const found = await statuses(account.ref);
    expect(found.map(([, status]) => status)).toEqual(['superseded', 'kept']);
    expect(await left()).toBe(before - GIVEN);
  });
});
