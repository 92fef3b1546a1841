import { WEEKDAYS } from '../words';
import type { FactTest, Need, Period, Rule, RuleBase, Unlock, Waiver } from '../rule';
import type { PackDocument, RuleDocument } from './pack.schema';
import type { WrittenPeriod } from './shapes';

/** What a pack counts by where a rule does not say. */
export type Counting = PackDocument['counting'];

const many = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
const orNull = <T>(value: T | undefined): T | null => value ?? null;

export function compilePeriod(written: WrittenPeriod, counting: Counting): Period {
  const { length, first, roll } =
    typeof written === 'string' ? { length: written, first: undefined, roll: undefined } : written;
  const [n = '0', ...unit] = length.split(' ');
  return {
    n: Number(n),
    unit: unit.join('-').replace(/s$/, '') as Period['unit'],
    first: first ?? counting.first,
    roll: roll ?? counting.roll,
  };
}

/** One written rule into its decided form. Whatever a list leaves out is null: it speaks of all. */
export function compileRule(written: RuleDocument, counting: Counting): Rule {
  const period = (value: WrittenPeriod | undefined): Period | null =>
    value === undefined ? null : compilePeriod(value, counting);
  const waivers = (list: RuleDocument['waived_by']): readonly Waiver[] =>
    (list ?? []).map((one) =>
      typeof one === 'string' ? { by: one, within: null } : { by: one.by, within: period(one.within) },
    );
  const base = baseOf(written, waivers(written.waived_by));
  switch (written.kind) {
    case 'window':
      return {
        ...base,
        kind: 'window',
        open: written.open.map(({ days, from, to }) => ({ days: days ?? WEEKDAYS, from, to })),
        closedOn: written.closed_on ?? [],
      };
    case 'cap':
      return {
        ...base,
        kind: 'cap',
        max: written.max,
        counts: written.counts,
        per: written.per,
        across: written.across ?? 'all',
        period:
          'calendar' in written.period
            ? { calendar: written.period.calendar, weekStarts: written.period.week_starts ?? 'mon' }
            : written.period,
        notCounted: {
          outcomes: written.not_counted?.outcomes ?? [],
          under: waivers(written.not_counted?.under),
          purposes: written.not_counted?.purposes ?? [],
        },
      };
    case 'cooldown':
      return {
        ...base,
        kind: 'cooldown',
        after: written.after,
        afterBy: orNull(written.after_by),
        wait: compilePeriod(written.wait, counting),
        per: written.per,
      };
    case 'third-party':
      return {
        ...base,
        kind: 'third-party',
        begins: written.begins,
        unlockedBy: (written.unlocked_by ?? []) as readonly Unlock[],
        lockedAgain: written.locked_again ?? false,
        purposes: orNull(written.purposes),
        silent: written.silent ?? false,
        endedByRefusal: written.ended_by_refusal ?? false,
      };
    case 'consent':
      return {
        ...base,
        kind: 'consent',
        needs: orNull(written.needs),
        form: written.form ?? 'any',
        lasts: period(written.lasts),
        optOut: written.opt_out ?? false,
      };
    case 'preference':
      return { ...base, kind: 'preference', spokenLasts: period(written.spoken_lasts) };
    case 'hold':
      return {
        ...base,
        kind: 'hold',
        startedBy: many(written.started_by),
        per: written.per ?? 'person',
        ends:
          'on' in written.ends
            ? { on: many(written.ends.on), then: period(written.ends.then) }
            : 'after' in written.ends
              ? { after: compilePeriod(written.ends.after, counting) }
              : { never: true },
      };
    case 'gate':
      return {
        ...base,
        kind: 'gate',
        once: written.once === undefined ? null : many(written.once),
        needs: written.needs.map((need) => compileNeed(need, counting)),
      };
    case 'deadline':
      return {
        ...base,
        kind: 'deadline',
        startedBy: many(written.started_by),
        within: compilePeriod(written.within, counting),
        must: many(written.must),
      };
    case 'conduct':
      return {
        ...base,
        kind: 'conduct',
        minStaff: orNull(written.min_staff),
        recording: orNull(written.recording),
        disclosures: written.disclosures ?? [],
        forbiddenPhrases: (written.forbidden_phrases ?? []).map((phrase) => phrase.toLowerCase()),
        forbiddenMeans: written.forbidden_means ?? [],
        endpointSources: orNull(written.endpoint_sources),
        forbiddenEndpoints: written.forbidden_endpoints ?? [],
      };
    case 'retention':
      return {
        ...base,
        kind: 'retention',
        records: written.records,
        starts: written.starts === undefined || written.starts === 'record' ? 'record' : many(written.starts),
        atLeast: period(written.at_least),
        untilEvent: written.until_event === undefined ? null : many(written.until_event),
        atMost: period(written.at_most),
      };
    case 'clock':
      return {
        ...base,
        kind: 'clock',
        clock: written.clock,
        length: compilePeriod(written.length, counting),
        starts: many(written.starts),
        yearEnd: written.year_end ?? false,
        restartedBy: many(written.restarted_by),
        pausedBy: written.paused_by ?? [],
        longest: period(written.longest),
      };
    case 'agency':
      return {
        ...base,
        kind: 'agency',
        wants: written.wants ?? [],
        reviewedWithin: period(written.reviewed_within),
      };
  }
}

function baseOf(written: RuleDocument, waivedBy: readonly Waiver[]): RuleBase {
  return {
    id: written.id,
    says: written.says,
    sources: written.sources as RuleBase['sources'],
    from: orNull(written.from),
    until: orNull(written.until),
    roles: orNull(written.roles),
    products: orNull(written.products),
    actions: actionsOf(written),
    channels: orNull(written.channels),
    parties: orNull(written.parties),
    places: orNull(written.places),
    spares: written.spares ?? [],
    waivedBy,
    asks: written.asks ?? false,
  };
}

/** What a rule speaks of: what it blocks; a record's keeping; else contact. */
function actionsOf(written: RuleDocument): RuleBase['actions'] {
  if (written.kind === 'retention') return ['delete-record', 'keep-record'];
  if (written.kind === 'agency') return written.blocks === undefined ? ['outsource'] : many(written.blocks);
  if ('blocks' in written && written.blocks !== undefined) return many(written.blocks);
  return 'actions' in written && written.actions !== undefined ? many(written.actions) : ['contact'];
}

type WrittenFact = Pick<
  Extract<(RuleDocument & { kind: 'gate' })['needs'][number], { fact: string }>,
  'fact' | 'is' | 'at_least' | 'at_most'
>;

function factTest({ fact, is, at_least, at_most }: WrittenFact): FactTest {
  if (is !== undefined) return { fact, op: 'is', value: is };
  if (at_least !== undefined) return { fact, op: 'at-least', value: at_least };
  return { fact, op: 'at-most', value: at_most ?? 0 };
}

function compileNeed(written: (RuleDocument & { kind: 'gate' })['needs'][number], counting: Counting): Need {
  if ('fact' in written) {
    const { when } = written;
    return { of: 'fact', ...factTest(written), when: when === undefined ? null : factTest(when) };
  }
  const period = (value: WrittenPeriod | undefined): Period | null =>
    value === undefined ? null : compilePeriod(value, counting);
  return {
    of: 'event',
    any: many(written.event),
    ago: period(written.ago),
    since: written.since ?? 'first',
    within: period(written.within),
    voidedBy: many(written.voided_by),
    count: written.count ?? 1,
    apart: period(written.apart),
    per: written.per ?? 'account',
  };
}
