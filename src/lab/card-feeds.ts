import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Stage, Strategy } from '../domain/strategy/strategy';
import { cardEvents, type CardRow } from './card-file';
import { CARD_COUNTING } from './play-card-file';
import { Random } from './portfolio/random';

/** Whose the card file is, as the book names it. */
export const CARD_LENDER = 'taiwan';
const COLUMNS = [
  'account',
  'past_due',
  'oldest_due',
  'cycles',
  'balance',
  'next_due',
  'next_amount',
] as const;
/** The file's status goes up to eight. */
const MOST_CYCLES = 8;

/** So many accounts of the file, each as likely as any other, the same for the same seed; in the file's order. */
export function sampleCards(rows: readonly CardRow[], count: number, seed: number): CardRow[] {
  return rows
    .map((row) => ({ row, place: new Random(seed, 'card-file', row.id).next() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ row }) => row)
    .sort((a, b) => Number(a.id) - Number(b.id));
}

/** What the lender announces of a file. */
export interface CardTotals {
  readonly rows: number;
  /** As `--sum` takes it. */
  readonly sum: string;
}

/** One month of the card file (0 is April) as the snapshot that a host would send on its last day. */
export async function writeCardFeed(
  file: string,
  rows: readonly CardRow[],
  month: number,
): Promise<CardTotals> {
  const out = createWriteStream(file);
  out.write(`${COLUMNS.join(',')}\n`);
  let sum = 0;
  for (const row of rows) {
    const told = cardEvents(row, month).find((event) => event.kind === 'host-update');
    if (told?.kind !== 'host-update') throw new Error('a month without figures');
    const { pastDue, oldestDue, cycles, balance, nextDue = '', nextAmount = 0 } = told.figures;
    sum += balance;
    const cells = [row.id, decimal(pastDue), oldestDue ?? '', cycles, decimal(balance), nextDue];
    if (!out.write(`${[...cells, decimal(nextAmount)].join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { rows: rows.length, sum: decimal(sum) };
}

const decimal = (minor: number): string => (minor / 100).toFixed(2);

/** How the six files are read: a mapping document. */
export function cardMapping(): string {
  return [
    'forbear: mapping/1',
    'name: card-file',
    'kind: accounts',
    `lender: ${CARD_LENDER}`,
    // The file's status jumps by more than a month now and then, which moves the oldest day back.
    'checks: { due_backwards: take }',
    'columns:',
    '  currency: { value: TWD }',
    ...COLUMNS.map((name) => `  ${name}: ${name}`),
  ].join('\n');
}

/**
 * A strategy of one step: a stage for each number of cycles late, and in each of them a task when it is entered. So
 * each move between two months is a decision of the account's workflow, and stands in the book with its step.
 */
export function cardStrategy(): Strategy {
  const cycles = Array.from({ length: MOST_CYCLES }, (_one, i) => i + 1);
  return {
    forbear: 'strategy/1',
    name: 'card-file',
    title: 'Movements of the card file',
    product: 'credit_card',
    currency: 'TWD',
    zone: 'Asia/Taipei',
    sendAt: '10:00',
    counting: CARD_COUNTING,
    promises: {
      all: {
        ...{ horizonDays: 7, graceDays: 1, tolerancePercent: 5, toleranceAmount: 1000 },
        ...{ least: 'past-due', mayCrossNextDue: false, brokenLimit: { count: 2, days: 90 } },
      },
    },
    contact: { hours: {}, caps: [], closedOn: [] },
    segments: [{ name: 'everybody', path: 'all', when: { all: [] } }],
    stages: cycles.map(stageOf),
    steps: [
      {
        ...{ name: 'review', title: 'A collector looks at the account', kind: 'task', action: 'review' },
        ...{ stages: cycles.map(nameOf), at: { anchor: 'stage', days: { all: [0] }, unit: 'day' } },
        ...{ once: 'anchor', late: 'do', queue: 'collectors' },
      },
    ],
  };
}

const nameOf = (cycles: number): string => `late-${cycles}`;

function stageOf(cycles: number): Stage {
  return {
    name: nameOf(cycles),
    from: { all: 1 },
    enter: { fact: 'cycles', op: '>=', value: cycles },
    leave: { fact: 'cycles', op: '<', value: cycles },
  };
}
