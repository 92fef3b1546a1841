import type { Of } from '../../book/morning/stock';
import { casesWaiting, workOfAgenciesAndLaw } from '../../book/morning/work';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import type { Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { line } from './lines';

/** What agencies and law have to do within a week. */
export async function agencySection(db: Db, today: IsoDate, lender: Of): Promise<Section> {
  const work = await workOfAgenciesAndLaw(db, addDays(today, 7), lender);
  return {
    id: 'agencies',
    title: '7 Agencies and law',
    lines: [
      ...work.map(({ part, n }) => line('work-7-days', Number(n), part)),
      line('cases-waiting', await casesWaiting(db, lender)),
    ],
    notes: [],
  };
}

/** Experiments: there are none yet, and the report says so. */
export const testsSection: Section = {
  id: 'tests',
  title: '9 Tests',
  lines: [],
  notes: ['No experiment is kept in this book yet.'],
};
