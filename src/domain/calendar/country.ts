import type { Zone } from '../units';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The country of a time zone as ISO 3166-1 (`CN`); null where it belongs to none, or to several. */
export function countryOf(zone: Zone): string | null {
  const known = canonical(zone);
  const [only, ...others] = (known === null ? undefined : zones().get(known)) ?? [];
  return others.length === 0 ? (only ?? null) : null;
}

/** Whether two letters name a country that keeps time. */
export function isCountry(code: string): boolean {
  return [...zones().values()].some((countries) => countries.has(code));
}

let made: ReadonlyMap<Zone, ReadonlySet<string>> | null = null;

/** The countries of each zone, from the tables that the runtime carries anyway. */
function zones(): ReadonlyMap<Zone, ReadonlySet<string>> {
  if (made !== null) return made;
  const byZone = new Map<Zone, Set<string>>();
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      for (const zone of zonesOf(first + second)) {
        const name = canonical(zone) ?? zone;
        byZone.set(name, (byZone.get(name) ?? new Set()).add(first + second));
      }
    }
  }
  made = byZone;
  return byZone;
}

type WithZones = Intl.Locale & {
  readonly timeZones?: readonly string[];
  getTimeZones?(): readonly string[] | undefined;
};

function zonesOf(region: string): readonly string[] {
  const locale = new Intl.Locale(`und-${region}`) as WithZones;
  // A code that was withdrawn stands for the one that follows it, which has the zone already.
  if (Intl.getCanonicalLocales(`und-${region}`)[0] !== `und-${region}`) return [];
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

const canonicals = new Map<Zone, Zone | null>();

function canonical(zone: Zone): Zone | null {
  let known = canonicals.get(zone);
  if (known === undefined) canonicals.set(zone, (known = canonicalOf(zone)));
  return known;
}

function canonicalOf(zone: Zone): Zone | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
