import { inOrder, type Problem } from '../../../strategy/document/problem';
import type { HolidayYear } from '../../../calendar/business';
import type { HolidayTable } from '../pack';
import { holidaysSchema, type HolidaysDocument } from './holidays.schema';
import { readShape } from './read';

export interface ReadYear {
  readonly file: string;
  readonly document: HolidaysDocument | null;
  readonly problems: readonly Problem[];
}

/** One year of a calendar. Each of its days must lie in it. Never throws. */
export function readYear(text: string, file: string): ReadYear {
  const { document, places, problems } = readShape(holidaysSchema, text, file);
  if (document === null) return { file, document, problems };
  const wrong = (['closed', 'working_weekends'] as const).flatMap((key) =>
    Object.keys(document[key] ?? {})
      .filter((day) => !day.startsWith(`${document.year}-`))
      .map((day): Problem => {
        const args = { day, year: document.year };
        return { severity: 'error', code: 'POLICY_DAY_OF_OTHER_YEAR', args, where: places.key([key, day]) };
      }),
  );
  return wrong.length > 0
    ? { file, document: null, problems: inOrder(wrong) }
    : { file, document, problems: [] };
}

/** The calendars by name, each with the years that there are. */
export function calendarsOf(
  years: readonly HolidaysDocument[],
  hash: (value: unknown) => string,
): ReadonlyMap<string, HolidayTable> {
  const byName = new Map<string, Record<string, HolidayYear>>();
  for (const { calendar, year, closed, working_weekends } of years) {
    const known = byName.get(calendar) ?? {};
    known[String(year)] = {
      closed: Object.keys(closed),
      workingWeekends: Object.keys(working_weekends ?? {}),
    };
    byName.set(calendar, known);
  }
  return new Map([...byName].map(([name, table]) => [name, { name, version: hash(table), years: table }]));
}
