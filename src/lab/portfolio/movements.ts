import type { Random } from './random';

/**
 * How many months late an account is one month after it was so many months late: shares of ten thousand, measured on
 * "Default of Credit Card Clients" (I-Cheng Yeh, UCI Machine Learning Repository, 2016, CC BY 4.0), April to September
 * 2005, 30,000 accounts. A status of 1 or more is that many months late; 0 stands for -2, -1 and 0.
 *
 * The file counts on the day after the due date, when a first missed minimum is still in grace: so 0 is followed by 2.
 */
type Shares = readonly [Share, ...Share[]];
type Share = readonly [monthsLate: number, share: number];
type Movement = Readonly<Record<number, Shares>>;

/** Few accounts are so late: measured over all months. */
// prettier-ignore
const VERY_LATE: Movement = {
  1: [[1, 1]],
  5: [[0, 349], [2, 2093], [3, 698], [4, 930], [5, 1395], [6, 4535]],
  6: [[0, 392], [2, 980], [3, 196], [4, 196], [5, 392], [6, 784], [7, 7059]],
  7: [[2, 2963], [3, 106], [6, 53], [7, 6667], [8, 212]],
  8: [[2, 3750], [4, 1250], [7, 1250], [8, 3750]],
};

/** April to May, … August to September. */
// prettier-ignore
const MONTHS: readonly [Movement, ...Movement[]] = [
  {
    0: [[0, 9680], [2, 320]],
    2: [[0, 3362], [2, 6153], [3, 484]],
    3: [[0, 2228], [2, 2554], [3, 2011], [4, 3207]],
    4: [[2, 1837], [3, 1020], [4, 4694], [5, 2449]],
    7: [[7, 1]],
    8: [[7, 1], [8, 1]],
  },
  {
    0: [[0, 9536], [2, 464]],
    2: [[0, 2624], [1, 4], [2, 6874], [3, 499]],
    3: [[0, 1124], [2, 4382], [3, 2303], [4, 2191]],
    4: [[0, 357], [2, 2500], [3, 476], [4, 3095], [5, 3571]],
    7: [[3, 172], [6, 172], [7, 9484], [8, 172]],
    8: [[8, 1]],
  },
  {
    0: [[0, 9387], [2, 613]],
    2: [[0, 2830], [1, 3], [2, 6521], [3, 646]],
    3: [[0, 1222], [2, 4333], [3, 1833], [4, 2611]],
    4: [[0, 580], [2, 2754], [3, 435], [4, 3768], [5, 2464]],
    7: [[2, 5345], [7, 4310], [8, 345]],
  },
  {
    0: [[0, 9418], [1, 9], [2, 574]],
    2: [[0, 3208], [1, 5], [2, 6028], [3, 759]],
    3: [[0, 1917], [2, 3667], [3, 1000], [4, 3417]],
    4: [[0, 526], [2, 2895], [3, 1184], [4, 2105], [5, 3289]],
    7: [[2, 9259], [3, 370], [8, 370]],
  },
  {
    0: [[0, 8894], [1, 718], [2, 388]],
    2: [[0, 998], [1, 4258], [2, 4051], [3, 693]],
    3: [[0, 1442], [1, 3344], [2, 2178], [3, 1258], [4, 1779]],
    4: [[0, 505], [1, 3232], [2, 1414], [3, 808], [4, 1515], [5, 2525]],
    5: [[0, 1200], [1, 2800], [3, 400], [4, 1200], [6, 4400]],
    6: [[1, 1667], [5, 833], [7, 7500]],
    7: [[1, 500], [8, 9500]],
  },
];

/** After the file's last month: April to August together, in which a status of 1 goes on as 2 does. */
// prettier-ignore
const ALWAYS: Movement = {
  ...VERY_LATE,
  0: [[0, 9509], [2, 491]],
  1: [[0, 3022], [1, 6364], [2, 614]],
  2: [[0, 3022], [2, 6364], [3, 614]],
  3: [[0, 1650], [2, 3721], [3, 1726], [4, 2903]],
  4: [[0, 396], [2, 2554], [3, 755], [4, 3273], [5, 3022]],
};

/** In April 2005. */
// prettier-ignore
const FIRST: Shares = [[0, 26921], [2, 2766], [3, 184], [4, 49], [5, 13], [6, 19], [7, 46], [8, 2]];

/** Months of the measured file. */
export const MEASURED_MONTHS = MONTHS.length + 1;

/** Months late of one account, month after month, moving as the file does. */
export function monthsLate(random: Random, months: number): number[] {
  const path = [random.weighted(FIRST)];
  while (path.length < months) path.push(following(path[path.length - 1] ?? 0, path.length - 1, random));
  return path;
}

/** Goes on beyond the end of a given path. */
export function goOn(path: readonly number[], months: number, random: Random): number[] {
  const longer = [...path];
  while (longer.length < months) {
    longer.push(random.weighted(ALWAYS[Math.min(8, longer[longer.length - 1] ?? 0)] ?? FIRST));
  }
  return longer;
}

function following(late: number, month: number, random: Random): number {
  const measured = MONTHS[month];
  const shares = measured === undefined ? ALWAYS[late] : (measured[late] ?? VERY_LATE[late]);
  return shares === undefined ? late : random.weighted(shares);
}

export interface Movements {
  readonly enter: number;
  readonly cure: number;
  readonly worse: number;
  readonly same: number;
  readonly better: number;
}

/** How many accounts became late, cured, worsened, stayed or bettered from that month to the next. */
export function countMovements(paths: readonly (readonly number[])[], month: number): Movements {
  const counted = { enter: 0, cure: 0, worse: 0, same: 0, better: 0 };
  for (const path of paths) {
    const from = path[month] ?? 0;
    const to = path[month + 1] ?? 0;
    if (from === 0) counted.enter += to > 0 ? 1 : 0;
    else if (to === 0) counted.cure += 1;
    else if (to > from) counted.worse += 1;
    else if (to < from) counted.better += 1;
    else counted.same += 1;
  }
  return counted;
}
