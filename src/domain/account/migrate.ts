import { isIsoDate } from '../calendar/day';
import { DAY_COUNTS } from '../agreement/rate';
import { spread } from './instalments';
import type { Terms } from './terms';
import type { AccountState, Reviewed } from './state';

type Unknown = Readonly<Record<string, unknown>>;

/**
 * Makes any earlier version of an account whole: what it lacks starts empty. Total, because it runs at the start of a
 * workflow, where an exception would stop the account for ever; what is no account at all becomes an empty one.
 */
export function migrate(value: unknown): AccountState {
  const state = object(value);
  const owed = object(state['owed']);
  const counts = object(state['counts']);
  const seen = object(state['seen']);
  const cursor = object(state['cursor']);
  const episode = state['episode'];
  const enteredOn = text(state['enteredOn'], '1970-01-01');
  const whole = {
    ...state,
    v: 1,
    generation: number(state['generation']),
    terms: terms(object(state['terms'])),
    facts: object(state['facts']),
    owed: {
      host: orNull(owed['host']),
      obligations: spread(list(owed['obligations'])),
      movements: list(owed['movements']),
    },
    disputes: list(state['disputes']),
    holds: list(state['holds']),
    promises: list(state['promises']),
    ...agreements(state['agreements']),
    ...loan(state),
    ...lists(state, ['frozen', 'complaints', 'itemHolds']),
    broken: texts(state['broken']),
    episode: isObject(episode)
      ? { curedOn: null, tone: 0, floor: 0, anchor: null, worst: 0, ...episode }
      : null,
    segment: textOrNull(state['segment']),
    path: textOrNull(state['path']),
    ...reviewed(state['reviewed']),
    stage: textOrNull(state['stage']),
    stageSince: textOrNull(state['stageSince']),
    enteredOn,
    done: object(state['done']),
    cursor: { at: text(cursor['at'], `${enteredOn}T00:00:00.000Z`), names: texts(cursor['names']) },
    deferred: list(state['deferred']),
    open: list(state['open']),
    marks: object(state['marks']),
    counts: {
      contacts: number(counts['contacts']),
      rpc: number(counts['rpc']),
      visits: number(counts['visits']),
      unanswered: number(counts['unanswered']),
    },
    writtenOff: state['writtenOff'] === true,
    closed: orNull(state['closed']),
    seen: {
      upTo: number(seen['upTo']),
      beyond: array(seen['beyond']).filter(Number.isSafeInteger),
      ids: texts(seen['ids']),
    },
    notes: list(state['notes']),
  };
  // The shapes inside the lists are those that this code wrote itself: only what was missing is made up.
  const told = Object.entries(whole).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told) as unknown as AccountState;
}

/** Lists that are left out before their first entry; what is no list is none. */
function lists(state: Unknown, names: readonly string[]): Unknown {
  return Object.fromEntries(
    names.filter((name) => state[name] !== undefined).map((name) => [name, list(state[name])]),
  );
}

/** Only those that say what was agreed; none before the first. */
function agreements(given: unknown): { readonly agreements?: readonly Unknown[] } {
  const whole = list(given).filter((one) => isObject(one['terms']));
  return whole.length === 0 ? {} : { agreements: whole };
}

function terms(given: Unknown): Terms {
  const known: Terms = {
    ref: text(given['ref'], 'unknown'),
    lender: text(given['lender'], 'unknown'),
    person: text(given['person'], 'unknown'),
    digit: number(given['digit']),
    product: given['product'] === 'consumer_loan' ? 'consumer_loan' : 'credit_card',
    currency: text(given['currency'], 'CNY'),
    zone: text(given['zone'], 'Asia/Shanghai'),
    books: given['books'] === 'obligations' ? 'obligations' : 'host',
  };
  return { ...given, ...known };
}

/** A contract without its days and its rate is none: the books of it could not be kept. */
function loan(state: Unknown): Unknown {
  const { loan: contract, acceleration } = state;
  const isContract =
    isObject(contract) &&
    isIsoDate(contract['startsOn']) &&
    Number.isSafeInteger(contract['rate']) &&
    DAY_COUNTS.some((known) => known === contract['dayCount']);
  return {
    loan: isContract ? contract : undefined,
    acceleration: isObject(acceleration) && isIsoDate(acceleration['on']) ? acceleration : undefined,
  };
}

function reviewed(given: unknown): { readonly reviewed?: Reviewed } {
  if (!isObject(given)) return {};
  const { score } = given;
  const whole = {
    cycle: textOrNull(given['cycle']),
    fits: textOrNull(given['fits']),
    times: number(given['times']),
    score: typeof score === 'number' ? score : null,
  };
  return { reviewed: whole };
}

function isObject(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function object(value: unknown): Unknown {
  return isObject(value) ? value : {};
}
function orNull(value: unknown): Unknown | null {
  return isObject(value) ? value : null;
}
function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
function list(value: unknown): readonly Unknown[] {
  return array(value).filter(isObject);
}
function texts(value: unknown): readonly string[] {
  return array(value).filter((one) => typeof one === 'string');
}
function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
