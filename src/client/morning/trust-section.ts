import { listFeeds, type Feed } from '../../book/feeds/feeds';
import { figureCourse } from '../../book/morning/flow';
import type { Of } from '../../book/morning/stock';
import { versionsLive } from '../../book/morning/work';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import type { Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { ByKey, line } from './lines';

/** Whether the book can be trusted today. As it stands now, whatever morning is asked for. */
export async function trustSection(
  db: Db,
  day: IsoDate,
  lender: Of,
  health: readonly string[],
): Promise<Section> {
  const live = await versionsLive(db, lender);
  const open = live.reduce((sum, { accounts }) => sum + Number(accounts), 0);
  const announced = new ByKey(1);
  for (const row of await figureCourse(db, { from: addDays(day, -3), to: day }, lender))
    if (row.figure === 'announced') announced.add(row.currency, 0, Number(row.n));
  return {
    id: 'trust',
    title: '1 Can we trust today',
    lines: announced.entries().map(([currency, [n = 0]]) => line('announced', n, `${currency}, in 4 days`)),
    notes: [
      ...health,
      ...(await listFeeds(db, FILES, lender ?? undefined)).map(sayFile),
      ...live.map(({ name, version, accounts }) => {
        const share = open === 0 ? 0 : Math.round((Number(accounts) / open) * 1000) / 10;
        return `${name}@${version}: ${accounts} of ${open} open accounts (${share} %).`;
      }),
    ],
  };
}

/** The files that a morning looks back at. */
const FILES = 6;

/** What became of a host file: taken with its counts, or refused whole and why. */
function sayFile({ lender, source, kind, businessDate, status, code, counts }: Feed): string {
  const said = Object.entries(counts).map(([name, n]) => `${name} ${n}`);
  const end = status === 'refused' ? `refused whole (${code ?? 'for an unknown reason'})` : status;
  return `File ${source} (${kind}) of ${lender} for ${businessDate}: ${end}${said.length > 0 ? `; ${said.join(', ')}` : ''}.`;
}
