import { inTransaction, type Db } from '../../book/open-book';
import { visitPlaces, type VisitPlace } from '../../book/places';
import { listTasks, type TaskRow } from '../../book/tasks';
import { render } from '../../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../../domain/units';
import type { DayOfVisits, VisitAsked } from '../../domain/visit/route/day';
import { VISITING } from '../../domain/visit/route/day';
import { askLeave, attemptsMade } from '../by-people';
import { planDay, type PlannedFile, type SearchFor } from './plan-route-file';

/** A visit of the day with what only the book knows. Personal. */
export interface DayVisit {
  readonly task: TaskRow;
  readonly place: VisitPlace;
}

export interface PlannedDay {
  readonly planned: PlannedFile;
  /** By the id of the task. */
  readonly visits: ReadonlyMap<string, DayVisit>;
  /** What cannot be planned, with why. */
  readonly aside: readonly { readonly task: string; readonly code: string; readonly message: string }[];
}

const MOST_TASKS = 1000;
/** Asked of the gate before anybody has been named: who goes is looked at when the team sets out. */
const SOME_TWO = [
  { ref: 'planned-1', identification: '-' },
  { ref: 'planned-2', identification: '-' },
];

/**
 * The tours of a day: every open visit whose day has come, but those that the gate would bar as things stand and those
 * of which nobody knows where they are. `frame` is the document of the day: teams, hours, ways.
 */
export async function planVisits(
  db: Db,
  frame: DayOfVisits,
  now: Instant,
  search: SearchFor,
): Promise<PlannedDay> {
  const open = await listTasks(db, { kind: 'visit', status: 'open', limit: MOST_TASKS });
  const due = open.filter(({ onDate }) => onDate <= frame.date);
  const visits = new Map<string, DayVisit>();
  const aside: { task: string; code: string; message: string }[] = [];
  const leave = (task: TaskRow, code: 'VISIT_BARRED' | 'VISIT_NO_PLACE', rule = '') =>
    aside.push({ task: task.id, code, message: render(code, { id: task.id, rule }) });
  for (const task of due) {
    const rule = await barredBy(db, task, now);
    if (rule !== null) {
      leave(task, 'VISIT_BARRED', rule);
      continue;
    }
    const [place] = await visitPlaces(db, task.person);
    if (place?.latitude == null || place.longitude === null) leave(task, 'VISIT_NO_PLACE');
    else visits.set(task.id, { task, place });
  }
  const asked = [...visits.values()].map((visit) => askedOf(visit, frame.date));
  const planned = planDay(
    { ...frame, visits: [...frame.visits, ...asked] },
    { ...search, file: `visits of ${frame.date}` },
  );
  return { planned, visits, aside };
}

/** The gate's answer as things stand, without an attempt: what it is asked leaves no trace. Rules of time are no bar. */
async function barredBy(db: Db, task: TaskRow, now: Instant): Promise<string | null> {
  class Undone extends Error {
    constructor(readonly rule: string | null) {
      super('undone');
    }
  }
  try {
    return await inTransaction(db, async (tx) => {
      const { length } = await attemptsMade(tx, task);
      const answer = await askLeave(tx, task, 'visit', length, now, SOME_TWO);
      throw new Undone(answer.may || answer.answer === 'defer' ? null : answer.rule);
    });
  } catch (error) {
    if (error instanceof Undone) return error.rule;
    throw error;
  }
}

/** An overdue visit weighs more than one of today: whoever was left out once is not left out for ever. */
function askedOf({ task, place }: DayVisit, date: IsoDate): VisitAsked {
  return {
    id: task.id,
    at: { latitude: place.latitude ?? 0, longitude: place.longitude ?? 0 },
    from: task.windowFrom ?? '00:00',
    until: task.windowTo ?? '23:59',
    minutes: VISITING.minutes,
    weight: (task.onDate < date ? 2 : 1) * (task.chased > 0 ? 2 : 1),
    only: [],
  };
}
