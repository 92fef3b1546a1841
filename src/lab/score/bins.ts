import type { Minor } from '../../domain/units';

/** How the values of one fact are cut: by edges, or by words with one place for every other word. */
export type Cut =
  | { readonly kind: 'edges'; readonly edges: readonly number[] }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** Whether more of it is held against the account; `free` where neither is so. */
export type Direction = 'worse' | 'better' | 'free';

type Value = number | string | Minor | null;

/** Where a value lies: 0 for the first bin; the number of edges or words for the last; null when not known. */
export function binOf(cut: Cut, value: Value | undefined): number | null {
  if (cut.kind === 'words') {
    if (typeof value !== 'string') return null;
    const place = cut.words.indexOf(value);
    return place < 0 ? cut.words.length : place;
  }
  if (typeof value !== 'number') return null;
  const place = cut.edges.findIndex((edge) => value < edge);
  return place < 0 ? cut.edges.length : place;
}

/** Facts with no more values than this are cut at each of them. */
const FEW = 40;
const WANTED = 10;
/** A bin holds at least this share of the accounts: fewer say too little. */
const LEAST_SHARE = 0.005;

/** Cuts one fact so that the share of defaults goes one way along it, where it has a direction. */
export function cutOf(
  values: readonly (Value | undefined)[],
  bad: readonly boolean[],
  direction: Direction,
): Cut {
  const least = Math.ceil(values.length * LEAST_SHARE);
  if (values.some((value) => typeof value === 'string'))
    return { kind: 'words', words: words(values, least) };
  const numbers = values.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b);
  const edges = large(numbers, candidates(numbers), least);
  return { kind: 'edges', edges: direction === 'free' ? edges : oneWay(values, bad, edges, direction) };
}

function words(values: readonly (Value | undefined)[], least: number): readonly string[] {
  const count = new Map<string, number>();
  for (const value of values) if (typeof value === 'string') count.set(value, (count.get(value) ?? 0) + 1);
  return [...count].flatMap(([word, times]) => (times >= least ? [word] : [])).sort();
}

/** Every value where there are few, else tenths of the accounts; to two digits, for people read them. */
function candidates(sorted: readonly number[]): readonly number[] {
  const values = [...new Set(sorted)];
  if (values.length <= FEW) return values.slice(1);
  const tenths = Array.from(
    { length: WANTED - 1 },
    (_unused, i) => sorted[Math.floor(((i + 1) * sorted.length) / WANTED)] ?? 0,
  );
  return [...new Set(tenths.map(twoDigits))];
}

function twoDigits(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(2));
}

function large(sorted: readonly number[], edges: readonly number[], least: number): readonly number[] {
  const kept: number[] = [];
  let from = 0;
  for (const edge of edges) {
    const to = sorted.findIndex((value) => value >= edge);
    if (to < 0 || to - from < least || sorted.length - to < least) continue;
    kept.push(edge);
    from = to;
  }
  return kept;
}

/** Takes away edges until the share of defaults never goes against the direction. */
function oneWay(
  values: readonly (Value | undefined)[],
  bad: readonly boolean[],
  edges: readonly number[],
  direction: 'worse' | 'better',
): readonly number[] {
  let kept = edges;
  for (;;) {
    const shares = sharesOf(values, bad, { kind: 'edges', edges: kept });
    const against = kept.findIndex((_edge, i) => {
      const rises = (shares[i + 1] ?? 0) > (shares[i] ?? 0);
      return direction === 'worse' ? !rises : rises;
    });
    if (against < 0) return kept;
    kept = kept.filter((_edge, i) => i !== against);
  }
}

function sharesOf(
  values: readonly (Value | undefined)[],
  bad: readonly boolean[],
  cut: Cut & { readonly kind: 'edges' },
): readonly number[] {
  const all = new Array<number>(cut.edges.length + 1).fill(0);
  const failed = [...all];
  values.forEach((value, i) => {
    const place = binOf(cut, value);
    if (place === null) return;
    all[place] = (all[place] ?? 0) + 1;
    if (bad[i] === true) failed[place] = (failed[place] ?? 0) + 1;
  });
  return all.map((count, i) => (failed[i] ?? 0) / Math.max(1, count));
}

/**
 * Weight of evidence of each bin: the logarithm of how much commoner it is among those who paid than among those who
 * did not. Half an account is added to each side, so that an empty one stays finite.
 */
export function evidence(
  cut: Cut,
  values: readonly (Value | undefined)[],
  bad: readonly boolean[],
): readonly number[] {
  const size = (cut.kind === 'edges' ? cut.edges : cut.words).length + 1;
  const paid = new Array<number>(size).fill(0.5);
  const failed = new Array<number>(size).fill(0.5);
  values.forEach((value, i) => {
    const place = binOf(cut, value);
    if (place === null) return;
    const side = bad[i] === true ? failed : paid;
    side[place] = (side[place] ?? 0) + 1;
  });
  const total = (side: readonly number[]): number => side.reduce((sum, count) => sum + count, 0);
  const [allPaid, allFailed] = [total(paid), total(failed)];
  return paid.map((count, i) => Math.log(count / allPaid / ((failed[i] ?? 0) / allFailed)));
}
