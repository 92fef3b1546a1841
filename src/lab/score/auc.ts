/**
 * The chance that of two accounts, one of which defaulted, the one that did has the lower score; ties count half.
 * Half means that the score knows nothing.
 */
export function auc(scores: readonly number[], defaulted: readonly boolean[]): number {
  const ranked = scores.map((score, i) => ({ score, bad: defaulted[i] === true }));
  ranked.sort((a, b) => b.score - a.score);
  let ranks = 0;
  let bad = 0;
  for (let i = 0; i < ranked.length;) {
    let end = i;
    while (end < ranked.length && ranked[end]?.score === ranked[i]?.score) end += 1;
    const rank = (i + 1 + end) / 2;
    for (; i < end; i += 1) {
      if (ranked[i]?.bad !== true) continue;
      ranks += rank;
      bad += 1;
    }
  }
  return (ranks - (bad * (bad + 1)) / 2) / (bad * (ranked.length - bad));
}
