import { isZone } from '../../calendar/zone';
import type { Instant, Zone } from '../../units';
import type { OpenDuty, PolicyAnswer, RunningClock, Spoken } from './answer';
import { isInForce, lastDayOf, rulesOf, type Placed } from './applies';
import { judge } from './judge';
import { openDuties } from './kinds/deadline';
import { expiryOf } from './kinds/clock';
import type { LedgerIndex } from './ledger';
import { DAY_MS, HORIZON_DAYS, localMoment, startOf, type Moment } from './moment';
import type { Pack } from './pack';
import { UnknownYear } from './period';
import type { PolicyRequest } from './request';
import type { Verdict } from './verdict';

const MOST_TURNS = 3000;

/**
 * What the packs say of a request, now. Any rule that refuses blocks, any that cannot know asks a human, and rules of
 * time put off to the earliest moment at which all of them agree: whoever waits is asked again at the end of the wait,
 * for it may fall into another's. No rule takes back what another says. Pure; throws nothing.
 */
export function decide(
  request: PolicyRequest,
  packs: readonly Pack[],
  ledger: LedgerIndex,
  now: Instant,
): PolicyAnswer {
  const start = Date.parse(now);
  const { zones, narrowed, unknown } = zonesFor(request, packs);
  const placed = rulesOf(packs, request);
  const spoken: Spoken[] = [];
  const answered = (answer: PolicyAnswer['answer'], until: number | null): PolicyAnswer => ({
    answer,
    until: until === null ? null : iso(until),
    at: now,
    rules: spoken,
    ...standing(placed, request, {
      ms: start,
      zones: zones.map((zone) => localMoment(start, zone)),
      ledger,
      holidays: {},
    }),
    packs: packs.map(({ name, version, holidays: { name: table, version: hash } }) => {
      return { name, version, holidays: { name: table, version: hash } };
    }),
    zones,
    narrowed,
  });
  const missing = unknown ?? whatIsMissing(request, packs);
  if (missing !== null) {
    spoken.push(ownWords(missing.rule, missing.why, now));
    return answered('review', null);
  }
  let at = start;
  const last = start + horizonOf(request) * DAY_MS;
  for (let turn = 0; turn < MOST_TURNS && at <= last; turn += 1) {
    const next = look(placed, request, { at, turn, zones, ledger }, spoken);
    if (next.answer !== 'wait') return answered(next.answer, null);
    if (next.until <= at) return at === start ? answered('allow', null) : answered('defer', at);
    at = next.until;
  }
  spoken.push(
    ownWords('no-moment', `no moment within ${horizonOf(request)} days at which all rules agree`, now),
  );
  return answered('review', null);
}

/** A contact is planned for this year; a record may be due for deletion, or a step of law free, many years from now. */
const LONG_HORIZON_DAYS = 100 * 366;
const horizonOf = ({ action }: PolicyRequest): number =>
  action === 'contact' ? HORIZON_DAYS : LONG_HORIZON_DAYS;

interface Look {
  readonly at: number;
  readonly turn: number;
  readonly zones: readonly Zone[];
  readonly ledger: LedgerIndex;
}
type Next = { readonly answer: 'block' | 'review' } | { readonly answer: 'wait'; readonly until: number };

/** Asks every rule that is in force at the moment, and notes who spoke. */
function look(
  placed: readonly Placed[],
  request: PolicyRequest,
  { at, turn, zones, ledger }: Look,
  spoken: Spoken[],
): Next {
  const local = zones.map((zone) => localMoment(at, zone));
  const said = iso(at);
  let until = at;
  let worst: 'block' | 'review' | null = null;
  for (const one of placed) {
    const on: Moment = { ms: at, zones: local, ledger, holidays: one.pack.holidays.years };
    if (!isInForce(one, on)) continue;
    const verdict = judge(one.rule, request, on);
    if (turn === 0 || verdict.says !== 'allow') note(spoken, one, verdict, said, turn);
    if (verdict.says === 'block') worst = 'block';
    else if (verdict.says === 'review') worst ??= 'review';
    else if (verdict.says === 'wait') until = Math.max(until, Math.min(verdict.until, endOfRule(one, zones)));
  }
  return worst === null ? { answer: 'wait', until } : { answer: worst };
}

/** The first moment at which a rule that has a last day is gone in every zone: nothing of it is waited for longer. */
function endOfRule(placed: Placed, zones: readonly Zone[]): number {
  const last = lastDayOf(placed);
  return last === Infinity ? Infinity : Math.max(...zones.map((zone) => startOf(last + 1, zone)));
}

/** Each rule once as it spoke first; one that only spoke on the way is added at the moment that was looked at. */
function note(spoken: Spoken[], { rule, pack }: Placed, verdict: Verdict, at: Instant, turn: number): void {
  if (turn > 0) {
    const before = spoken.findIndex(
      (one) => one.rule === rule.id && one.pack === pack.name && one.version === pack.version,
    );
    if (before >= 0 && spoken[before]?.says !== 'allow') return;
    if (before >= 0) spoken.splice(before, 1);
  }
  spoken.push({
    rule: rule.id,
    pack: pack.name,
    version: pack.version,
    kind: rule.kind,
    says: verdict.says === 'wait' ? 'defer' : verdict.says,
    sentence: rule.says,
    why: verdict.says === 'allow' ? null : verdict.why,
    until: verdict.says === 'wait' && verdict.until < Infinity ? iso(verdict.until) : null,
    at,
    sources: rule.sources,
    ofChannels: rule.channels !== null,
  });
}

/** What the core itself says where no pack's rule does. */
function ownWords(rule: string, why: string, at: Instant): Spoken {
  const sources = [{ text: "The engine's own rule", checked: 'house', force: 'house' }] as const;
  return {
    ...{ rule, pack: '', version: '', kind: 'conduct', says: 'review', until: null, at },
    ...{ sentence: 'What is not known asks a person.', why, sources, ofChannels: false },
  };
}

/** What must be known before any rule can be asked, and is not. */
interface Missing {
  readonly rule: string;
  readonly why: string;
}

function whatIsMissing(request: PolicyRequest, packs: readonly Pack[]): Missing | null {
  if (packs.length === 0) return { rule: 'no-law', why: 'no pack says what law governs this' };
  if (request.role !== null) return null;
  return { rule: 'role-unknown', why: 'the role of whoever collects is not known' };
}

/**
 * The zones in which it must be a good moment: of the person for a contact, of the jurisdiction's offices for all else.
 * Where nobody knows the person's, everywhere in the jurisdiction: that narrows.
 */
function zonesFor(
  { action, zones }: PolicyRequest,
  packs: readonly Pack[],
): { readonly zones: readonly Zone[]; readonly narrowed: boolean; readonly unknown: Missing | null } {
  const wrong = zones.find((zone) => !isZone(zone));
  const offices = [...new Set(packs.flatMap((pack) => pack.zones.slice(0, 1)))];
  if (wrong !== undefined) {
    const unknown = { rule: 'zone-unknown', why: `there is no zone ${wrong}` };
    return { zones: offices, narrowed: false, unknown };
  }
  if (action !== 'contact') return { zones: offices, narrowed: false, unknown: null };
  if (zones.length > 0) return { zones: [...new Set(zones)], narrowed: false, unknown: null };
  return { zones: [...new Set(packs.flatMap((pack) => pack.zones))], narrowed: true, unknown: null };
}

/** Duties that are open and clocks that run, for whoever plans: they refuse nothing by themselves. */
function standing(
  placed: readonly Placed[],
  request: PolicyRequest,
  on: Moment,
): { readonly duties: readonly OpenDuty[]; readonly clocks: readonly RunningClock[] } {
  const duties: OpenDuty[] = [];
  const clocks: RunningClock[] = [];
  for (const one of placed) {
    const { rule, pack } = one;
    if ((rule.kind !== 'deadline' && rule.kind !== 'clock') || !isInForce(one, on)) continue;
    const own: Moment = { ...on, holidays: pack.holidays.years };
    try {
      if (rule.kind === 'clock') {
        const expires = expiryOf(rule, request, own);
        clocks.push({ rule: rule.id, clock: rule.clock, expires: expires === null ? null : iso(expires) });
      } else {
        for (const by of openDuties(rule, request, own))
          duties.push({ rule: rule.id, must: rule.must, by: iso(by) });
      }
    } catch (error) {
      // Where no table has the year, the rule itself asks a human above.
      if (!(error instanceof UnknownYear)) throw error;
    }
  }
  return { duties, clocks };
}

const iso = (ms: number): Instant => new Date(ms).toISOString();
