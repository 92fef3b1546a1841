import { SHOWN_MONTHS, type Card } from './card';
import { MEASURED_MONTHS } from './movements';
import { Random } from './random';

/** What a show of a few accounts must hold, and how much of it; the last is for whoever else was ever late. */
const KINDS: readonly { readonly share: number; readonly is: (card: Card) => boolean }[] = [
  { share: 0.12, is: ({ monthsLate: m }) => first(m) === 0 && worst(m) >= 4 },
  { share: 0.12, is: ({ monthsLate: m }) => first(m) >= 4 && worst(m) >= 6 },
  { share: 0.14, is: ({ monthsLate: m }) => first(m) >= 2 && worst(m) >= 5 && first(m) < 4 },
  { share: 0.06, is: (card) => worst(card.monthsLate) >= 4 && card.balance >= 5_000_000 },
  { share: 0.12, is: ({ monthsLate: m }) => worst(m) === 3 },
  { share: 0.04, is: (card) => card.balance < 10_000 && worst(card.monthsLate) >= 2 },
  { share: 0.04, is: (card) => card.neverPaid },
  { share: 0.04, is: (card) => card.manner === 'vulnerable' || card.manner === 'deceased' },
  { share: 0.16, is: ({ monthsLate: m }) => first(m) === 0 && worst(m) > 0 },
];

const first = (months: readonly number[]): number => months[0] ?? 0;
const worst = (months: readonly number[]): number => Math.max(...months.slice(0, SHOWN_MONTHS));

/**
 * So many accounts of a book that are late at some time, chosen so that a small show meets everything that happens in
 * a large book. Not its mix: a book's accounts mostly cure in the first weeks.
 */
export function chooseForShow(book: readonly Card[], count: number, seed: number): Card[] {
  const late = shuffled(
    book.filter((card) => worst(card.monthsLate) > 0),
    new Random(seed, 'choose'),
  );
  const chosen = new Set<Card>();
  for (const { share, is } of KINDS) {
    const wanted = Math.ceil(count * share);
    for (const card of late.filter((card) => !chosen.has(card) && is(card)).slice(0, wanted)) {
      if (chosen.size < count) chosen.add(card);
    }
  }
  for (const card of late) if (chosen.size < count) chosen.add(card);
  return [...chosen].sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** So many accounts that are late in one of the measured months, each as likely as any other. */
export function sample(book: readonly Card[], count: number, seed: number): Card[] {
  const late = book.filter(({ monthsLate }) => Math.max(...monthsLate.slice(0, MEASURED_MONTHS)) > 0);
  return shuffled(late, new Random(seed, 'sample'))
    .slice(0, count)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
