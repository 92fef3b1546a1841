import { readFileSync } from 'node:fs';
import { testsIn } from '../../../src/domain/strategy/document/checking';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import type { Step, Strategy } from '../../../src/domain/strategy/strategy';
import { daysIn, haveLadders, LADDERS, rowsOf, rungs, type Row } from './ladder-tables';

if (!haveLadders) console.warn(`skipped: ${LADDERS} is not there`);
const described = haveLadders ? describe : describe.skip;

const read = (name: string): Strategy => strategyOf(readFileSync(`strategies/${name}.yaml`, 'utf8'), name);
const PATHS = ['L', 'M', 'H'] as const;

/** Steps that the ladder's other sections ask for, beside the day of their row. */
const BESIDE: Readonly<Record<string, string>> = {
  'C40-large': 'band of 50,000 and more has a senior owner from +31 (section 4)',
  'C41-large': 'whose senior owner begins at +31 is called by that owner from then on',
  'C42-silent': 'who does not answer is looked for as well (10.3)',
  'C24-test': 'the test cell of L has its first call at +25 (3.2)',
  'I26-claim': 'the claim is from +80',
  'C53-refused': 'a refusal at a visit leads to the legal screening (8)',
  'C10-autopay': 'whose debit failed is told when the result is known (1.4)',
  'C33-ability': 'or ability low',
  C43b: 'a row of its own',
  'I12-paydays': 'the host knows the paydays',
};

/** The row's steps: the one of its name, and those that share its channels, C34 and C34-sms. */
function stepsOf(strategy: Strategy, id: string): readonly Step[] {
  return strategy.steps.filter(({ name }) => name === id || name.startsWith(`${id}-`));
}

/** Days after the due date on which a step comes for a path; of one that hangs on another, that one's days. */
function ladderDays(step: Step, path: string, strategy: Strategy): readonly number[] {
  const all = step.at.days[path] ?? [];
  // What is done once has its first day; the others are for accounts that could not have it then.
  const offsets = step.once === 'episode' && step.name !== 'I29' ? all.slice(0, 1) : all;
  return basesOf(step, path, strategy).flatMap((base) => offsets.map((offset) => base + offset));
}

function basesOf(step: Step, path: string, strategy: Strategy): readonly number[] {
  const { anchor } = step.at;
  if (anchor === 'due') return [0];
  if (anchor === 'stage') {
    const froms = strategy.stages
      .filter(({ name }) => step.stages.includes(name))
      .flatMap(({ from }) => from[path] ?? []);
    return froms.length === 0 ? [] : [Math.min(...froms)];
  }
  const other = strategy.steps.find(({ name }) => anchor === `step:${name}`);
  return other === undefined ? [] : ladderDays(other, path, strategy);
}

const cellsOf = (row: Row): Readonly<Record<string, string>> => {
  const [l = '', m = l, h = m] = PATHS.map((path) => row[path] ?? row['when'] ?? '');
  const same = (cell: string): string => (cell === 'same' || cell === '' ? l : cell);
  return { L: l, M: same(m), H: same(h) };
};

function isDated(step: Step, id: string): boolean {
  if (BESIDE[step.name] !== undefined) return false;
  return step.name === id || step.at.anchor === 'due' || step.at.anchor === 'stage';
}

/** How the day cell of a row reads in the strategy. */
function expectDays(row: Row, path: string, strategy: Strategy): void {
  const id = row['id'] ?? '';
  const cell = cellsOf(row)[path] ?? '';
  const steps = stepsOf(strategy, id);
  const main = steps.find(({ name }) => name === id);
  const has = steps.filter(({ at }) => at.days[path] !== undefined);
  if (cell === '–') return expect(has).toEqual([]);
  const nextDue = /^N-(\d+)$/.exec(cell);
  if (nextDue !== null) {
    expect(main?.at.anchor).toBe('next-due');
    return expect(main?.at.days[path]).toEqual([-Number(nextDue[1])]);
  }
  const every = cell === 'weekly' ? 7 : Number(/^every (\d) days/.exec(cell)?.[1] ?? 0);
  if (every > 0) return expect(main?.at.every?.[path]).toBe(every);
  if (/^(on result|on unreachable|agreed date)/.test(cell)) return expect(main?.at.anchor).toMatch(/^mark:/);
  if (cell.startsWith('30 days after letter 1 arrived')) {
    expect(main?.at.anchor).toBe('arrived:C34');
    return expect(main?.at.days[path]).toEqual([30]);
  }
  expectDatedDays(row, cell, path, strategy);
}

function expectDatedDays(row: Row, cell: string, path: string, strategy: Strategy): void {
  const id = row['id'] ?? '';
  const dated = stepsOf(strategy, id).filter((step) => isDated(step, id));
  const days = [...new Set(dated.flatMap((step) => ladderDays(step, path, strategy)))].sort((a, b) => a - b);
  if (cell.startsWith('-10 days before placement')) return expect(days).toEqual([61 - 10, 91 - 10]);
  if (cell.includes(' to ')) {
    const [from = 0, to = 0] = daysIn(cell).days;
    expect(days[0]).toBe(from);
    return expect(days.every((day) => day <= to)).toBe(true);
  }
  if (cell.startsWith('+61 < 20,000')) return expect(days).toEqual([61]);
  const range = daysIn(cell).days;
  if (cell.includes('…') && dated.some(({ campaign }) => campaign !== undefined)) {
    // A call on each of these days is one campaign from the first of them on.
    expect(dated[0]?.campaign?.[path]?.days).toBe(range.length);
    return expect(days).toEqual(range.slice(0, 1));
  }
  expect(days).toEqual([...new Set(daysIn(cell).days)].sort((a, b) => a - b));
}

const CHANNELS = [
  'app',
  'sms',
  'voice_ai',
  'call',
  'email',
  'letter',
  'visit',
  'agency',
  'legal',
  'host',
  'task',
  'owner',
];

function channelsIn(cell: string): readonly string[] {
  const words = cell.replace('app inbox', 'app').split(/[^a-z_]+/);
  return CHANNELS.filter((channel) => words.includes(channel)).map((word) =>
    word === 'owner' ? 'task' : word,
  );
}

function channelsOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.flatMap(({ channels, kind }) => channels ?? [kind]))];
}

/** `T1, H T2` as a tone for each path. */
function tonesIn(cell: string): Readonly<Record<string, number>> | null {
  const [first] = cell.match(/T\d/) ?? [];
  if (first === undefined) return null;
  const tones = Object.fromEntries(PATHS.map((path) => [path, Number(first[1])]));
  for (const [, path = '', tone] of cell.matchAll(/([LMH]) T(\d)/g)) tones[path] = Number(tone);
  return tones;
}

described.each([
  { name: 'standard-card', letter: 'C', rows: 41 },
  { name: 'consumer-loan', letter: 'I', rows: 26 },
])('$name says what its table says', ({ name, letter, rows }) => {
  const strategy = read(name);
  const table = haveLadders ? rungs(letter) : [];

  test('the table is there', () => {
    expect(table.length).toBe(rows);
  });

  test.each(table.map((row) => [row['id'] ?? '', row] as const))('%s: days', (_id, row) => {
    for (const path of PATHS) expectDays(row, path, strategy);
  });

  test.each(table.map((row) => [row['id'] ?? '', row] as const))('%s: channels', (id, row) => {
    const cell = row['channel → fall-back'] ?? row['channel'] ?? '';
    const all = `${cell} ${row['L'] === '+3 app' ? 'app' : ''} ${id === 'I28' ? 'task' : ''}`;
    // The letter of I26 goes to the guarantor and not to the person of the account: a person writes it.
    const wanted = id === 'I26' ? ['task'] : channelsIn(all);
    expect([...channelsOf(stepsOf(strategy, id))].sort()).toEqual([...new Set(wanted)].sort());
  });

  test.each(table.map((row) => [row['id'] ?? '', row] as const))('%s: tone', (id, row) => {
    const tones = tonesIn(row['tone'] ?? '');
    const steps = stepsOf(strategy, id).filter((step) => step.tone !== undefined);
    // The approval speaks to nobody; the letter that follows it has the tone.
    const main = steps.find((step) => step.name === id) ?? steps.at(-1);
    if (tones === null) return expect(main?.tone).toBeUndefined();
    for (const path of PATHS.filter((one) => main?.at.days[one] !== undefined)) {
      expect(main?.toneBy?.[path] ?? main?.tone).toBe(tones[path]);
    }
  });

  test.each(table.map((row) => [row['id'] ?? '', row] as const))(
    '%s: amounts of its condition',
    (id, row) => {
      const text = `${row['condition'] ?? ''} ${row['when'] ?? ''}`;
      const tests = stepsOf(strategy, id).flatMap((step) => testsIn(step.when));
      const stages = strategy.stages.flatMap((stage) => testsIn(stage.enter));
      for (const [, fact = '', amount = ''] of text.matchAll(/(past due|balance) ≥ ([\d,]*\d)/g)) {
        const value = Number(amount.replace(',', '')) * 100;
        const wanted = { fact: fact.replace(' ', '_'), op: '>=', value };
        expect([...tests, ...stages]).toContainEqual(wanted);
      }
    },
  );

  test.each(table.map((row) => [row['id'] ?? '', row] as const))('%s: size of its campaign', (id, row) => {
    const cell = row['channel → fall-back'] ?? '';
    const size = /(\d) a day × (\d)(?: \(H (?:(\d) )?× (\d)\))?/.exec(cell);
    if (size === null) return;
    const [, aDay, days, aDayOfH, daysOfH] = size.map((text) =>
      text === undefined ? undefined : Number(text),
    );
    const main = stepsOf(strategy, id).find((step) => step.campaign !== undefined);
    for (const path of PATHS.filter((one) => main?.at.days[one] !== undefined)) {
      const hard = path === 'H' && daysOfH !== undefined;
      const wanted = { attemptsADay: hard ? (aDayOfH ?? aDay) : aDay, days: hard ? daysOfH : days };
      expect(main?.campaign?.[path]).toEqual(wanted);
    }
  });
});

described('promises, section 5', () => {
  const rows = haveLadders ? rowsOf('parameter').filter((row) => row['L'] !== undefined) : [];
  const cell = (start: string, path: string): string =>
    rows.find((row) => row['parameter']?.startsWith(start))?.[path] ?? '';

  test.each(['standard-card', 'consumer-loan'])('%s', (name) => {
    const { promises } = read(name);
    for (const path of PATHS) {
      const rules = promises[path];
      expect(rules?.horizonDays).toBe(Number(cell('longest horizon', path)));
      expect(rules?.graceDays).toBe(Number.parseInt(cell('grace after', path), 10));
      expect(rules?.mayCrossNextDue).toBe(cell('may cross', path).startsWith('only'));
      expect(rules?.least).toBe(
        cell('least amount', path).startsWith('what is past due') ? 'past-due' : 'oldest-due',
      );
      const [percent, amount] = [...cell('tolerance', path).matchAll(/(\d+)/g)].map((match) =>
        Number(match[1]),
      );
      expect([rules?.tolerancePercent, rules?.toleranceAmount]).toEqual([percent, (amount ?? 0) * 100]);
      const [count, days] = [...cell('broken', path).matchAll(/(\d+)/g)].map((match) => Number(match[1]));
      expect(rules?.brokenLimit).toEqual({ count, days });
    }
  });
});

described('house limits, section 10.4', () => {
  const rows = haveLadders ? rowsOf('') : [];
  const cell = (start: string, path: string): string =>
    rows.find((row) => row['c0']?.startsWith(start))?.[path] ?? '';

  test.each(['standard-card', 'consumer-loan'])('%s', (name) => {
    const { caps, rest } = read(name).contact;
    const most = (path: string, channel: string, days: number): number | undefined =>
      caps.find((cap) => cap.paths?.includes(path) && cap.channels.includes(channel) && cap.days === days)
        ?.max;
    for (const path of PATHS) {
      expect(most(path, 'call', 1)).toBe(Number(cell('attempts a number a day', path)));
      expect(most(path, 'call', 7)).toBe(Number(cell('attempts a person a week', path)));
      const [aDay, aWeek] = cell('messages a day', path).split('/').map(Number);
      expect([most(path, 'sms', 1), most(path, 'sms', 7)]).toEqual([aDay, aWeek]);
      expect(rest?.[path]).toBe(Number.parseInt(cell('after a right-party', path), 10));
    }
  });
});
