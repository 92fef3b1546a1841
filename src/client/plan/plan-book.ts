import { movesBefore, pieceOf } from '../../book/bound-plans';
import { keepPlan } from '../../book/morning/plans';
import { countOpen, openPage, type OpenAccount } from '../../book/morning/open-work';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import { strategyByHash } from '../../book/strategies';
import { holdVolume, plannedVolumeAgainst } from '../../book/volume';
import type { TimelineEntry } from '../../book/timeline';
import { addDays } from '../../domain/calendar/day';
import { instantOf, localDate } from '../../domain/calendar/zone';
import { refold } from '../../domain/decide/refold';
import { standing } from '../../domain/delinquency/standing';
import { stepsAhead } from '../../domain/plan/ahead';
import type { Capacity } from '../../domain/plan/capacity';
import { Planner, type Cut, type Load, type Planned } from '../../domain/plan/planner';
import type { Work } from '../../domain/plan/work';
import { daysLeft, workOf } from '../../domain/plan/work-of';
import { isUnusual, isVolumeWatched, type Volume } from '../../domain/policy/volume';
import type { Strategy } from '../../domain/strategy/strategy';
import type { Instant, IsoDate } from '../../domain/units';
import { entries, upTo } from '../account-now';
import { Binding, type Decided } from './binding';

export interface PlanOptions {
  readonly lender: Of;
  readonly capacity: Capacity;
  readonly now: Instant;
  /** Days of the plan, today included. */
  readonly days: number;
  /** Told of every piece of work that is cut, as it is cut: there may be many. */
  readonly onCut: (cut: Cut) => void;
  /** The plan of its first day is to bind: who decides it and why. Of one lender only. */
  readonly bind?: Decided;
  readonly onProgress?: (accounts: number, of: number) => void;
}

export interface Plan {
  /** The plan that binds from now on, on its first day; null where it is a forecast. */
  readonly bound: string | null;
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly accounts: number;
  readonly rows: readonly Planned[];
  readonly loads: readonly Load[];
  /** Days and channels on which more is planned than is usual; those of today are held until two people let them go. */
  readonly unusual: readonly Volume[];
}

/** Accounts that are in memory at a time. */
const PAGE = 100;

/**
 * What comes due in the next days against what can be done: the core is run over the journal of every open account,
 * never over what was last reported of it. A page of accounts is in memory at a time, and of the work only what people
 * can do. The plan is kept for the morning report of its days.
 */
export async function planBook(db: Db, options: PlanOptions): Promise<Plan> {
  const { capacity, now, days, onCut, onProgress, bind } = options;
  const lender = bind?.lender ?? options.lender;
  const from = localDate(now, capacity.zone);
  const until = addDays(from, days - 1);
  const binding = bind === undefined ? null : await Binding.open(db, bind, from, capacity);
  const planner = new Planner(capacity, (cut) => {
    if (cut.day > until) return;
    onCut(cut);
    binding?.add(cut);
  });
  const strategies = new Map<string, Strategy>();
  const of = await countOpen(db, lender);
  const volumes = new Map<string, Map<IsoDate, Record<string, number>>>();
  let accounts = 0;
  for (let after = ''; ;) {
    const page = await openPage(db, after, PAGE, lender);
    const moves = await movesBefore(
      db,
      page.map(({ ref }) => ref),
      from,
    );
    for (const account of page) {
      const strategy = strategies.get(account.strategy) ?? (await strategyByHash(db, account.strategy));
      strategies.set(account.strategy, strategy);
      for (const { work, day } of workAhead(account, strategy, { capacity, now, from, until }))
        if (day <= until) {
          planner.offer({ ...work, moved: moves.get(pieceOf(account.ref, work)) ?? 0 }, day);
          count(volumes, account.lender, day, work);
        }
    }
    await binding?.write();
    accounts += page.length;
    onProgress?.(accounts, Math.max(of, accounts));
    if (page.length < PAGE) break;
    after = page[page.length - 1]?.ref ?? '';
  }
  const { rows, loads } = planner.finish();
  const within = rows.filter(({ day }) => day <= until);
  const shown = loads.filter(({ day }) => day <= until);
  await keepPlan(db, lender, { rows: within, loads: shown });
  await binding?.putInForce(within, shown);
  const unusual = await againstUsual(db, volumes, from);
  return { bound: binding?.plan ?? null, from, until, accounts, rows: within, loads: shown, unusual };
}

type Volumes = Map<string, Map<IsoDate, Record<string, number>>>;

function count(volumes: Volumes, lender: string, day: IsoDate, { channel, attempts }: Work): void {
  const days = volumes.get(lender) ?? new Map<IsoDate, Record<string, number>>();
  const planned = days.get(day) ?? {};
  planned[channel] = (planned[channel] ?? 0) + attempts;
  days.set(day, planned);
  volumes.set(lender, days);
}

/** What is planned is noted for the gate. More than is usual for today is held before the first of it goes out. */
async function againstUsual(db: Db, volumes: Volumes, today: IsoDate): Promise<Volume[]> {
  const unusual: Volume[] = [];
  for (const [lender, days] of volumes)
    for (const [day, planned] of days) {
      if (day === today) await holdVolume(db, lender, day, planned);
      const found = await plannedVolumeAgainst(db, lender, day, planned);
      unusual.push(...found.filter((volume) => isVolumeWatched(volume.channel) && isUnusual(volume)));
    }
  return unusual;
}

interface Frame {
  readonly capacity: Capacity;
  readonly now: Instant;
  readonly from: IsoDate;
  readonly until: IsoDate;
}

/** What the account's steps ask for, and what its open tasks still do. */
function workAhead(account: OpenAccount, strategy: Strategy, frame: Frame): { work: Work; day: IsoDate }[] {
  const { capacity, now, from, until } = frame;
  const folded = refold(account.enrolment, entries(timelineOf(account)), strategy);
  const { state } = upTo(now, folded, strategy);
  const end = instantOf(addDays(until, 1), '00:00', capacity.zone);
  const ahead = stepsAhead(state, strategy, now, end);
  const work = ahead.flatMap((step) => workOf(step, account, capacity));
  if (account.tasks.length === 0) return work;
  const { askable, contractDpd } = standing(state, strategy.counting, from);
  for (const task of account.tasks) {
    const step = strategy.steps.find(({ name }) => name === task.step);
    if (step === undefined) continue;
    const channel = task.kind === 'campaign' ? 'call' : task.kind;
    const open = {
      ...{ step, channel, attempts: task.attempts, days: 1, askable, dpd: contractDpd, rollsSoon: false },
      segment: state.segment,
      occurrence: { step: step.name, anchor: task.anchor, n: task.n, due: now },
    };
    // What is overdue waits for its people today.
    const on =
      task.kind === 'campaign'
        ? daysLeft(task.onDate, task.days, from, until)
        : [task.onDate < from ? from : task.onDate];
    for (const day of on) work.push(...workOf({ ...open, day }, account, capacity, true).slice(0, 1));
  }
  return work;
}

/** In the order in which the core folds them: by moment, a fact before a decision of the same. */
function timelineOf({ facts, decisions }: OpenAccount): TimelineEntry[] {
  const told = facts.map(({ at, event }): TimelineEntry => ({
    at,
    what: 'fact',
    seq: event.seq ?? 0,
    event,
    late: false,
  }));
  const decided = decisions.map((one): TimelineEntry => ({
    ...one,
    what: 'decision',
    strategy: '',
    generation: 0,
  }));
  return [...told, ...decided].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
