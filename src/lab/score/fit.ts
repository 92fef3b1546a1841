import { BEHAVIOUR } from '../../domain/score/behaviour';
import { pointsOn } from '../../domain/score/score';
import type { Bin, Characteristic, Scorecard } from '../../domain/score/scorecard';
import { binOf, cutOf, evidence, type Cut, type Direction } from './bins';
import { logistic } from './logistic';
import type { Observation } from './observations';

/**
 * What the card looks at, and which way each counts. An unused card is riskier than one in use, so utilisation is free.
 * The payment ratio is not here: beside the money that came in it was worth nothing.
 */
const FITTED: readonly (readonly [fact: string, title: string, direction: Direction])[] = [
  ['months_behind_6m', 'Months late, summed over six month ends', 'worse'],
  ['course', 'Months late now after those a month before', 'free'],
  ['peak_utilisation_6m', 'Highest balance of six months, percent of the limit', 'free'],
  ['growth_6m', 'Growth of the balance over six months, percent of the limit', 'better'],
  ['room', 'Limit less balance', 'better'],
  ['paid_6m', 'Money of six months', 'better'],
  ['least_paid_5m', 'Least money of one month in five', 'better'],
];

/**
 * The card file knows no promises and no calls, so their points are set by judgement: what a break or silence adds
 * to the months late that come with it.
 */
const JUDGED: readonly Characteristic[] = [
  {
    fact: 'broken_promises_6m',
    title: 'Promises broken in 180 days',
    unit: 'number',
    source: 'judged',
    unknown: 0,
    bins: [
      { below: 1, points: 0 },
      { below: 2, points: -15 },
      { below: null, points: -35 },
    ],
  },
  {
    fact: 'unanswered',
    title: 'Attempts since anybody answered',
    unit: 'number',
    source: 'judged',
    unknown: 0,
    bins: [
      { below: 3, points: 0 },
      { below: 9, points: -10 },
      { below: null, points: -20 },
    ],
  },
];

const BASE = 500;
/** So many points more double the odds of paying. */
const DOUBLES = 40;
const POINTS = DOUBLES / Math.LN2;
const RANKS = 20;

/** What a card is called: it stands in the document, and in every score that it gave. */
export type Named = Pick<Scorecard, 'name' | 'title' | 'currency'>;

/**
 * A scorecard from accounts whose outcome is known: each fact is cut into bins, each bin weighed by its evidence, and
 * the facts weighed against each other by a logistic regression. The same accounts give the same card.
 */
export function fitScorecard(named: Named, observed: readonly Observation[]): Scorecard {
  const bad = observed.map(({ defaulted }) => defaulted);
  const cuts = FITTED.map(([fact, title, direction]) => {
    const values = observed.map(({ known }) => known[fact]);
    const cut = cutOf(values, bad, direction);
    return { fact, title, cut, weights: evidence(cut, values, bad) };
  });
  const rows = observed.map(({ known }) =>
    cuts.map(({ fact, cut, weights }) => weights[binOf(cut, known[fact]) ?? -1] ?? 0),
  );
  const [constant = 0, ...factors] = logistic(
    rows,
    bad.map((failed) => !failed),
  );
  const fitted = cuts.map(({ fact, title, cut, weights }, j): Characteristic => {
    const points = weights.map((weight) => Math.round(POINTS * (factors[j] ?? 0) * weight) + 0);
    const unit = BEHAVIOUR[fact]?.unit ?? 'number';
    return { fact, title, unit, source: 'fitted', unknown: 0, bins: binsOf(cut, points) };
  });
  const odds = { atBase: Math.round(Math.exp(constant) * 100) / 100, doubles: DOUBLES };
  const card = { ...named, base: BASE, odds, ranks: [], characteristics: [...fitted, ...JUDGED] };
  return { ...card, ranks: ranksOf(card, observed) };
}

/** Neighbours that are worth the same are one bin. */
function binsOf(cut: Cut, points: readonly number[]): readonly Bin[] {
  const worth = (i: number): number => points[i] ?? 0;
  if (cut.kind === 'words') {
    const words = cut.words.map((word, i): Bin => ({ is: [word], points: worth(i) }));
    return [...words, { is: null, points: worth(cut.words.length) }];
  }
  const bins = [...cut.edges, null].map((below, i) => ({ below, points: worth(i) }));
  return bins.filter(({ points: now }, i) => now !== bins[i + 1]?.points);
}

function ranksOf(card: Scorecard, observed: readonly Observation[]): readonly number[] {
  const sorted = observed.map(({ known }) => pointsOn(card, known)).sort((a, b) => a - b);
  return Array.from(
    { length: RANKS - 1 },
    (_unused, i) => sorted[Math.floor(((i + 1) * sorted.length) / RANKS)] ?? 0,
  );
}
