import fc from 'fast-check';
import { EarlierFile } from '../../../../src/domain/bureau/metro2/check/earlier';
import type { Condition } from '../../../../src/domain/bureau/metro2/derive/account-status';
import { furnish, type AccountMonth, type Told } from '../../../../src/domain/bureau/metro2/derive/furnish';
import { appendage, type DataRecord } from '../../../../src/domain/bureau/metro2/record';
import { addDays, daysBetween } from '../../../../src/domain/calendar/day';
import { CARD, findings, record, SOLD_TO, text } from './good-file';

/** What happens to an account in a month. Nothing of it is late that is not unpaid. */
type Happening = 'pays' | 'misses' | 'catches up' | 'pays one' | 'no report';
interface Life {
  readonly loan: boolean;
  readonly months: readonly Happening[];
  readonly chargeOffAfter: number;
  readonly dispute: readonly [number, number, boolean];
  readonly bankrupt: number | null;
  readonly condition: Condition | null;
  readonly end: 'paid' | 'settled' | 'sold' | null;
}

const life: fc.Arbitrary<Life> = fc.record({
  loan: fc.boolean(),
  months: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant<Happening>('misses') },
      { weight: 2, arbitrary: fc.constantFrom<Happening>('pays', 'pays one', 'catches up') },
      { weight: 1, arbitrary: fc.constant<Happening>('no report') },
    ),
    { minLength: 3, maxLength: 30 },
  ),
  chargeOffAfter: fc.integer({ min: 5, max: 40 }),
  dispute: fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: 1, max: 4 }), fc.boolean()),
  bankrupt: fc.option(fc.nat({ max: 30 }), { nil: null }),
  condition: fc.constantFrom(null, null, 'collections', 'surrendered'),
  end: fc.constantFrom('paid', 'settled', 'sold', null),
});

const monthEnd = (i: number) => new Date(Date.UTC(2023, i + 1, 0)).toISOString().slice(0, 10);
const OPENED = '2022-11-10';
const DUE = 200_49;

/** The facts of each month that is reported, from what happened. */
function* facts({
  loan,
  months,
  chargeOffAfter,
  dispute,
  bankrupt,
  condition,
  end,
}: Life): Generator<AccountMonth> {
  let unpaid: string[] = [];
  let currentOn: string | null = OPENED;
  let lastPayment: string | null = null;
  let chargedOff: number | null = null;
  for (const [i, happens] of months.entries()) {
    const on = monthEnd(i);
    const last = i === months.length - 1;
    unpaid.push(`${on.slice(0, 8)}05`);
    const before = unpaid;
    if (happens === 'pays' || happens === 'catches up') unpaid = [];
    if (happens === 'pays one') unpaid = unpaid.slice(1);
    if (happens !== 'misses') lastPayment = `${on.slice(0, 8)}20`;
    if (unpaid.length > chargeOffAfter && chargedOff === null) chargedOff = 3_000_77;
    // A debt that was charged off is not reinstated by a payment.
    if (chargedOff !== null && unpaid.length === 0) unpaid = before;
    if (unpaid.length === 0) currentOn = on;
    if (happens === 'no report' && !last) continue;
    const ended = last ? end : null;
    const closedOn = ended === null ? null : on;
    const days = (due: string) => daysBetween(due, on);
    const oldestDue = unpaid[0] ?? null;
    const dpd = unpaid[0] === undefined ? 0 : days(unpaid[0]);
    const [raised, lasts, disagrees] = dispute;
    yield {
      ...{
        on,
        currency: 'USD',
        portfolio: loan ? 'I' : 'R',
        accountType: loan ? '01' : '18',
        openedOn: OPENED,
      },
      ...{
        months: 36,
        limit: 5_000_00,
        highest: 4_000_00,
        balance: ended === null ? 3_000_77 : 0,
        scheduled: DUE,
      },
      ...{
        paid: happens === 'misses' ? 0 : DUE,
        lastPayment: ended === 'paid' || ended === 'settled' ? on : lastPayment,
      },
      late: unpaid.map((due) => ({ days: days(due), amount: DUE })),
      ...{ oldestDue, currentOn, chargedOff, closedOn },
      status: {
        contractDpd: dpd,
        condition: dpd >= 90 ? condition : null,
        ended: ended === null ? null : { how: ended, dpdBefore: dpd },
        deleted: null,
      },
      compliance: {
        disputes:
          i < raised
            ? []
            : [{ law: 'fcra', open: i < raised + lasts, disagrees: i >= raised + lasts && disagrees }],
        closedByConsumer: false,
      },
      consumer: {
        bankruptcy: bankrupt !== null && i >= bankrupt ? { chapter: 7, stage: 'petition' } : null,
        lost: false,
      },
      petition: bankrupt !== null && i >= bankrupt ? monthEnd(bankrupt) : null,
      circumstances: ended === 'settled' ? ['settled'] : ended === 'sold' ? ['sold'] : [],
    };
  }
}

it('months of any life, furnished one after another, break no rule within a file nor between two', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (one) => {
      let told: Told | null = null;
      let before: DataRecord | null = null;
      for (const month of facts(one)) {
        const made = furnish(month, told);
        const sold = month.status.ended?.how === 'sold' ? [appendage('K2', SOLD_TO.values)] : [];
        const now = record({ ...CARD, ...made.fields }, sold);
        const earlier = new EarlierFile();
        if (before !== null) earlier.add(before);
        const file = await text([now], { activityDate: month.on, dateCreated: addDays(month.on, 2) });
        expect(await findings(file, { earlier })).toEqual([]);
        told = made.told;
        before = now;
      }
    }),
    { numRuns: 150 },
  );
});

it('carries between months what plain JSON carries', () => {
  fc.assert(
    fc.property(life, (one) => {
      let told: Told | null = null;
      for (const month of facts(one)) {
        ({ told } = furnish(month, told));
        expect(JSON.parse(JSON.stringify(told))).toEqual(told);
      }
    }),
    { numRuns: 20 },
  );
});

it('meets in such lives all that they were meant to meet', () => {
  const statuses = new Set<string>();
  // The same lives each time: what is met is no matter of luck.
  for (const one of fc.sample(life, { numRuns: 400, seed: 20_260_331 })) {
    let told: Told | null = null;
    for (const month of facts(one)) {
      const made = furnish(month, told);
      statuses.add(made.fields.accountStatus + made.fields.paymentRating);
      told = made.told;
    }
  }
  const meant = ['11', '71', '78', '80', '97', '93', '130', '131', '050', '05L', '64', '62'];
  expect([...statuses]).toEqual(expect.arrayContaining(meant));
});
