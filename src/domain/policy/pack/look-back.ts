import { rulesOf, type Spoken } from './applies';
import type { HappeningName } from './happenings';
import type { Pack } from './pack';
import type { Period, Rule } from './rule';

/** What of the past a pack asks for: more of it need not be read. */
export interface LookBack {
  /** So many days of attempts; Infinity: all of them. */
  readonly attemptDays: number;
  /** Happenings that one of its rules names. */
  readonly happenings: ReadonlySet<HappeningName>;
}

const known = new WeakMap<readonly Rule[], LookBack>();

/** Over several packs. */
export function lookBackOf(packs: readonly Pack[]): LookBack {
  const each = packs.map(({ rules }) => {
    const before = known.get(rules);
    if (before !== undefined) return before;
    const made = {
      attemptDays: Math.max(0, ...rules.map(daysOf)),
      happenings: new Set(rules.flatMap(namesIn)),
    };
    known.set(rules, made);
    return made;
  });
  return {
    attemptDays: Math.max(0, ...each.map(({ attemptDays }) => attemptDays)),
    happenings: new Set(each.flatMap(({ happenings }) => [...happenings])),
  };
}

/** The same for one contact: rules that do not speak of it ask for no attempts. What of it is null matches. */
export function lookBackFor(packs: readonly Pack[], request: Spoken): LookBack {
  const rules = rulesOf(packs, request).map(({ rule }) => rule);
  return { ...lookBackOf(packs), attemptDays: Math.max(0, ...rules.map(daysOf)) };
}

/** How far unanswered calls in a row are followed back to unlock a third party. */
const THIRD_PARTY_DAYS = 400;

/** A day more than is needed at least: days begin at other moments elsewhere. */
function daysOf(rule: Rule): number {
  if (rule.kind === 'cooldown') return days(rule.wait);
  if (rule.kind === 'third-party') return rule.begins === 'locked' ? THIRD_PARTY_DAYS : 0;
  if (rule.kind !== 'cap') return 0;
  const { period } = rule;
  if ('ever' in period) return Infinity;
  if ('rolling' in period)
    return period.unit === 'hour' ? Math.ceil(period.rolling / 24) + 2 : period.rolling + 2;
  return { day: 1, week: 7, month: 31 }[period.calendar] + 2;
}

function days({ n, unit }: Period): number {
  switch (unit) {
    case 'hour':
      return Math.ceil(n / 24) + 2;
    case 'day':
      return n + 2;
    case 'business-day':
      // Five in seven, and a long holiday in between.
      return n * 2 + 14;
    case 'month':
      return n * 31 + 2;
    case 'year':
      return n * 366 + 2;
  }
}

function namesIn(rule: Rule): readonly HappeningName[] {
  switch (rule.kind) {
    case 'consent':
      return ['consent', 'opt-out'];
    case 'preference':
      return ['preference'];
    case 'window':
      return rule.closedOn.length > 0 ? ['closed-day'] : [];
    case 'third-party':
      return [
        ...(['third-party-refused', 'found', 'endpoint-invalid', 'consent', 'offered-to-pay'] as const),
        ...rule.unlockedBy.flatMap((unlock) => (unlock.when === 'status' ? unlock.any : [])),
      ];
    case 'hold':
      return [...rule.startedBy, ...('on' in rule.ends ? rule.ends.on : [])];
    case 'gate':
      return [
        ...(rule.once ?? []),
        ...rule.needs.flatMap((need) => (need.of === 'event' ? [...need.any, ...need.voidedBy] : [])),
      ];
    case 'deadline':
      return [...rule.startedBy, ...rule.must];
    case 'clock':
      return [...rule.starts, ...rule.restartedBy, ...rule.pausedBy.flatMap(({ from, to }) => [from, to])];
    case 'retention':
      return [...(rule.starts === 'record' ? [] : rule.starts), ...(rule.untilEvent ?? [])];
    default:
      return [];
  }
}
