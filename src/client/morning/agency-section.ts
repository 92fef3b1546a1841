import { limitationNear, placementsEnding, placementsSilent } from '../../book/morning/agencies';
import type { Of } from '../../book/morning/stock';
import { casesWaiting, workOfAgenciesAndLaw } from '../../book/morning/work';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import type { Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { line } from './lines';

const RECALL_DAYS = 7;
/** Recalled at once: no attempt in ten days (ladders 9). */
const SILENT_DAYS = 10;
const LIMITATION_DAYS = 90;

/** What agencies and law have to do within a week, and claims that run out. `today` is the morning, `day` the day before. */
export async function agencySection(db: Db, today: IsoDate, day: IsoDate, lender: Of): Promise<Section> {
  const work = await workOfAgenciesAndLaw(db, addDays(today, 7), lender);
  return {
    id: 'agencies',
    title: '7 Agencies and law',
    lines: [
      line('recall-7-days', await placementsEnding(db, today, RECALL_DAYS, lender)),
      line('agency-silent', await placementsSilent(db, day, SILENT_DAYS, lender)),
      ...work.map(({ part, n }) => line('work-7-days', Number(n), part)),
      line('cases-waiting', await casesWaiting(db, lender)),
      line('limitation-90-days', await limitationNear(db, today, LIMITATION_DAYS, lender)),
    ],
    notes: ['Liquidation by agency and batch is in `forbear report cost`.'],
  };
}

/** Experiments: there are none yet, and the report says so. */
export const testsSection: Section = {
  id: 'tests',
  title: '9 Tests',
  lines: [],
  notes: ['Not measured here: arms, size, difference, guardrails. The book keeps no experiment.'],
};
