import { listTasks } from '../../src/book/tasks';
import { planBook } from '../../src/client/plan/plan-book';
import { addDays } from '../../src/domain/calendar/day';
import { instantOf, localDate } from '../../src/domain/calendar/zone';
import { DEFAULT_CAPACITY, type Capacity } from '../../src/domain/plan/capacity';
import { eventually, House, TODAY } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';
import { reader } from '../support/texts';

jest.setTimeout(180_000);

const ZONE = 'Asia/Shanghai';
const DUE = addDays(TODAY, -2);
/** The days of the message and of the call. */
const [MESSAGE, CALL] = [addDays(DUE, 8), addDays(DUE, 10)];
const strategy = smallStrategy([
  contact('REMIND', [8], { template: 'grace-reminder' }),
  contact('CALL', [10], {
    ...{ channels: ['call'], queue: 'collector', campaign: { N: { attemptsADay: 1, days: 2 } } },
    template: 'pay-reminder',
  }),
]);
const read = reader(strategy);
/** Two messages a day, and nobody who could call. */
const CAPACITY: Capacity = {
  ...DEFAULT_CAPACITY,
  skills: [{ name: 'collectors', seats: 0, hours: 0, queues: [], channels: ['call'] }],
  fallBacks: { call: 'sms' },
};
const OWED = { small: '100.00', middle: '200.00', large: '300.00' } as const;
type Name = keyof typeof OWED;
const NAMES = Object.keys(OWED) as Name[];

let house: House;
let known: ReadonlyMap<string, string>;
const ref = (name: Name): string => known.get(name) ?? '';

beforeAll(async () => {
  // Time stands still until the plans of both days bind.
  house = await House.open({ strategy, secondsADay: 2, headStart: 30 });
  known = await house.enrol(
    NAMES.map((account, i) => ({
      account,
      phone: `1370013${String(8000 + i)}`,
      obligations: `${DUE}:${OWED[account]}`,
    })),
  );
  for (const [day, machines] of [
    [MESSAGE, { sms: 2 }],
    [CALL, { sms: 100 }],
  ] as const)
    await planBook(house.client.book.db, {
      ...{ lender: null, days: 1, now: instantOf(day, '07:00', ZONE), onCut: () => undefined },
      capacity: { ...CAPACITY, machines },
      bind: { lender: 'bank', by: 'head-1', role: null, why: 'nobody is there to call' },
    });
  await house.stack.startWorker();
});
afterAll(() => house?.close());

/** What the workflow was answered to a step, with the day on which it asked. */
async function answers(name: Name, step: string): Promise<(readonly [day: string, answer: string])[]> {
  const found = (await house.client.timeline(ref(name))).flatMap((entry) => {
    if (entry.what !== 'decision') return [];
    const action = entry.action as { readonly occurrence?: { readonly step: string } } | null;
    const result = entry.result as {
      readonly how: string;
      readonly channel?: string;
      readonly rule?: string;
    } | null;
    if (action?.occurrence?.step !== step || result === null) return [];
    return [[localDate(entry.at, ZONE), `${result.how} ${result.rule ?? result.channel ?? ''}`] as const];
  });
  return found;
}

test('workflows obey the plan: the least gain waits a day, and calls that nobody can make are spoken by sms', async () => {
  for (const name of NAMES)
    await eventually(
      `the call of ${name} has come due`,
      async () => (await answers(name, 'CALL')).length > 0,
    );

  expect(await answers('large', 'REMIND')).toEqual([[MESSAGE, 'done sms']]);
  expect(await answers('middle', 'REMIND')).toEqual([[MESSAGE, 'done sms']]);
  expect(await answers('small', 'REMIND')).toEqual([
    [MESSAGE, 'deferred plan:moved'],
    [addDays(MESSAGE, 1), 'done sms'],
  ]);
  for (const name of NAMES) {
    expect([name, await answers(name, 'CALL')]).toEqual([name, [[CALL, 'done sms']]]);
    expect(await listTasks(house.client.book.db, { account: ref(name) })).toEqual([]);
    const steps = (await house.received()).map(read).filter((message) => message.ref === ref(name));
    expect(steps.map(({ step }) => step)).toEqual(['REMIND', 'CALL']);
  }
});
