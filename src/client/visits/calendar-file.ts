import type { EventAttributes } from 'ics';
import type { PlannedRoute } from './plan-route-file';
import type { DayVisit } from './visits-of-day';

/**
 * One team's day as an iCalendar file: where and when, and the task. No name and no word of a debt stands in it, for it
 * is read on a telephone that others see; who is visited and why is in the dossier.
 */
export async function calendarOf(
  route: PlannedRoute,
  visits: ReadonlyMap<string, DayVisit>,
): Promise<string> {
  const { createEvents } = await import('ics');
  const events = route.stops.map((stop, index): EventAttributes => {
    const visit = visits.get(stop.visit);
    const { latitude: lat, longitude: lon, value: location } = visit?.place ?? {};
    return {
      uid: `${stop.visit}@forbear`,
      productId: 'forbear',
      calName: route.team,
      title: `${index + 1}/${route.stops.length}`,
      description: `forbear task ${stop.visit}`,
      ...(location === undefined ? {} : { location }),
      ...(lat == null || lon == null ? {} : { geo: { lat, lon } }),
      ...{ start: Date.parse(String(stop.begins)), startInputType: 'utc', startOutputType: 'utc' },
      ...{ end: Date.parse(String(stop.leaves)), endInputType: 'utc', endOutputType: 'utc' },
      busyStatus: 'BUSY',
    };
  });
  const { error, value } = createEvents(events);
  if (error != null || value == null) throw error ?? new Error('no calendar');
  return value;
}
