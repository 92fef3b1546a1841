import type { BureauRules } from '../../domain/bureau/reporting';
import type { Period } from '../../domain/policy/pack/rule';
import { loadPacks } from '../../book/policy/shipped';

/** What holds where no pack says anything: answers within thirty days, and nothing of how long is told. [house] */
const HOUSE: BureauRules = { pack: null, version: null, answerDays: 30, retention: null, by: [] };
const DAYS: Readonly<Record<Period['unit'], number>> = {
  hour: 0,
  day: 1,
  'business-day': 1,
  month: 28,
  year: 365,
};
const OBJECTIONS: ReadonlySet<string> = new Set(['objection', 'direct-dispute', 'bureau-dispute']);

/**
 * What a rule pack says of bureaus: within how many days an objection is answered (its shortest deadline), and after how
 * many years nothing adverse is told any more. Throws POLICY_UNKNOWN and what is wrong with the pack.
 */
export function rulesOfPack(name: string | null): BureauRules {
  if (name === null) return HOUSE;
  const packs = loadPacks([name]);
  const rules = packs.flatMap((pack) => pack.rules);
  const by: string[] = [];
  let answerDays = HOUSE.answerDays;
  for (const rule of rules) {
    if (rule.kind !== 'deadline' || !rule.startedBy.some((one) => OBJECTIONS.has(one))) continue;
    answerDays = by.length === 0 ? daysOf(rule.within) : Math.min(answerDays, daysOf(rule.within));
    by.push(rule.id);
  }
  let retention: BureauRules['retention'] = null;
  for (const rule of rules) {
    if (rule.kind === 'clock' && rule.clock === 'reporting' && rule.length.unit === 'year') {
      retention = { years: rule.length.n, from: 'first-delinquency' };
      by.push(rule.id);
    }
    if (rule.kind === 'retention' && rule.records.includes('adverse-entry') && rule.atMost?.unit === 'year') {
      retention = { years: rule.atMost.n, from: 'delinquency-ended' };
      by.push(rule.id);
    }
  }
  return { pack: name, version: packs.at(-1)?.version ?? null, answerDays, retention, by };
}

/** Calendar days that a period has at least: earlier is right, later is not. */
function daysOf({ n, unit }: Period): number {
  return unit === 'hour' ? Math.floor(n / 24) : n * DAYS[unit];
}
