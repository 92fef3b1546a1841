import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_CAPACITY, type Capacity } from '../../src/domain/plan/capacity';
import { readCapacity } from '../../src/domain/plan/capacity.schema';
import { stepsAhead } from '../../src/domain/plan/ahead';
import { Line } from '../../src/domain/plan/line';
import { Planner, type Cut } from '../../src/domain/plan/planner';
import type { Work } from '../../src/domain/plan/work';
import { daysLeft } from '../../src/domain/plan/work-of';
import { account, at, owes } from '../support/small-account';
import { contact, smallStrategy } from '../support/small-strategy';

const DAY = '2026-03-10';

/** One collector with twelve minutes: three calls of four minutes. */
const CAPACITY: Capacity = {
  ...DEFAULT_CAPACITY,
  skills: [{ name: 'collectors', seats: 1, hours: 0.2, queues: ['collector'], channels: [] }],
  minutes: { call: 4 },
  fallBacks: {},
};

const call = (name: string, value: number, more: Partial<Work> = {}): Work => ({
  account: name,
  step: 'C24',
  anchor: '2026-02-14',
  n: 0,
  due: DAY,
  channel: 'call',
  queue: 'collector',
  segment: 'M',
  attempts: 1,
  value,
  currency: 'CNY',
  chance: 0.04,
  urgency: 1,
  age: 10,
  others: [],
  fixed: false,
  begun: false,
  moved: 0,
  ...more,
});

function plan(work: readonly Work[], capacity: Capacity = CAPACITY) {
  const cuts: Cut[] = [];
  const planner = new Planner(capacity, (cut) => cuts.push(cut));
  for (const one of work) planner.offer(one, one.due);
  return { ...planner.finish(), cuts };
}

describe('a plan above capacity', () => {
  it('keeps the most expected gain a minute and moves the rest, whoever came first', () => {
    const small = call('a', 1_000);
    const work = [small, call('b', 5_000), call('c', 4_000), call('d', 3_000)];
    const { rows, cuts, loads } = plan(work);
    expect(cuts).toMatchObject([{ work: { account: 'a' }, day: DAY, to: 'moved', where: '2026-03-11' }]);
    expect(rows[0]).toMatchObject({ day: DAY, planned: 4, done: 3, movedOut: 1, minutes: 16 });
    expect(rows[1]).toMatchObject({ day: '2026-03-11', planned: 0, movedIn: 1, done: 1 });
    expect(loads[0]).toEqual({ day: DAY, of: 'collectors', people: true, limit: 12, asked: 16, used: 12 });
  });

  it('weighs urgency and minutes: a roll goes before a larger debt, a long call after a short one', () => {
    const rolls = call('rolls', 3_000, { urgency: 2 });
    const twice = call('twice', 5_500, { attempts: 2 });
    const { cuts } = plan([twice, rolls, call('large', 5_000), call('other', 5_600)]);
    // Gain a minute: rolls 6,000, other 5,600, twice 5,500, large 5,000 by equal chance; twice takes eight minutes.
    expect(cuts.map(({ work }) => work.account)).toEqual(['large', 'twice']);
  });

  it("takes the step's own cheaper channel, else the document's, before it waits", () => {
    const capacity = { ...CAPACITY, fallBacks: { call: 'voice_ai' } };
    const many = [call('a', 9_000), call('b', 8_000), call('c', 7_000)];
    const own = call('own', 10, { others: ['sms'] });
    const { cuts, rows } = plan([...many, own, call('plain', 20)], capacity);
    expect(cuts).toMatchObject([
      { work: { account: 'own' }, to: 'fall-back', where: 'sms' },
      { work: { account: 'plain' }, to: 'fall-back', where: 'voice_ai' },
    ]);
    expect(rows.find(({ channel }) => channel === 'sms')).toMatchObject({ planned: 0, done: 1 });
  });

  it('moves three days at most, and then leaves it out with its reason', () => {
    const days = [DAY, '2026-03-11', '2026-03-12', '2026-03-13'];
    const better = days.flatMap((day) => [1, 2, 3].map((n) => call(`${day} ${n}`, 9_000, { due: day })));
    const { cuts } = plan([call('small', 100), ...better]);
    expect(cuts.map(({ day, to, where }) => [day, to, where])).toEqual([
      [DAY, 'moved', '2026-03-11'],
      ['2026-03-11', 'moved', '2026-03-12'],
      ['2026-03-12', 'moved', '2026-03-13'],
      ['2026-03-13', 'left-out', null],
    ]);
    expect(cuts[3]?.why).toMatch(/collectors has no time.*moved 3 days/);
  });

  it('never cuts what the law wants or a person was told', () => {
    const fixed = [1, 2, 3, 4].map((n) => call(`f${n}`, 1, { fixed: true }));
    const { cuts, rows, loads } = plan([call('a', 9_000), ...fixed]);
    expect(cuts.map(({ work }) => work.account)).toEqual(['a']);
    expect(rows[0]).toMatchObject({ planned: 5, done: 4 });
    expect(loads[0]?.asked).toBe(20);
  });

  it('cuts nothing where nobody said how much can be done', () => {
    const { cuts, rows } = plan([call('a', 1), call('b', 2)], { ...CAPACITY, skills: [] });
    expect(cuts).toEqual([]);
    expect(rows[0]).toMatchObject({ planned: 2, done: 2, minutes: 0 });
  });
});

it('is the same plan in whatever order the work is offered', () => {
  const works = fc.uniqueArray(
    fc.record({
      account: fc.integer({ min: 1, max: 60 }).map(String),
      value: fc.integer({ min: 0, max: 20 }),
      attempts: fc.integer({ min: 1, max: 3 }),
      age: fc.integer({ min: 0, max: 3 }),
      day: fc.constantFrom(DAY, '2026-03-11'),
    }),
    { selector: ({ account }) => account, maxLength: 30 },
  );
  fc.assert(
    fc.property(works, fc.integer({ min: 0, max: 1000 }), (given, seed) => {
      const work = given.map(({ account: name, value, day, ...more }) =>
        call(name, value, { ...more, due: day }),
      );
      const turned = [...work].sort((a, b) => hash(`${a.account} ${seed}`) - hash(`${b.account} ${seed}`));
      const [one, other] = [plan(work), plan(turned)];
      expect(other.rows).toEqual(one.rows);
      expect(other.loads).toEqual(one.loads);
    }),
  );
});

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7);

it('a line keeps exactly what sorting would, and no more than fits', () => {
  const places = fc.array(
    fc.record({ gain: fc.nat(20), units: fc.integer({ min: 1, max: 5 }), age: fc.nat(3) }),
  );
  fc.assert(
    fc.property(places, fc.nat(30), (given, limit) => {
      const line = new Line<number>(limit);
      const all = given.map((place, i) => ({ ...place, name: String(i).padStart(3, '0'), work: i }));
      for (const place of all) line.offer(place);
      const sorted = [...all].sort((a, b) => b.gain - a.gain || b.age - a.age || (a.name < b.name ? -1 : 1));
      const fits: number[] = [];
      let used = 0;
      for (const { units, work } of sorted) {
        if (used + units > limit) break;
        used += units;
        fits.push(work);
      }
      expect([...line.kept()].sort((a, b) => a - b)).toEqual(fits.sort((a, b) => a - b));
    }),
  );
});

describe('steps ahead', () => {
  const strategy = smallStrategy([
    contact('S1', [1, 7]),
    contact('C1', [3], {
      channels: ['call', 'sms'],
      queue: 'collector',
      campaign: { N: { attemptsADay: 2, days: 3 } },
    }),
    contact('V1', [25], { channels: ['visit'] }),
  ]);

  it('are those of the core, in their days, up to the end of the plan', () => {
    const late = account('2026-03-01', [owes('m1', '2026-03-01', 50_000)]);
    const ahead = stepsAhead(late, strategy, at('2026-03-01', 12), at('2026-03-09', 0));
    expect(
      ahead.map(({ day, step, channel, attempts, days }) => [day, step.name, channel, attempts, days]),
    ).toEqual([
      ['2026-03-02', 'S1', 'sms', 1, 1],
      ['2026-03-04', 'C1', 'call', 2, 3],
      ['2026-03-08', 'S1', 'sms', 1, 1],
    ]);
    expect(ahead[1]?.askable).toBe(50_000);
  });

  it('of an account with nothing past due are none', () => {
    expect(stepsAhead(account('2026-03-01', []), strategy, at('2026-03-01'), at('2026-04-01'))).toEqual([]);
  });
});

it('an open campaign has its days left, within the plan', () => {
  expect(daysLeft('2026-03-08', 4, DAY, '2026-03-20')).toEqual([DAY, '2026-03-11']);
  expect(daysLeft('2026-03-01', 3, DAY, '2026-03-20')).toEqual([]);
  expect(daysLeft('2026-03-19', 3, DAY, '2026-03-20')).toEqual(['2026-03-19', '2026-03-20']);
});

describe('the capacity document', () => {
  it('that ships is understood, with money in minor units', () => {
    const file = join(__dirname, '..', '..', 'examples', 'capacity.yaml');
    const read = readCapacity(readFileSync(file, 'utf8'), file);
    expect(read.skills.find(({ name }) => name === 'collectors')).toMatchObject({ seats: 12, hours: 6.5 });
    expect(read.costs['CNY']).toMatchObject({ sms: 5, call: 250, talk: 800 });
    expect(read.rollTargets).toEqual([2.5, 13, 55, 78, 90, null, null]);
  });

  const head = 'forbear: capacity/1\nzone: Asia/Shanghai\n';
  const broken: [string, string, RegExp][] = [
    ['YAML that is none', 'skills: [', /^c.yaml:\d+:\d+: CAPACITY_YAML/],
    ['a word that is none', `${head}skills: {}\nseats: 3\n`, /^c.yaml:4:1: CAPACITY_SHAPE: "seats"/],
    [
      'seats below nothing',
      `${head}skills:\n  a: { seats: -1, hours: 8 }\n`,
      /^c.yaml:4:15: CAPACITY_SHAPE: "seats"/,
    ],
    ['no zone', 'forbear: capacity/1\nskills: {}\n', /CAPACITY_SHAPE: "zone"/],
    [
      'a queue under two skills',
      `${head}skills:\n  a: { seats: 1, hours: 8, queues: [x] }\n  b: { seats: 1, hours: 8, queues: [x] }\n`,
      /^c.yaml:5:\d+: CAPACITY_TWICE: The queue x/,
    ],
    ['a currency that is none', `${head}skills: {}\ncosts: { YUAN: { sms: 1 } }\n`, /CAPACITY_SHAPE/],
  ];
  it.each(broken)('names the place of %s', (_name, text, says) => {
    expect(() => readCapacity(text, 'c.yaml')).toThrow(says);
  });
});
