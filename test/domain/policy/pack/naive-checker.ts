import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/**
 * A second reading of the packs, as plain as can be and sharing no code with the one that decides: it takes the written
 * documents, walks the whole ledger for every rule, and says whether a request is allowed at a moment. Slow on purpose.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- the documents as they are written */
type Doc = any;

/** From the sources as well as from the compiled bench. */
function folderAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderAbove(dirname(folder));
}
const ROOT = join(folderAbove(__dirname), 'policies');

export const packDocuments: Readonly<Record<string, Doc>> = Object.fromEntries(
  readdirSync(ROOT)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [file.replace('.yaml', ''), parse(readFileSync(join(ROOT, file), 'utf8'))]),
);
const years: Record<string, Record<string, Doc>> = {};
for (const file of readdirSync(join(ROOT, 'holidays'))) {
  const doc = parse(readFileSync(join(ROOT, 'holidays', file), 'utf8'));
  (years[doc.calendar] ??= {})[String(doc.year)] = doc;
}

class Unknown extends Error {}

const formats = new Map<string, Intl.DateTimeFormat>();
/** `2026-03-10 21:30:00` on the wall of a zone. */
function wall(ms: number, zone: string): string {
  const known = walls.get(zone)?.get(ms);
  if (known !== undefined) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  const text = format.format(ms);
  const own = walls.get(zone) ?? new Map<number, string>();
  if (own.size > 20_000) own.clear();
  walls.set(zone, own.set(ms, text));
  return text;
}
const walls = new Map<string, Map<number, string>>();
const dateIn = (ms: number, zone: string): string => wall(ms, zone).slice(0, 10);
const timeIn = (ms: number, zone: string): string => wall(ms, zone).slice(11, 16);
const later = new Map<string, string>();
function plus(date: string, days: number): string {
  const known = later.get(`${date} ${days}`);
  if (known !== undefined) return known;
  const found = new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  if (later.size > 50_000) later.clear();
  later.set(`${date} ${days}`, found);
  return found;
}
const apartBy = (a: string, b: string): number =>
  Math.round((Date.parse(`${a}T12:00:00Z`) - Date.parse(`${b}T12:00:00Z`)) / 86_400_000);
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const weekday = (date: string): string => DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] as string;
const at = (entry: Doc): number => Date.parse(entry.at);
const list = (value: Doc): Doc[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function holidayYear(date: string, calendar: string): Doc {
  const found = years[calendar]?.[date.slice(0, 4)];
  if (found === undefined) throw new Unknown();
  return found;
}
const isHoliday = (date: string, calendar: string): boolean => date in holidayYear(date, calendar).closed;
function isWorking(date: string, calendar: string): boolean {
  if (isHoliday(date, calendar)) return false;
  if (date in (holidayYear(date, calendar).working_weekends ?? {})) return true;
  return !['sat', 'sun'].includes(weekday(date));
}

interface Asked {
  readonly request: Doc;
  readonly ledger: readonly Doc[];
  readonly ms: number;
  readonly zones: readonly string[];
}

/** Whether the request is allowed at the moment by every rule of the packs. */
export function isAllowed(
  names: readonly string[],
  request: Doc,
  entries: readonly Doc[],
  ms: number,
): boolean {
  const ledger = entries
    .flatMap((entry) =>
      Array.from({ length: entry.times ?? 1 }, (_, n) => ({
        ...entry,
        at: new Date(at(entry) + n * 60_000).toISOString(),
      })),
    )
    .map((entry) =>
      'attempt' in entry
        ? { outcome: 'unknown', party: 'debtor', account: request.account, person: request.person, ...entry }
        : entry,
    )
    .sort((a, b) => at(a) - at(b));
  return isAllowedBy(names, request, ledger, ms);
}

/** The same of a ledger that is written out and in order already. */
export function isAllowedBy(
  names: readonly string[],
  request: Doc,
  ledger: readonly Doc[],
  ms: number,
): boolean {
  const packs = [...new Set(names.flatMap((name) => [...list(packDocuments[name].on), name]))].map(
    (name) => packDocuments[name],
  );
  if (request.role === undefined) return false;
  const isContact = (request.action ?? 'contact') === 'contact';
  const offices = packs.map((pack) => pack.zones[0]);
  const own = request.zones ?? [];
  const zones = !isContact ? offices : own.length > 0 ? own : packs.flatMap((pack) => pack.zones);
  const asked = { request, ledger, ms, zones };
  return packs.every(
    (pack) => !speaks(pack, request) || pack.rules.every((rule: Doc) => isFine(rule, pack, asked)),
  );
}

const includes = (values: Doc, value: Doc): boolean =>
  values === undefined || value === undefined || values.includes(value);
const speaks = (pack: Doc, request: Doc): boolean =>
  includes(pack.roles, request.role) && includes(pack.products, request.product);

function actionsOf(rule: Doc): string[] {
  if (rule.kind === 'retention') return ['delete-record', 'keep-record'];
  if (rule.blocks !== undefined) return list(rule.blocks);
  if (rule.kind === 'agency') return ['outsource'];
  return rule.actions === undefined ? ['contact'] : list(rule.actions);
}

function isFine(rule: Doc, pack: Doc, asked: Asked): boolean {
  const { request, zones, ms } = asked;
  if (!actionsOf(rule).includes(request.action ?? 'contact')) return true;
  if (!speaks(rule, request) || !includes(rule.channels, request.channel)) return true;
  if (!includes(rule.parties, request.party) || !includes(rule.places, request.place)) return true;
  if (request.purpose !== undefined && (rule.spares ?? []).includes(request.purpose)) return true;
  const inForce = zones.some((zone) => {
    const today = dateIn(ms, zone);
    return [pack, rule].every(({ from = '0000', until = '9999' }) => from <= today && today <= until);
  });
  if (!inForce) return true;
  try {
    if (waived(rule.waived_by, request.waivers, ms, pack, asked)) return true;
    return (CHECKS[rule.kind] as Check)(rule, pack, asked);
  } catch (error) {
    if (error instanceof Unknown) return false;
    throw error;
  }
}

type Check = (rule: Doc, pack: Doc, asked: Asked) => boolean;

/** The last day of a period that began on a date. */
function lastDate(date: string, written: Doc, pack: Doc): string {
  const {
    length,
    first = pack.counting.first,
    roll = pack.counting.roll,
  } = typeof written === 'string' ? { length: written } : written;
  const [count, ...words] = length.split(' ');
  const n = Number(count);
  const unit = words.join(' ').replace(/s$/, '');
  const back = first === 'event-day' ? -1 : 0;
  let last: string;
  if (unit === 'day') last = plus(date, n + back);
  else if (unit === 'business day') {
    last = plus(date, back);
    for (let done = 0; done < n;) {
      last = plus(last, 1);
      if (isWorking(last, pack.holidays)) done += 1;
    }
  } else {
    const months = unit === 'year' ? 12 * n : n;
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
    const end = new Date(Date.UTC(year, month - 1 + months + 1, 0));
    const same = new Date(Date.UTC(year, month - 1 + months, Math.min(day, end.getUTCDate())));
    last = plus(same.toISOString().slice(0, 10), back);
  }
  if (roll) while (!isWorking(last, pack.holidays)) last = plus(last, 1);
  return last;
}

function isOver(from: number, written: Doc, ms: number, pack: Doc, zone: string): boolean {
  const length = typeof written === 'string' ? written : written.length;
  const hours = /^(\d+) hours?$/.exec(length);
  if (hours !== null) return ms >= from + Number(hours[1]) * 3_600_000;
  return dateIn(ms, zone) > lastDate(dateIn(from, zone), written, pack);
}
const overEverywhere = (from: number, period: Doc, ms: number, pack: Doc, { zones }: Asked): boolean =>
  zones.map((zone) => isOver(from, period, ms, pack, zone)).every((over) => over);
const overSomewhere = (from: number, period: Doc, ms: number, pack: Doc, { zones }: Asked): boolean =>
  zones.map((zone) => isOver(from, period, ms, pack, zone)).some((over) => over);

function waived(known: Doc, given: Doc, ms: number, pack: Doc, asked: Asked): boolean {
  return list(known).some((one) => {
    const { by, within } = typeof one === 'string' ? { by: one, within: undefined } : one;
    return list(given).some(
      (waiver) =>
        waiver.by === by &&
        waiver.evidence !== undefined &&
        (waiver.at === undefined || at(waiver) <= ms) &&
        (within === undefined ||
          (waiver.at !== undefined && !overEverywhere(at(waiver), within, ms, pack, asked))),
    );
  });
}

const MESSAGES = ['sms', 'wechat', 'social', 'app', 'email', 'letter', 'voicemail'];
function measures({ outcome, attempt }: Doc, measure: string): boolean {
  if (outcome === 'refused') return false;
  const open = ['open', 'unknown'].includes(outcome);
  switch (measure) {
    case 'attempt':
      return true;
    case 'visit':
      return attempt === 'visit';
    case 'message':
      return MESSAGES.includes(attempt);
    case 'unanswered':
      return open || ['unanswered', 'left-message'].includes(outcome);
    case 'connected':
      return open || ['conversation', 'met', 'third-party'].includes(outcome);
    case 'conversation':
      return open || ['conversation', 'met'].includes(outcome);
    default:
      return open || ['conversation', 'met', 'sent', 'delivered', 'left-message'].includes(outcome);
  }
}
const sameKeys = (one: Doc, request: Doc, keys: readonly string[]): boolean =>
  keys.every(
    (key) =>
      one[key] === undefined ||
      request[key] === undefined ||
      one[key] === request[key] ||
      // A contact that named another account of the person counts for that one, too.
      (key === 'account' && one.also?.includes(request.account)),
  );

/** Happenings of these names up to now that concern the account, or the person. */
function happened(names: Doc, { request, ledger, ms }: Asked, per: string): Doc[] {
  return ledger.filter((one) => {
    if (!list(names).includes(one.event) || at(one) > ms) return false;
    if (per === 'endpoint') return one.endpoint !== undefined && one.endpoint === request.endpoint;
    return sameKeys(one, request, per === 'person' ? ['person'] : ['person', 'account']);
  });
}
const last = (found: readonly Doc[]): number => Math.max(-Infinity, ...found.map(at));

const CHECKS: Readonly<Record<string, Check>> = {
  window(rule, pack, { request, ledger, ms, zones }) {
    return zones.every((zone) => {
      const today = dateIn(ms, zone);
      const closed = list(rule.closed_on);
      if (closed.includes('public-holiday') && isHoliday(today, pack.holidays)) return false;
      const own = ledger.some(
        (one) =>
          one.event === 'closed-day' &&
          closed.includes(one.about) &&
          sameKeys(one, request, ['person']) &&
          dateIn(at(one), zone) <= today &&
          today <= dateIn(one.until === undefined ? at(one) : Date.parse(one.until), zone),
      );
      if (own) return false;
      const now = timeIn(ms, zone);
      return rule.open.some(
        ({ days = DAYS, from, to }: Doc) => days.includes(weekday(today)) && from <= now && now < to,
      );
    });
  },

  cap(rule, pack, asked) {
    const { request, ledger, ms, zones } = asked;
    const not = rule.not_counted ?? {};
    if (request.purpose !== undefined && list(not.purposes).includes(request.purpose)) return true;
    if (waived(not.under, request.waivers, ms, pack, asked)) return true;
    const counted = ledger.filter(
      (one) =>
        'attempt' in one &&
        measures(one, rule.counts) &&
        includes(rule.channels, one.attempt) &&
        includes(rule.parties, one.party) &&
        includes(rule.places, one.place) &&
        !list(not.outcomes).includes(one.outcome) &&
        !(one.purpose !== undefined && [...list(not.purposes), ...list(rule.spares)].includes(one.purpose)) &&
        !waived(not.under, one.waivers, at(one), pack, asked) &&
        sameKeys(one, request, rule.per) &&
        (rule.across !== 'agent' || sameKeys(one, request, ['agent'])),
    );
    const { rolling, unit, calendar, week_starts = 'mon', ever } = rule.period;
    if (ever) return counted.length < rule.max;
    if (unit === 'hour')
      return counted.filter((one) => Math.abs(at(one) - ms) < rolling * 3_600_000).length < rule.max;
    const bucket = (date: string): string => {
      if (calendar === 'day') return date;
      if (calendar === 'month') return date.slice(0, 7);
      let start = date;
      while (weekday(start) !== week_starts) start = plus(start, -1);
      return start;
    };
    return zones.every((zone) => {
      const today = dateIn(ms, zone);
      const near = counted.filter((one) => {
        const date = dateIn(at(one), zone);
        return calendar === undefined
          ? Math.abs(apartBy(date, today)) < rolling
          : bucket(date) === bucket(today);
      });
      return near.length < rule.max;
    });
  },

  cooldown(rule, pack, asked) {
    return asked.ledger.every(
      (one) =>
        !('attempt' in one) ||
        at(one) > asked.ms ||
        !measures(one, rule.after) ||
        !includes(rule.after_by, one.attempt) ||
        !includes(rule.parties, one.party) ||
        !sameKeys(one, asked.request, rule.per) ||
        overEverywhere(at(one), rule.wait, asked.ms, pack, asked),
    );
  },

  'third-party'(rule, _pack, asked) {
    const { request, ledger, ms } = asked;
    if (rule.begins === 'never') return false;
    const refused = ledger.some(
      (one) =>
        one.event === 'third-party-refused' &&
        at(one) <= ms &&
        (one.about === undefined || request.reached === undefined || one.about === request.reached),
    );
    if (rule.ended_by_refusal && refused) return false;
    if (rule.purposes !== undefined && !rule.purposes.includes(request.purpose)) return false;
    if (rule.silent && request.tells_of_debt !== false) return false;
    return rule.begins === 'open' || isUnlocked(rule, asked);
  },

  consent(rule, pack, asked) {
    const { request, ledger, ms } = asked;
    const yes = (one: Doc) =>
      one.event === 'consent' && at(one) <= ms && sameKeys(one, request, ['endpoint', 'channel', 'account']);
    if (rule.opt_out) {
      const noes = ledger.filter(
        (one) =>
          one.event === 'opt-out' &&
          at(one) <= ms &&
          (one.until === undefined || ms <= Date.parse(one.until)) &&
          sameKeys(
            one,
            request,
            one.scope === 'endpoint' ? ['endpoint'] : one.scope === 'channel' ? ['channel'] : [],
          ),
      );
      const again = last(ledger.filter((one) => yes(one) && one.about === 'contact' && one.says === 'given'));
      if (noes.some((no) => at(no) >= again)) return false;
    }
    if (rule.needs === undefined) return true;
    const said = ledger.filter((one) => yes(one) && one.about === rule.needs).at(-1);
    if (said?.says !== 'given') return false;
    const ranks = ['any', 'express', 'separate', 'written'];
    const form = said.form === undefined || said.form === 'oral' ? 'any' : said.form;
    if (ranks.indexOf(form) < ranks.indexOf(rule.form ?? 'any')) return false;
    return rule.lasts === undefined || !overEverywhere(at(said), rule.lasts, ms, pack, asked);
  },

  preference(rule, pack, asked) {
    const { request, ledger, ms, zones } = asked;
    return ledger.every((one) => {
      if (one.event !== 'preference' || at(one) > ms || one.not === undefined) return true;
      if (!sameKeys(one, request, ['person'])) return true;
      if (!includes(one.not.places, request.place) || !includes(one.not.channels, request.channel))
        return true;
      if (one.until !== undefined && ms > Date.parse(one.until)) return true;
      if (
        one.form === 'oral' &&
        rule.spoken_lasts &&
        overEverywhere(at(one), rule.spoken_lasts, ms, pack, asked)
      )
        return true;
      const { days = DAYS, from = '00:00', to = '24:00' } = one.not;
      return zones.every((zone) => {
        const now = timeIn(ms, zone);
        return !(days.includes(weekday(dateIn(ms, zone))) && from <= now && now < to);
      });
    });
  },

  hold(rule, pack, asked) {
    const per = rule.per ?? 'person';
    return happened(rule.started_by, asked, per).every((start) => {
      if (rule.ends.never) return false;
      if (rule.ends.after !== undefined)
        return overEverywhere(at(start), rule.ends.after, asked.ms, pack, asked);
      return happened(rule.ends.on, asked, per).some(
        (end) =>
          at(end) >= at(start) &&
          (rule.ends.then === undefined || overEverywhere(at(end), rule.ends.then, asked.ms, pack, asked)),
      );
    });
  },

  gate(rule, pack, asked) {
    const { request, ms } = asked;
    if (rule.once !== undefined && happened(rule.once, asked, 'account').length === 0) return true;
    return rule.needs.every((need: Doc) => {
      if (need.fact !== undefined) {
        const holds = (test: Doc): boolean => {
          const value = request.facts?.[test.fact];
          if (test.is !== undefined) return value === test.is;
          if (typeof value !== 'number') return false;
          return test.at_least !== undefined ? value >= test.at_least : value <= test.at_most;
        };
        const known = need.when === undefined || request.facts?.[need.when.fact] !== undefined;
        return known && ((need.when !== undefined && !holds(need.when)) || holds(need));
      }
      const per = need.per ?? 'account';
      const voided = last(happened(need.voided_by, asked, per));
      const served = happened(need.event, asked, per).filter((one) => at(one) > voided);
      const good: Doc[] = [];
      for (const one of served) {
        const before = good.at(-1);
        const far =
          before === undefined ||
          need.apart === undefined ||
          overEverywhere(at(before), need.apart, at(one), pack, asked);
        if (far && good.length < (need.count ?? 1)) good.push(one);
      }
      if (good.length < (need.count ?? 1)) return false;
      if (need.within !== undefined && overEverywhere(last(served), need.within, ms, pack, asked))
        return false;
      const from = need.since === 'last' ? last(served) : at(good.at(-1));
      return need.ago === undefined || overEverywhere(from, need.ago, ms, pack, asked);
    });
  },

  deadline(rule, pack, asked) {
    const done = happened(rule.must, asked, 'account');
    return happened(rule.started_by, asked, 'account').every(
      (start) =>
        done.some((one) => at(one) >= at(start)) ||
        !overSomewhere(at(start), rule.within, asked.ms, pack, asked),
    );
  },

  conduct(rule, _pack, { request }) {
    const order = ['none', 'audio', 'audio-video'];
    if (rule.min_staff !== undefined && !(request.staff >= rule.min_staff)) return false;
    if (rule.recording !== undefined && !(order.indexOf(request.recording) >= order.indexOf(rule.recording)))
      return false;
    if (!list(rule.disclosures).every((one) => request.disclosures?.includes(one))) return false;
    const text = (request.text ?? '').toLowerCase();
    if (list(rule.forbidden_phrases).some((phrase) => text.includes(phrase.toLowerCase()))) return false;
    if (list(rule.forbidden_means).some((one) => request.means?.includes(one))) return false;
    if (rule.endpoint_sources !== undefined && !rule.endpoint_sources.includes(request.endpoint_source))
      return false;
    if (rule.forbidden_endpoints === undefined) return true;
    return request.endpoint_kind !== undefined && !rule.forbidden_endpoints.includes(request.endpoint_kind);
  },

  retention(rule, pack, asked) {
    const { request, ms } = asked;
    if (request.record === undefined) return false;
    if (!rule.records.includes(request.record.kind)) return true;
    const own = rule.starts === undefined || rule.starts === 'record';
    const from = own ? at(request.record) : last(happened(rule.starts, asked, 'account'));
    if (request.action === 'keep-record')
      return (
        rule.at_most === undefined ||
        from === -Infinity ||
        !overEverywhere(from, rule.at_most, ms, pack, asked)
      );
    if (rule.until_event !== undefined && happened(rule.until_event, asked, 'account').length === 0)
      return false;
    return (
      rule.at_least === undefined ||
      (from !== -Infinity && overEverywhere(from, rule.at_least, ms, pack, asked))
    );
  },

  clock(rule, pack, asked) {
    const began = last(happened(rule.starts, asked, 'account'));
    if (began === -Infinity) return false;
    const from = Math.max(began, last(happened(rule.restarted_by, asked, 'account')));
    let stood = 0;
    for (const pause of list(rule.paused_by)) {
      for (const one of happened(pause.from, asked, 'account')) {
        const over = happened(pause.to, asked, 'account').filter((end) => at(end) >= at(one))[0];
        stood += Math.max(0, (over === undefined ? asked.ms : at(over)) - Math.max(at(one), from));
      }
    }
    const zone = asked.zones[0] as string;
    const start =
      rule.year_end && from === began
        ? Date.parse(`${dateIn(from, zone).slice(0, 4)}-12-31T12:00:00Z`)
        : from;
    if (overEverywhere(start, rule.length, asked.ms - stood, pack, asked)) return false;
    return rule.longest === undefined || !overEverywhere(began, rule.longest, asked.ms, pack, asked);
  },

  agency(rule, pack, asked) {
    const { agency } = asked.request;
    if (agency === undefined) return false;
    if (!list(rule.wants).every((one) => agency.facts?.[one] === true)) return false;
    if (rule.reviewed_within === undefined) return true;
    return (
      agency.reviewed_at !== undefined &&
      !overEverywhere(Date.parse(agency.reviewed_at), rule.reviewed_within, asked.ms, pack, asked)
    );
  },
};

/** Walks the ledger from its beginning, as a clerk would, and keeps what has been unlocked so far. */
function isUnlocked(rule: Doc, { request, ledger, ms, zones }: Asked): boolean {
  let told = false;
  let row: number[] = [];
  let sinceAnswer = -Infinity;
  let rowsDone: number[] = [];
  const ways: Doc[] = rule.unlocked_by;
  const way = (when: string): Doc => ways.find((one) => one.when === when);
  for (const one of ledger.filter((entry) => at(entry) <= ms)) {
    const isReached =
      (one.party === 'debtor' && ['conversation', 'met'].includes(one.outcome)) || one.event === 'found';
    if (isReached && rule.locked_again) {
      told = false;
      row = [];
      rowsDone = [];
      sinceAnswer = at(one);
      continue;
    }
    if (one.event === 'endpoint-invalid' && way('endpoint-invalid')) told = true;
    if (way('status')?.any.includes(one.event)) told = true;
    if (one.event === 'consent' && one.about === 'third-party' && one.says === 'given' && way('consent'))
      told = true;
    if (
      one.event === 'offered-to-pay' &&
      way('offered-to-pay') &&
      (one.about === undefined || one.about === request.reached)
    )
      told = true;
    const isCall = one.party === 'debtor' && one.reserved && ['call', 'voice_ai'].includes(one.attempt);
    if (!isCall || ['refused', 'open', 'unknown'].includes(one.outcome)) continue;
    if (['unanswered', 'left-message', 'invalid'].includes(one.outcome)) {
      row.push(at(one));
      if (row.length >= way('unanswered-calls')?.count) rowsDone.push(at(one));
    } else {
      row = [];
      rowsDone = [];
      sinceAnswer = at(one);
    }
  }
  if (told) return true;
  const calls = way('unanswered-calls');
  if (calls !== undefined) {
    const open = rowsDone.some((done) =>
      zones.every((zone) => calls.from === 'now' || dateIn(ms, zone) > dateIn(done, zone)),
    );
    if (open) return true;
  }
  const days = way('unanswered-days');
  if (days === undefined) return false;
  return zones.every((zone) => {
    const spoiled = sinceAnswer === -Infinity ? '' : dateIn(sinceAnswer, zone);
    const dates = new Set(row.map((call) => dateIn(call, zone)).filter((date) => date > spoiled));
    return [...dates].some((date) =>
      Array.from({ length: days.count }, (_, back) => dates.has(plus(date, -back))).every((has) => has),
    );
  });
}
