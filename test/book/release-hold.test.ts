import { accept, factsOf } from '../../src/book/journal';
import { fold } from '../../src/book/fold';
import { asMayBeTold, mustMayHold } from '../../src/book/only-staff';
import { inTransaction } from '../../src/book/open-book';
import { holdPerson } from '../../src/book/personal';
import { approveRelease, releaseHold } from '../../src/book/release-hold';
import { refuseSecond, waitingForSecond } from '../../src/book/second-person';
import { dismissStaff, type Claim } from '../../src/book/staff';
import type { AccountEvent, HoldType } from '../../src/domain/account/events';
import { addDays } from '../../src/domain/calendar/day';
import { activeHolds } from '../../src/domain/hold/active';
import { staffOf } from '../support/staff';
import { DAY, enrolled, fresh, newAccount, NOON, ownBook, published, rehearse } from './book-under-test';

describe('holds are lifted by the staff', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  let staff: Record<'collector' | 'senior' | 'lead' | 'counsel' | 'head-1' | 'head-2', Claim>;
  beforeAll(async () => {
    book = await ownBook(21);
    await rehearse(book.db);
    strategy = await published(book.db);
    staff = await staffOf(book.db, {
      collector: 'collector',
      senior: 'senior',
      lead: 'team-leader',
      counsel: 'counsel',
    });
  });
  afterAll(() => book.drop());

  const set = (type: HoldType, more: object = {}): AccountEvent => ({
    ...{ kind: 'hold', id: fresh(), at: NOON, hold: 'h', type, from: DAY },
    ...more,
  });
  async function heldBy(type: HoldType, more: object = {}) {
    const { person } = newAccount(strategy);
    const { ref } = await enrolled(book.db, strategy, { person });
    await accept(book.db, ref, set(type, more), 'test');
    return { ref, person };
  }
  const holding = async (ref: string, day = DAY) =>
    activeHolds((await fold(book.db, ref)).holds, day).map(({ type }) => type);
  const said = (more: object = {}) => ({ id: fresh(), hold: 'h', at: NOON, ...more });
  const code = (wanted: string) => ({ code: wanted });

  test('one of weight stands until somebody else lets it go, and both are in the journal', async () => {
    const { ref } = await heldBy('vulnerable');
    const ask = said({ why: 'specialist has closed the case' });
    const asked = await releaseHold(book.db, { account: ref }, ask, staff.senior);
    expect(asked).toMatchObject({ done: false, waits: { askedBy: 'senior', needs: 'release-weighty' } });
    expect(await holding(ref)).toEqual(['vulnerable']);
    expect(await waitingForSecond(book.db, DAY, { kind: 'release' })).toMatchObject([{ id: ask.id }]);
    // Asked again under its id it is the same; by somebody else it is another's.
    expect(await releaseHold(book.db, { account: ref }, ask, staff.senior)).toMatchObject({ done: false });
    await expect(releaseHold(book.db, { account: ref }, ask, staff.lead)).rejects.toMatchObject(
      code('SECOND_DIFFERENT'),
    );

    const by = (claim: Claim) => approveRelease(book.db, ask.id, claim, NOON);
    await expect(by(staff.senior)).rejects.toMatchObject(code('STAFF_MAY_NOT'));
    await expect(by(staff.collector)).rejects.toMatchObject(code('STAFF_MAY_NOT'));
    await expect(by({ ref: 'lead', key: 'guessed' })).rejects.toMatchObject(code('STAFF_KEY_WRONG'));
    expect(await holding(ref)).toEqual(['vulnerable']);
    expect((await by(staff.lead)).row).toMatchObject({ status: 'done', decidedBy: 'lead' });
    expect(await holding(ref)).toEqual([]);
    expect((await factsOf(book.db, ref)).at(-1)).toMatchObject({
      ...{ kind: 'release', id: ask.id, hold: 'h', by: 'lead', asked: 'senior' },
    });
    // Let go again it was let go once.
    expect((await by(staff.lead)).row).toMatchObject({ status: 'done' });
    expect((await factsOf(book.db, ref)).filter(({ kind }) => kind === 'release')).toHaveLength(1);
    await expect(by(staff['head-1'])).rejects.toMatchObject(code('SECOND_OVER'));
  });

  test('whoever asked is never the second person, whatever the role', async () => {
    const { ref } = await heldBy('deceased');
    const ask = said();
    await releaseHold(book.db, { account: ref }, ask, staff['head-1']);
    await expect(approveRelease(book.db, ask.id, staff['head-1'], NOON)).rejects.toMatchObject(
      code('SECOND_SAME_PERSON'),
    );
    expect(await holding(ref)).toEqual(['deceased']);
  });

  test('two who let it go at the same moment let it go once', async () => {
    const { ref } = await heldBy('cease-contact');
    const ask = said();
    await releaseHold(book.db, { account: ref }, ask, staff.senior);
    const both = await Promise.allSettled(
      [staff.lead, staff['head-1']].map((claim) => approveRelease(book.db, ask.id, claim, NOON)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await factsOf(book.db, ref)).filter(({ kind }) => kind === 'release')).toHaveLength(1);
  });

  test('an asking that nobody decided in its days is gone, as is one declined or taken back', async () => {
    const { ref } = await heldBy('attorney');
    const [late, declined, back] = [said(), said(), said()];
    for (const ask of [late, declined, back]) await releaseHold(book.db, { account: ref }, ask, staff.senior);
    const week = new Date(Date.parse(NOON) + 8 * 86_400_000).toISOString();
    await expect(approveRelease(book.db, late.id, staff.lead, week)).rejects.toMatchObject({
      ...code('SECOND_OVER'),
      args: { status: 'expired' },
    });
    const end = (id: string, how: 'declined' | 'withdrawn', by: Claim) =>
      refuseSecond(book.db, id, how, by, NOON);
    await expect(end(declined.id, 'declined', staff.senior)).rejects.toMatchObject(code('STAFF_MAY_NOT'));
    expect(await end(declined.id, 'declined', staff.lead)).toMatchObject({ status: 'declined' });
    expect(await end(back.id, 'withdrawn', staff.senior)).toMatchObject({ status: 'withdrawn' });
    for (const { id } of [declined, back])
      await expect(approveRelease(book.db, id, staff.lead, NOON)).rejects.toMatchObject(code('SECOND_OVER'));
    await expect(approveRelease(book.db, 'nothing', staff.lead, NOON)).rejects.toMatchObject(
      code('SECOND_UNKNOWN'),
    );
    expect(await holding(ref)).toEqual(['attorney']);
  });

  test('one that is not of weight needs one person, by the role that the book has', async () => {
    const { ref } = await heldBy('illness');
    const lift = (by: Claim, more: object = {}) => releaseHold(book.db, { account: ref }, said(more), by);
    await expect(lift(staff.collector)).rejects.toMatchObject(code('STAFF_MAY_NOT'));
    await expect(lift({ ref: 'nobody', key: 'k' })).rejects.toMatchObject(code('STAFF_UNKNOWN'));
    await expect(lift(staff.senior, { hold: 'other' })).rejects.toMatchObject(code('NAMED_UNKNOWN'));
    await expect(lift(staff.senior, { event: 'court-closed' })).rejects.toMatchObject(code('HOLD_EVENT'));
    expect(await lift(staff.senior)).toMatchObject({ done: true, lastDay: addDays(DAY, -1) });
    await expect(lift(staff.senior)).rejects.toMatchObject(code('HOLD_OVER'));
    expect(await holding(ref)).toEqual([]);
  });

  test('a bankruptcy ends so many days after the court has closed it, for every account of the person', async () => {
    const { ref, person } = await heldBy('bankruptcy');
    const other = await enrolled(book.db, strategy, { person });
    const ask = said({ event: 'court-closed', on: DAY });
    expect(await releaseHold(book.db, { account: ref }, ask, staff.senior)).toMatchObject({
      waits: { needs: 'release-law' },
    });
    await expect(approveRelease(book.db, ask.id, staff.lead, NOON)).rejects.toMatchObject(
      code('STAFF_MAY_NOT'),
    );
    const { accounts } = await approveRelease(book.db, ask.id, staff.counsel, NOON);
    expect([...accounts].sort()).toEqual([ref, other.ref].sort());
    for (const one of [ref, other.ref]) {
      expect(await holding(one, addDays(DAY, 29))).toEqual(['bankruptcy']);
      expect(await holding(one, addDays(DAY, 30))).toEqual([]);
    }
  });

  test('a hold of the person is lifted by two people as well', async () => {
    const { person, ref } = await enrolled(book.db, strategy, { person: newAccount(strategy).person });
    const hold = { hold: 'v', type: 'vulnerable', from: DAY, until: null, at: NOON } as const;
    await holdPerson(book.db, person, hold);
    const ask = said({ hold: 'v' });
    expect(await releaseHold(book.db, { person }, ask, staff.senior)).toMatchObject({ done: false });
    expect(await holding(ref)).toEqual(['vulnerable']);
    expect((await approveRelease(book.db, ask.id, staff.lead, NOON)).accounts).toEqual([ref]);
    expect(await holding(ref)).toEqual([]);
    await expect(
      releaseHold(book.db, { person }, said({ hold: 'none' }), staff.senior),
    ).rejects.toMatchObject(code('HOLD_UNKNOWN'));
    const shorter = { ...set('vulnerable', { hold: 'v2' }), until: addDays(DAY, 1) } as never;
    await holdPerson(book.db, person, { ...hold, hold: 'v2' });
    await expect(
      inTransaction(book.db, (tx) => mustMayHold(tx, person, shorter, staff['head-1'])),
    ).rejects.toMatchObject(code('HOLD_TWO_PEOPLE'));
  });

  test('what is of an account only never holds a person on all of them', async () => {
    const { person } = await enrolled(book.db, strategy, { person: newAccount(strategy).person });
    const placed = set('placed', { hold: 'p' }) as never;
    await expect(
      inTransaction(book.db, (tx) => mustMayHold(tx, person, placed, staff['head-1'])),
    ).rejects.toMatchObject(code('HOLD_SCOPE'));
  });

  test('one fact lifts nothing of weight, and what the lender decides needs the staff', async () => {
    const { ref } = await heldBy('vulnerable');
    const tell = (event: AccountEvent, by?: Claim) =>
      inTransaction(book.db, (tx) => asMayBeTold(tx, ref, event, by));
    const lift = { kind: 'release', id: fresh(), at: NOON, hold: 'h' } as const;
    await expect(tell(lift, staff['head-1'])).rejects.toMatchObject(code('HOLD_TWO_PEOPLE'));
    await expect(tell(set('vulnerable', { until: DAY }), staff['head-1'])).rejects.toMatchObject(
      code('HOLD_TWO_PEOPLE'),
    );
    await expect(tell(set('court-order', { hold: 'c' }))).rejects.toMatchObject(code('STAFF_NEEDED'));
    await expect(tell(set('court-order', { hold: 'c' }), staff.senior)).rejects.toMatchObject(
      code('STAFF_MAY_NOT'),
    );
    // Who acts is the one whose key was shown, whatever the message says.
    expect(await tell(set('court-order', { hold: 'c', by: 'somebody' }), staff.counsel)).toMatchObject({
      by: 'counsel',
    });
    await expect(tell(set('left', { hold: 'l' }), staff['head-1'])).rejects.toMatchObject(
      code('HOLD_OF_FEED'),
    );
    await expect(tell(set('deceased', { hold: 'd', items: [{ item: 'march' }] }))).rejects.toMatchObject(
      code('HOLD_SCOPE'),
    );
    expect(await tell(set('deceased', { hold: 'd' }))).toMatchObject({ type: 'deceased' });
  });

  test('to look at a dispute again and to rest for the same matter again are decisions of the staff', async () => {
    const { ref } = await heldBy('illness');
    const tell = (event: AccountEvent, by?: Claim) =>
      inTransaction(book.db, (tx) => asMayBeTold(tx, ref, event, by));
    const again: AccountEvent = {
      ...{ kind: 'dispute-raised', id: fresh(), at: NOON, dispute: 'd', reason: 'service' },
      ...{ again: true, by: 'lead' },
    };
    const rests: AccountEvent = {
      ...{ kind: 'complaint', id: fresh(), at: NOON, complaint: 'k', cause: 'conduct', channel: 'call' },
      ...{ rests: true, by: 'lead' },
    };
    for (const event of [again, rests]) {
      await expect(tell(event)).rejects.toMatchObject(code('STAFF_NEEDED'));
      await expect(tell(event, staff.collector)).rejects.toMatchObject(code('STAFF_MAY_NOT'));
      expect(await tell(event, staff.senior)).toMatchObject({ by: 'senior' });
    }
  });

  test('somebody who left can neither ask nor let go', async () => {
    const { ref } = await heldBy('incapacity');
    const ask = said();
    await releaseHold(book.db, { account: ref }, ask, staff.senior);
    await dismissStaff(book.db, 'lead', staff['head-1']);
    await expect(approveRelease(book.db, ask.id, staff.lead, NOON)).rejects.toMatchObject(
      code('STAFF_UNKNOWN'),
    );
    expect(await holding(ref)).toEqual(['incapacity']);
  });
});
