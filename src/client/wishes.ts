import { neverAgain, type NeverAgain } from '../book/never-again';
import { endWish, keepWish, setLanguage, type NewWish } from '../book/wishes';
import { fail } from '../domain/errors/forbear-error';
import { PLACES, WEEKDAYS, WAYS, type DayKind, type Place, type Way } from '../domain/policy/pack/words';
import type { Instant, TimeOfDay } from '../domain/units';
import type { ForbearClient } from './client';
import { consentWhom, endEndpoint, telling, type PersonTold, type Whom } from './people';

/** What a person asks for, as it is said. */
export interface WishSaid {
  /** Not by these ways. */
  readonly notBy?: readonly string[];
  /** Only by these. */
  readonly onlyBy?: readonly string[];
  /** Not on these days of the week. */
  readonly notOn?: readonly string[];
  /** Not between these times, or only between them: `18:00-20:00`; it may go over midnight. */
  readonly notBetween?: string;
  readonly onlyBetween?: string;
  readonly notAt?: readonly string[];
  readonly language?: string;
  readonly until?: Instant;
  readonly spoken?: boolean;
  readonly by?: string;
}

/**
 * Keeps what a person asks for, for every account at once. What is not wanted by a way, on days, between times and at a
 * place is one wish: `call` and `fri` are calls on Fridays. What alone is wanted (`onlyBy`, `onlyBetween`) is one of its
 * own. Answers how many it became. OPTION_WRONG.
 */
export async function wishWhom(client: ForbearClient, whom: Whom, said: WishSaid): Promise<number> {
  const { db } = client.book;
  const at = client.now();
  const by = said.by ?? null;
  const kept = { at, until: said.until ?? null, form: said.spoken === true ? ('oral' as const) : null, by };
  const unwanted = unwantedOf(said);
  if (unwanted.length === 0 && said.language === undefined)
    fail('OPTION_WRONG', { option: 'what is not wanted', wanted: 'given' });
  for (const not of unwanted) await keepWish(db, whom.ref, { ...kept, ...not });
  if (said.language !== undefined) await setLanguage(db, whom.ref, said.language, { at, by });
  return unwanted.length + (said.language === undefined ? 0 : 1);
}

type Unwanted = Pick<NewWish, 'days' | 'from' | 'to' | 'places' | 'channels'>;

const ALWAYS = { days: null, from: '00:00', to: '24:00', places: null, channels: null };

function unwantedOf({ notBy, onlyBy, notOn, notBetween, onlyBetween, notAt }: WishSaid): readonly Unwanted[] {
  const all: Unwanted[] = [];
  if (onlyBy !== undefined) {
    const wanted = onlyBy.map(wayOf);
    all.push({ ...ALWAYS, channels: WAYS.filter((way) => !wanted.includes(way)) });
  }
  if (onlyBetween !== undefined) {
    const [from, to] = timesOf('--only-between', onlyBetween);
    if (from >= to)
      fail('OPTION_WRONG', { option: '--only-between', wanted: 'hours of one day, such as 18:00-20:00' });
    if (from > '00:00') all.push({ ...ALWAYS, to: from });
    if (to < '24:00') all.push({ ...ALWAYS, from: to });
  }
  if ([notBy, notOn, notBetween, notAt].every((one) => one === undefined)) return all;
  const rest = {
    days: notOn === undefined ? null : notOn.map(dayOf),
    places: notAt === undefined ? null : notAt.map(placeNamed),
    channels: notBy === undefined ? null : notBy.map(wayOf),
  };
  for (const [from, to] of notBetween === undefined ? [WHOLE_DAY] : spansOf(notBetween))
    all.push({ ...rest, from, to });
  return all;
}

const WHOLE_DAY = ['00:00', '24:00'] as const;

/** Hours over midnight are two. */
function spansOf(text: string): readonly (readonly [TimeOfDay, TimeOfDay])[] {
  const [from, to] = timesOf('--not-between', text);
  if (from < to) return [[from, to]];
  return [
    ['00:00', to],
    [from, '24:00'],
  ];
}

function timesOf(option: string, text: string): readonly [TimeOfDay, TimeOfDay] {
  const found = /^(([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(text);
  const [, from, , to] = found ?? [];
  if (from === undefined || to === undefined || from === to)
    return fail('OPTION_WRONG', { option, wanted: 'two times, such as 22:00-08:00' });
  return [from, to];
}

function oneOf<T extends string>(list: readonly T[], option: string): (text: string) => T {
  return (text) =>
    list.find((one) => one === text) ?? fail('OPTION_WRONG', { option, wanted: `one of ${list.join(', ')}` });
}
const wayOf = oneOf<Way>(WAYS, 'a channel');
const dayOf = oneOf<DayKind>(WEEKDAYS, '--not-on');
const placeNamed = oneOf<Place>(PLACES, '--not-at');

/** The person takes a wish back. WISH_UNKNOWN. */
export function unwish(client: ForbearClient, whom: Whom, id: string, by: string | null): Promise<void> {
  return endWish(client.book.db, whom.ref, id, { at: client.now(), by });
}

export type OptedOut = PersonTold & {
  readonly kept: 'endpoint' | 'channel' | NeverAgain['kept'];
  readonly task: string | null;
};

/**
 * The person does not want to be reached at that number or address, by that way, or at all: at once, for every account.
 * ENDPOINT_UNKNOWN.
 */
export async function optOut(
  client: ForbearClient,
  whom: Whom,
  of: { readonly endpoint?: string; readonly channel?: string; readonly by?: string },
): Promise<OptedOut> {
  const { endpoint, channel, by } = of;
  if (endpoint !== undefined)
    return { ...(await endEndpoint(client, whom, endpoint, OPTED_OUT, by)), kept: 'endpoint', task: null };
  if (channel !== undefined) {
    const told = await consentWhom(client, whom, {
      channel,
      says: 'refused',
      ...(by === undefined ? {} : { by }),
    });
    return { ...told, kept: 'channel', task: null };
  }
  const { kept, accounts, task } = await neverAgain(client.book.db, whom.ref, {
    at: client.now(),
    by: by ?? null,
  });
  return { ...(await telling(client, whom, accounts)), kept, task };
}

/** Why an endpoint is out of use that its owner does not want used. */
export const OPTED_OUT = 'opted out';
