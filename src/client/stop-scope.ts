import { listChannels } from '../book/clock';
import type { Db } from '../book/open-book';
import { findStrategy, listStrategies, strategyByHash } from '../book/strategies';
import { isCountry } from '../domain/calendar/country';
import { fail } from '../domain/errors/forbear-error';
import { CHANNELS } from '../domain/policy/channels';
import type { Scope } from '../domain/policy/switches';
import type { Strategy } from '../domain/strategy/strategy';

/** What is to be stopped, as the gate will look for it. */
export interface CheckedScope {
  readonly value: string | null;
  /** The stop stands all the same, and this should be looked at. */
  readonly warning: string | null;
}

/**
 * Checks the name of what is to be stopped. A channel or a strategy that there is not would be a stop that stops
 * nothing: refused. Templates, segments and agencies may come with a later version or with the next file of the
 * lender: such a stop is made and said to meet nothing yet.
 * Throws SWITCH_VALUE_MISSING, SWITCH_VALUE_EXTRA, SWITCH_CHANNEL_UNKNOWN, SWITCH_JURISDICTION_UNKNOWN,
 * STRATEGY_UNKNOWN.
 */
export async function checkScope(db: Db, scope: Scope, given: string | undefined): Promise<CheckedScope> {
  if (scope === 'everything')
    return given === undefined ? { value: null, warning: null } : fail('SWITCH_VALUE_EXTRA');
  if (given === undefined || given === '') return fail('SWITCH_VALUE_MISSING', { scope });
  switch (scope) {
    case 'channel':
      return known(await channelOf(db, given));
    case 'strategy':
      return known(await strategyOf(db, given));
    case 'jurisdiction':
      return known(jurisdictionOf(given));
    case 'agency':
      return { value: given, warning: `It meets accounts whose fact "agency" is ${given} or not known.` };
    default:
      return { value: given, warning: await unlessInUse(db, scope, given) };
  }
}

const known = (value: string): CheckedScope => ({ value, warning: null });

async function channelOf(db: Db, given: string): Promise<string> {
  const registered = (await listChannels(db)).map(({ channel }) => channel);
  const written = (await published(db)).flatMap(({ steps }) =>
    steps.flatMap(({ channels }) => channels ?? []),
  );
  const all = [...new Set([...CHANNELS, ...registered, ...written])].sort();
  return all.includes(given)
    ? given
    : fail('SWITCH_CHANNEL_UNKNOWN', { value: given, known: all.join(', ') });
}

/** A name alone means all its versions: nobody who stops a strategy means the newest only. */
async function strategyOf(db: Db, given: string): Promise<string> {
  const all = await listStrategies(db);
  return all.some(({ name }) => name === given) ? given : (await findStrategy(db, given)).hash;
}

function jurisdictionOf(given: string): string {
  const [, country = '', part = ''] = /^([A-Za-z]{2})(-[A-Za-z0-9]{1,3})?$/.exec(given) ?? [];
  // UK and other letters in use stand for the ones of the standard.
  const [canonical = ''] = country === '' ? [] : Intl.getCanonicalLocales(`und-${country}`);
  const code = canonical.slice('und-'.length);
  return isCountry(code)
    ? `${code}${part.toUpperCase()}`
    : fail('SWITCH_JURISDICTION_UNKNOWN', { value: given });
}

async function unlessInUse(db: Db, scope: 'template' | 'segment', given: string): Promise<string | null> {
  const used = (await published(db)).some(({ steps, segments }) =>
    scope === 'segment'
      ? segments.some(({ name }) => name === given)
      : steps.some(({ template, name }) => (template ?? name) === given),
  );
  return used
    ? null
    : `No published strategy has the ${scope} ${given}; the stop stands and meets nothing yet.`;
}

async function published(db: Db): Promise<readonly Strategy[]> {
  const all = await listStrategies(db);
  return Promise.all(all.map(({ hash }) => strategyByHash(db, hash)));
}
