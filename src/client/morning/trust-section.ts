import { listFeeds, type Feed } from '../../book/feeds/feeds';
import { figureCourse } from '../../book/morning/flow';
import type { Of } from '../../book/morning/stock';
import { carriersSince, versionsLive } from '../../book/morning/work';
import { standingStops } from '../../book/switches';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import type { Section } from '../../domain/morning/report';
import type { Instant, IsoDate } from '../../domain/units';
import type { HealthLines } from './health';
import { ByKey, line } from './lines';

/** Whether the book can be trusted today. As it stands now, whatever morning is asked for. */
export async function trustSection(
  db: Db,
  day: IsoDate,
  lender: Of,
  health: HealthLines,
  now: Instant,
): Promise<Section> {
  const live = await versionsLive(db, lender);
  const open = live.reduce((sum, { accounts }) => sum + Number(accounts), 0);
  const announced = new ByKey(1);
  for (const row of await figureCourse(db, { from: addDays(day, -3), to: day }, lender))
    if (row.figure === 'announced') announced.add(row.currency, 0, Number(row.n));
  return {
    id: 'trust',
    title: '1 Can we trust today',
    lines: [
      ...health.feeds.map(({ lender: of, feed, missing }) =>
        line('files-missing', missing.length, `${feed} of ${of}`),
      ),
      ...announced.entries().map(([currency, [n = 0]]) => line('announced', n, `${currency}, in 4 days`)),
    ],
    notes: [
      ...health.lines,
      sayGate((await standingStops(db)).length),
      ...(await carriersSince(db, now, addDays(day, 1), lender)).flatMap(sayCarrier),
      ...(await listFeeds(db, FILES, lender ?? undefined)).map(sayFile),
      ...live.map(({ name, version, accounts }) => {
        const share = open === 0 ? 0 : Math.round((Number(accounts) / open) * 1000) / 10;
        return `${name}@${version}: ${accounts} of ${open} open accounts (${share} %).`;
      }),
    ],
  };
}

const sayGate = (stops: number): string =>
  stops === 0
    ? 'The gate is open.'
    : `The gate is closed to what ${stops === 1 ? 'one stop names' : `${stops} stops name`}.`;

/** Below so many in an hour a carrier's silence says nothing. */
const LEAST_TRIED = 5;

/** A channel of which its carrier took less than half in the last hour. */
function sayCarrier({ channel, tried, taken }: { channel: string; tried: number; taken: number }): string[] {
  if (tried < LEAST_TRIED || taken * 2 >= tried) return [];
  return [`Channel ${channel} seems down: of ${tried} in the last hour its carrier took ${taken}.`];
}

/** The files that a morning looks back at. */
const FILES = 6;

/** What became of a host file: taken with its counts, or refused whole and why. */
function sayFile({ lender, source, kind, businessDate, status, code, counts }: Feed): string {
  const said = Object.entries(counts).map(([name, n]) => `${name} ${n}`);
  // A file whose count or sum differs from its own totals is refused whole.
  const end =
    status === 'refused'
      ? `refused whole (${code ?? 'for an unknown reason'})`
      : `${status}, its totals agreed`;
  return `File ${source} (${kind}) of ${lender} for ${businessDate}: ${end}${said.length > 0 ? `; ${said.join(', ')}` : ''}.`;
}
