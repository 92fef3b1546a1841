import { loadPacks } from '../src/book/policy/shipped';
import { decide } from '../src/domain/policy/pack/decide';
import { indexLedger } from '../src/domain/policy/pack/index-ledger';
import type { Attempt, Happening } from '../src/domain/policy/pack/ledger';
import type { PolicyRequest } from '../src/domain/policy/pack/request';
import { whole, type Row } from './support/row';

const NOW = '2026-03-10T02:00:00.000Z';
const LEDGERS = [0, 100, 1_000] as const;
const PEOPLE = 200;
const TURNS = 12;
const ASKED = 20;
const AIM_A_SECOND = 20_000;

/** The packs of China asked for a call: by people with ledgers of several lengths over a year, in turns of one run. */
export function main(): Promise<Row[]> {
  const packs = loadPacks(['cn-consumer-credit']);
  const groups = LEDGERS.map((length) => ({
    length,
    people: Array.from({ length: PEOPLE }, (_, n) => indexLedger(yearOf(n, length))),
    ms: 0,
    asked: 0,
  }));
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const group of groups) {
      const started = process.cpuUsage();
      for (const ledger of group.people)
        for (let n = 0; n < ASKED; n += 1) decide(REQUEST, packs, ledger, at(n * 7_000));
      const { user, system } = process.cpuUsage(started);
      // The first turns warm it up.
      if (turn < 2) continue;
      group.ms += (user + system) / 1_000;
      group.asked += PEOPLE * ASKED;
    }
  const rate = ({ asked, ms }: { asked: number; ms: number }): number => (asked * 1_000) / ms;
  const [none, , longest] = groups.map(rate);
  return Promise.resolve([
    ...groups.map((group) => ({
      what: `decisions of the core a second, ${whole(group.length)} contacts of a year behind each person`,
      measured: whole(rate(group)),
      aim: `at least ${whole(AIM_A_SECOND)}`,
      met: rate(group) >= AIM_A_SECOND,
    })),
    { what: 'longest ledger, of the empty one', measured: ((longest ?? 0) / (none ?? 1)).toFixed(2) },
  ]);
}

const at = (more: number): string => new Date(Date.parse(NOW) + more).toISOString();

const REQUEST: PolicyRequest = {
  action: 'contact',
  role: 'original-creditor',
  product: 'credit_card',
  channel: 'call',
  party: 'debtor',
  place: 'home',
  purpose: 'collect',
  account: 'A',
  person: 'P',
  creditor: 'bank',
  agent: 'bank',
  endpoint: 'N',
  reached: null,
  endpointSource: 'contract',
  endpointKind: 'personal',
  zones: ['Asia/Shanghai'],
  staff: null,
  recording: 'audio',
  disclosures: ['institution', 'identity-check'],
  tellsOfDebt: true,
  text: null,
  means: [],
  waivers: [],
  facts: {},
  agency: null,
  record: null,
};

/** Calls and messages spread over the year before, the newest yesterday, with a promise now and then. */
function yearOf(person: number, length: number): { attempts: Attempt[]; happenings: Happening[] } {
  const moment = (n: number): string =>
    new Date(Date.parse(NOW) - 86_400_000 - ((n + 1) * 363 * 86_400_000) / length - person).toISOString();
  const attempts = Array.from({ length }, (_, n): Attempt => {
    const channel = n % 3 === 0 ? 'sms' : 'call';
    return {
      at: moment(n),
      channel,
      outcome: channel === 'sms' ? 'delivered' : n % 5 === 0 ? 'conversation' : 'unanswered',
      account: n % 4 === 0 ? 'B' : 'A',
      person: 'P',
      endpoint: 'N',
      place: 'home',
      creditor: 'bank',
      agent: 'bank',
      party: 'debtor',
      reached: null,
      purpose: 'collect',
      reserved: true,
      waivers: [],
    };
  });
  const happenings = Array.from({ length: Math.floor(length / 20) }, (_, n): Happening => {
    const more = { endpoint: null, channel: null, about: null, says: null, form: null, scope: null };
    return {
      at: moment(n * 20),
      event: 'promise',
      account: 'A',
      person: 'P',
      ...more,
      until: null,
      not: null,
    };
  });
  return { attempts, happenings };
}
