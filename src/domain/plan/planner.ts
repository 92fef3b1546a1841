import { addDays } from '../calendar/day';
import type { IsoDate } from '../units';
import { minutesOf, skillFor, type Capacity } from './capacity';
import { Line, type Place } from './line';
import { gainPerUnit, unitsOf, type Work } from './work';

/** What became of work that was above capacity. */
export type CutTo = 'fall-back' | 'moved' | 'left-out';

export interface Cut {
  readonly work: Work;
  readonly day: IsoDate;
  readonly to: CutTo;
  /** The cheaper channel, or the day that it was moved to. */
  readonly where: string | null;
  readonly why: string;
}

/** Work of one kind on one day. */
export interface Planned {
  readonly day: IsoDate;
  readonly channel: string;
  readonly queue: string | null;
  readonly segment: string | null;
  /** Attempts that the steps of the day ask for. */
  planned: number;
  /** Attempts that came from the day before. */
  movedIn: number;
  /** Attempts that capacity lets be made. */
  done: number;
  fellBack: number;
  movedOut: number;
  leftOut: number;
  /** Minutes of people that the planned work takes; nothing where none are needed. */
  minutes: number;
}

/** Minutes of a skill on a day, or what a machine carries. */
export interface Load {
  readonly day: IsoDate;
  readonly of: string;
  readonly people: boolean;
  readonly limit: number;
  readonly asked: number;
  readonly used: number;
}

/** Days that cut work may be moved by in all. */
const MOST_MOVES = 3;

interface Shared {
  readonly line: Line<{ readonly work: Work; readonly day: IsoDate }>;
  readonly of: string;
  readonly people: boolean;
  asked: number;
}

/**
 * Holds the work of a plan against what can be done. Above capacity the least expected gain a minute is cut; it takes
 * the step's own cheaper channel or that of the document, else moves a day, three at most, else is left out. Work may
 * be offered in any order, and the plan is the same.
 */
export class Planner {
  private readonly shared = new Map<string, Shared>();
  private readonly rows = new Map<string, Planned>();

  constructor(
    private readonly capacity: Capacity,
    private readonly onCut: (cut: Cut) => void,
  ) {}

  /** A piece of work on a day. What is moved beyond the plan's days is not planned any more. */
  offer(work: Work, day: IsoDate): void {
    const row = this.row(work, day);
    row.planned += work.attempts;
    if (this.hasPeople(work)) row.minutes += unitsOf(work, this.capacity);
    this.place(work, day);
  }

  finish(): { readonly rows: readonly Planned[]; readonly loads: readonly Load[] } {
    const loads: Load[] = [];
    for (const [key, { line, of, people, asked }] of this.shared) {
      loads.push({ day: key.slice(0, 10), of, people, limit: line.limit, asked, used: line.units });
      for (const { work, day } of line.kept()) this.row(work, day).done += work.attempts;
    }
    const byDay = (a: { day: string }, b: { day: string }): number =>
      a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
    const rows = [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    return { rows, loads: loads.sort((a, b) => byDay(a, b) || (a.of < b.of ? -1 : 1)) };
  }

  private place(work: Work, day: IsoDate): void {
    const shared = this.sharedBy(work, day);
    if (shared === null) {
      this.row(work, day).done += work.attempts;
      return;
    }
    const units = unitsOf(work, this.capacity);
    shared.asked += units;
    const place: Place<{ work: Work; day: IsoDate }> = {
      gain: work.fixed ? Number.POSITIVE_INFINITY : gainPerUnit(work, this.capacity),
      units,
      age: work.age,
      name: `${work.account} ${work.step} ${work.due} ${work.channel}`,
      work: { work, day },
    };
    for (const cut of shared.line.offer(place)) this.cut(cut.work.work, cut.work.day, shared.of);
  }

  private cut(work: Work, day: IsoDate, of: string): void {
    const row = this.row(work, day);
    // What the law wants or a person was told is done, if need be over time; the load says so.
    if (work.fixed) {
      row.done += work.attempts;
      return;
    }
    const cheaper = work.moved === 0 ? this.cheaperThan(work) : null;
    const why = `${of} has no time for it: ${MORE_GAIN}`;
    if (cheaper !== null) {
      row.fellBack += work.attempts;
      this.onCut({ work, day, to: 'fall-back', where: cheaper, why });
      const instead = { ...work, channel: cheaper, queue: null, attempts: 1, others: [] };
      const chance = this.capacity.chances[cheaper] ?? 0;
      this.place({ ...instead, chance }, day);
      return;
    }
    if (work.moved >= MOST_MOVES) {
      row.leftOut += work.attempts;
      this.onCut({
        work,
        day,
        to: 'left-out',
        where: null,
        why: `${why}, and it was moved ${MOST_MOVES} days`,
      });
      return;
    }
    const next = addDays(day, 1);
    row.movedOut += work.attempts;
    this.onCut({ work, day, to: 'moved', where: next, why });
    this.row(work, next).movedIn += work.attempts;
    this.place({ ...work, moved: work.moved + 1 }, next);
  }

  /** The step's own next channel that needs no people, else the one that the document names. */
  private cheaperThan({ channel, others, begun }: Work): string | null {
    const free = (one: string | undefined): one is string =>
      one !== undefined && one !== channel && !BY_PEOPLE.includes(one) && this.capacity.machines[one] !== 0;
    if (begun || !BY_PEOPLE.includes(channel)) return null;
    return others.find(free) ?? [this.capacity.fallBacks[channel]].find(free) ?? null;
  }

  private hasPeople(work: Work): boolean {
    return skillFor(this.capacity, work.queue, work.channel) !== null;
  }

  /** The line that the work waits in; null where nothing limits it. */
  private sharedBy(work: Work, day: IsoDate): Shared | null {
    const skill = skillFor(this.capacity, work.queue, work.channel);
    const machine = this.capacity.machines[work.channel];
    if (skill === null && machine === undefined) return null;
    const of = skill?.name ?? work.channel;
    const key = `${day} ${of}`;
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const line = new Line<{ work: Work; day: IsoDate }>(skill === null ? (machine ?? 0) : minutesOf(skill));
    const made: Shared = { line, of, people: skill !== null, asked: 0 };
    this.shared.set(key, made);
    return made;
  }

  private row({ channel, queue, segment }: Work, day: IsoDate): Planned {
    const key = `${day} ${channel} ${queue ?? ''} ${segment ?? ''}`;
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const none = { planned: 0, movedIn: 0, done: 0, fellBack: 0, movedOut: 0, leftOut: 0, minutes: 0 };
    const made: Planned = { day, channel, queue, segment, ...none };
    this.rows.set(key, made);
    return made;
  }
}

const MORE_GAIN = 'other work brings more a minute';
/** Channels that people carry: what is cheaper needs none. */
const BY_PEOPLE: readonly string[] = ['call', 'visit', 'letter', 'agency', 'legal', 'task'];
