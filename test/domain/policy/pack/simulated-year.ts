import { loadPacks } from '../../../../src/book/policy/shipped';
import { standing } from '../../../../src/domain/delinquency/standing';
import { gate, type Known } from '../../../../src/domain/policy/gate';
import { HAPPENINGS } from '../../../../src/domain/policy/pack/happenings';
import { indexLedger } from '../../../../src/domain/policy/pack/index-ledger';
import type { Attempt, Happening, LedgerIndex } from '../../../../src/domain/policy/pack/ledger';
import { lookBackOf } from '../../../../src/domain/policy/pack/look-back';
import type { Pack } from '../../../../src/domain/policy/pack/pack';
import type { PolicyRequest } from '../../../../src/domain/policy/pack/request';
import {
  OUTCOMES,
  PURPOSES,
  ROLES,
  type Outcome,
  type Party,
  type Way,
} from '../../../../src/domain/policy/pack/words';
import type { ContactRules } from '../../../../src/domain/strategy/strategy';
import { account, owes } from '../../../support/small-account';
import { contact, smallStrategy } from '../../../support/small-strategy';
import { isAllowedBy, packDocuments } from './naive-checker';

/**
 * One made-up year of one person: packs from those that ship, accounts, zones, agencies, a strategy's own rules, what
 * happens, and what is asked of the gate. Every contact that the gate allows is judged by the naive checker over the
 * whole ledger, and by the plain reading of the house's rules below; the gate itself is told only as much of the past as
 * the packs look back for, as the book does. The same seed is the same year.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- the documents as the checker takes them */

/** So many days the house's own rules look back at most. */
const HOUSE_DAYS = 10;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = Date.parse('2026-01-02T00:00:00Z');
const LAST = Date.parse('2026-12-20T00:00:00Z');
const CALLS: readonly Way[] = [
  'call',
  'call',
  'call',
  'voice_ai',
  'sms',
  'sms',
  'email',
  'app',
  'letter',
  'visit',
  'voicemail',
];
const THIRD: readonly Party[] = ['contact-person', 'family', 'employer', 'spouse'];

export interface Year {
  readonly asked: number;
  readonly allowed: number;
  readonly deferred: number;
  readonly blocked: number;
  readonly reviewed: number;
}

/** Whole packs, each read once. */
const loaded = new Map<string, readonly Pack[]>();
function packsOf(names: readonly string[]): readonly Pack[] {
  const key = names.join(' ');
  const known = loaded.get(key) ?? loadPacks(names);
  loaded.set(key, known);
  return known;
}
const NAMES = Object.keys(packDocuments).sort();
const STATE = account('2026-01-01', [owes('o1', '2026-01-01', 50_000)]);
const STEP = contact('R1', [1]);

/** Throws with everything that is needed to see why, where a contact was allowed that breaks a rule. */
export function simulateYear(seed: number): Year {
  const random = generator(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const often = (share: number): boolean => random() < share;
  const names = often(0.25) ? [pick(NAMES), pick(NAMES)] : [pick(NAMES)];
  const packs = packsOf([...new Set(names)]);
  const all = packs.flatMap((pack) => pack.zones);
  const zones = often(0.1) ? [] : [...new Set([pick(all), ...(often(0.3) ? [pick(all)] : [])])];
  const accounts = ['A', 'B', 'C'].slice(0, 1 + Math.floor(random() * 3));
  const role = often(0.5) ? 'original-creditor' : pick(ROLES);
  const rules = houseRules(random);
  const strategy = smallStrategy([STEP], { contact: rules });
  const disclosures = [
    ...new Set<string>(
      packs.flatMap(({ name }) => packDocuments[name].rules.flatMap((rule: any) => rule.disclosures ?? [])),
    ),
  ];
  const sources: string[] = packs.flatMap(({ rules: all }) =>
    all.flatMap((rule) => (rule.kind === 'conduct' ? (rule.endpointSources ?? []) : [])),
  );
  const look = lookBackOf(packs);
  const wanted = HAPPENINGS.filter((name) => look.happenings.has(name));

  const attempts: Attempt[] = [];
  const happenings: Happening[] = [];
  const ledger: any[] = [];
  const count = { asked: 0, allowed: 0, deferred: 0, blocked: 0, reviewed: 0 };
  let spokenAt: number | null = null;

  const keep = (entry: any): void => {
    // In order, as the checker walks it.
    let place = ledger.length;
    while (place > 0 && ledger[place - 1].at > entry.at) place -= 1;
    ledger.splice(place, 0, entry);
  };
  const made = (attempt: Attempt): void => {
    attempts.push(attempt);
    const { channel, ...rest } = attempt;
    keep(plain({ ...rest, attempt: channel }));
    if (['conversation', 'met'].includes(attempt.outcome) && attempt.party === 'debtor')
      spokenAt = Math.max(spokenAt ?? 0, Date.parse(attempt.at));
  };

  /** Attempts of so many days back: those of later ones are there as well. */
  const near = (ms: number, days: number): readonly Attempt[] => {
    const from = iso(ms - Math.min(days, 4_000) * DAY);
    let first = attempts.length;
    while (first > 0 && (attempts[first - 1]?.at ?? '') >= from) first -= 1;
    return attempts.slice(first);
  };
  let index: { readonly size: number; readonly of: LedgerIndex } | null = null;
  const indexed = (ms: number): LedgerIndex => {
    const size = ledger.length;
    if (index?.size !== size)
      index = { size, of: indexLedger({ attempts: near(ms, look.attemptDays), happenings }) };
    return index.of;
  };

  /** Asks, and judges what is allowed. Answers when to ask again. */
  const ask = (request: PolicyRequest, ms: number, expected: boolean): number | null => {
    const now = iso(ms);
    count.asked += 1;
    const known: Known = {
      open: true,
      account: STATE,
      standing: STANDING,
      zone: zones[0] ?? null,
      hasEndpoint: true,
      path: 'N',
      spokenAt: spokenAt === null ? null : iso(spokenAt),
      attempts: near(ms, HOUSE_DAYS),
      ...(request.channel === 'visit' ? { visit: VISIT } : {}),
      policy: { request, packs, missing: [], ledger: indexed(ms) },
    };
    const answer = gate({ step: STEP, channel: request.channel ?? '', now }, known, strategy);
    const say = (what: string): never => {
      throw new Error(
        `year ${seed}: ${what} at ${now}: ${JSON.stringify({ names, answer, request, rules })}`.slice(
          0,
          3_000,
        ),
      );
    };
    switch (answer.gate) {
      case 'block':
      case 'review':
        if (expected) say('no longer allowed at the moment that was named');
        count[answer.gate === 'block' ? 'blocked' : 'reviewed'] += 1;
        return null;
      case 'defer':
        count.deferred += 1;
        if (expected) say('put off again at the moment that was named');
        return Date.parse(answer.until);
      default:
    }
    count.allowed += 1;
    if (!isAllowedBy(names, asWritten(request), ledger, ms)) say('allowed against a rule of the packs');
    const wrong = brokenByHouse(
      rules,
      request,
      ms,
      answer.law?.zones ?? zones,
      zones,
      near(ms, HOUSE_DAYS),
      spokenAt,
    );
    if (wrong !== null) say(`allowed against the house's ${wrong}`);
    made({
      at: now,
      channel: request.channel ?? 'call',
      outcome: outcomeOf(request, pick, often),
      account: request.account,
      ...(often(0.1) ? { also: [pick(accounts)] } : {}),
      person: 'P',
      endpoint: request.endpoint,
      place: request.place,
      creditor: 'bank',
      agent: 'bank',
      party: request.party ?? 'debtor',
      reached: request.reached,
      purpose: request.purpose,
      reserved: true,
      waivers: [],
    });
    return null;
  };

  let ms = FIRST + Math.floor(random() * DAY);
  let busyUntil = 0;
  while (ms < LAST) {
    // Days of many attempts, and weeks of few.
    if (often(0.015)) busyUntil = ms + 2 * DAY;
    ms += Math.floor(random() * (ms < busyUntil ? 5 : 140) * HOUR) + 1_000;
    if (often(0.06))
      happenings.push(
        ...[happening(ms, wanted, accounts, pick, often)].map((one) => (keep(plain(one)), one)),
      );
    if (often(0.12)) {
      // An agency's own attempt: nobody asked this gate, and it counts.
      const outcome = pick(OUTCOMES);
      made({
        at: iso(ms),
        channel: pick(CALLS),
        outcome,
        account: pick(accounts),
        person: 'P',
        endpoint: null,
        place: null,
        creditor: 'bank',
        agent: 'other',
        party: 'debtor',
        reached: null,
        purpose: null,
        reserved: often(0.5),
        waivers: [],
      });
    }
    const channel = pick(CALLS);
    const third = often(0.08);
    const request: PolicyRequest = {
      action: 'contact',
      role,
      product: 'credit_card',
      channel,
      person: 'P',
      creditor: 'bank',
      agent: 'bank',
      party: third ? pick(THIRD) : often(0.05) ? 'guarantor' : 'debtor',
      place: channel === 'visit' ? pick(['home', 'home', 'work', 'elsewhere']) : often(0.05) ? null : 'home',
      purpose: third ? pick(['locate', 'relay', 'collect']) : often(0.8) ? 'collect' : pick(PURPOSES),
      account: pick(accounts),
      endpoint: `${channel === 'sms' || channel === 'voicemail' ? 'call' : channel}-${often(0.8) ? 1 : 2}`,
      reached: third ? pick(['T', 'S']) : null,
      endpointSource: often(0.97) ? (sources.length > 0 ? pick(sources) : 'contract') : null,
      endpointKind: often(0.97) ? 'personal' : 'work-email',
      zones,
      staff: 2,
      recording: 'audio-video',
      disclosures,
      tellsOfDebt: !third,
      text: null,
      means: [],
      waivers: [],
      facts: {},
      agency: null,
      record: null,
    };
    const until = ask(request, ms, false);
    // Half of those who are told when come then, and nothing has happened in between.
    if (until !== null && until < LAST && until - ms < 20 * DAY && often(0.5)) {
      ask(request, until, true);
      ms = until;
    }
  }
  return count;
}

const STANDING = standing(STATE, smallStrategy([]).counting, '2026-03-10');
const VISIT = {
  party: [
    { ref: 's1', identification: '1' },
    { ref: 's2', identification: '2' },
  ],
  place: null,
};

function houseRules(random: () => number): ContactRules {
  const hours = (from: number, length: number) => [
    {
      from: `${String(from).padStart(2, '0')}:00`,
      to: `${String(Math.min(23, from + length)).padStart(2, '0')}:30`,
    },
  ];
  const some = <T>(share: number, value: T): readonly T[] => (random() < share ? [value] : []);
  return {
    hours: Object.fromEntries(
      ['call', 'sms', 'visit'].flatMap((channel) =>
        some(0.6, [channel, hours(6 + Math.floor(random() * 6), 3 + Math.floor(random() * 14))] as const),
      ),
    ),
    caps: [
      ...some(0.5, { channels: ['call', 'voice_ai'], max: 1 + Math.floor(random() * 4), days: 1 }),
      ...some(0.5, { channels: ['call', 'sms', 'email'], max: 3 + Math.floor(random() * 9), days: 7 }),
    ],
    rest: random() < 0.4 ? { N: Math.floor(random() * 4) } : {},
    closedOn: some(0.5, '05-01'),
  };
}

/** The house's rules read plainly, in the zone that is known or in all that were asked; null: none is broken. */
function brokenByHouse(
  rules: ContactRules,
  { channel }: PolicyRequest,
  ms: number,
  asked: readonly string[],
  own: readonly string[],
  attempts: readonly Attempt[],
  spokenAt: number | null,
): string | null {
  for (const zone of own.length > 0 ? own.slice(0, 1) : asked) {
    const [day = '', time = ''] = local(ms, zone).split(' ');
    const hours = rules.hours[channel ?? ''];
    if (hours?.every(({ from, to }) => time.slice(0, 5) < from || time.slice(0, 5) >= to) === true)
      return 'hours';
    if (rules.closedOn.some((one) => day.endsWith(one))) return 'closed day';
    const apart = (other: number): number =>
      Math.round((Date.parse(day) - Date.parse(local(other, zone).slice(0, 10))) / DAY);
    if (spokenAt !== null && apart(spokenAt) < (rules.rest?.['N'] ?? 0)) return 'rest';
    for (const cap of rules.caps) {
      if (!cap.channels.includes(channel ?? '')) continue;
      const near = attempts.filter(
        (one) => cap.channels.includes(one.channel) && Math.abs(apart(Date.parse(one.at))) < cap.days,
      );
      if (near.length >= cap.max) return `cap of ${cap.max} in ${cap.days}`;
    }
  }
  return null;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function local(ms: number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  return format.format(ms);
}

type Pick = <T>(values: readonly T[]) => T;

function outcomeOf({ channel }: PolicyRequest, pick: Pick, often: (share: number) => boolean): Outcome {
  if (often(0.1)) return pick(['unknown', 'open', 'refused']);
  if (channel === 'call' || channel === 'voice_ai')
    return pick([
      'unanswered',
      'unanswered',
      'unanswered',
      'conversation',
      'third-party',
      'left-message',
      'invalid',
    ]);
  if (channel === 'visit') return pick(['met', 'not-met']);
  return pick(['sent', 'delivered', 'undelivered']);
}

function happening(
  ms: number,
  wanted: readonly Happening['event'][],
  accounts: readonly string[],
  pick: Pick,
  often: (share: number) => boolean,
): Happening {
  const event = wanted.length > 0 ? pick(wanted) : 'settled';
  const of = <T>(share: number, value: T): T | null => (often(share) ? value : null);
  return {
    at: iso(ms),
    event,
    account: of(0.7, pick(accounts)),
    person: 'P',
    endpoint: of(0.4, `call-${often(0.5) ? 1 : 2}`),
    channel: of(0.5, pick(['call', 'sms', 'email', 'visit'])),
    about:
      event === 'closed-day'
        ? pick(['bereavement', 'wedding', 'religious-festival'])
        : of(0.8, pick(['T', 'contact', 'autodialled', 'third-party', 'other-place'])),
    says: event === 'consent' ? pick(['given', 'given', 'refused']) : null,
    form: of(0.8, pick(['oral', 'express', 'written'])),
    scope: event === 'opt-out' ? pick(['endpoint', 'endpoint', 'channel']) : null,
    until: of(0.5, iso(ms + Math.floor(20 * DAY))),
    not:
      event === 'preference'
        ? {
            days: of(0.7, pick([['fri'], ['sat', 'sun']] as const)),
            from: '09:00',
            to: '17:00',
            places: null,
            channels: null,
          }
        : null,
  };
}

/** A request as a document says it. */
function asWritten(request: PolicyRequest): any {
  const { endpointSource, endpointKind, tellsOfDebt, ...rest } = request;
  return plain({
    ...rest,
    endpoint_source: endpointSource,
    endpoint_kind: endpointKind,
    tells_of_debt: tellsOfDebt,
  });
}

/** Without what is not known, as a document leaves it out. */
function plain(value: any): any {
  if (Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([key, inner]) => [key, key === 'not' ? plain(inner) : inner]),
  );
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A small generator of numbers from 0 to 1: the same seed gives the same row. */
function generator(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
