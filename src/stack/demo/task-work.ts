import { approveCase, fileCase, rejectCase } from '../../book/cases';
import { finishTask, type TaskRow } from '../../book/tasks';
import { askLeave } from '../../client/by-people';
import { RESULT_CODES } from '../../domain/account/result-codes';
import { addDays } from '../../domain/calendar/day';
import type { Instant } from '../../domain/units';
import { answerCall, letterArrives } from '../../lab/portfolio/answers';
import { momentOn } from '../../lab/portfolio/months';
import { Random } from '../../lab/portfolio/random';
import { later, occasion, report, reportVisit, tell, type Player, type Scene } from './players';

/** People at work: each task of the book is taken up by whoever it is for, and its outcome told. */
export function takeUp(scene: Scene, player: Player, task: TaskRow): void {
  switch (task.kind) {
    case 'campaign':
      return dial(scene, player, task, 0);
    case 'visit':
      return visit(scene, player, task);
    case 'letter':
      return post(scene, player, task);
    case 'task':
      return decide(scene, player, task);
  }
}

const keyOf = (task: TaskRow): string => `${task.step}:${task.anchor}:${task.n}`;

/** Minutes of the day at which numbers are dialled, by how many attempts a day has: early in it nobody has time. */
const DIALLED: Readonly<Record<number, readonly number[]>> = {
  1: [18 * 60],
  2: [16 * 60, 19 * 60],
  3: [15 * 60, 17 * 60, 19 * 60],
};
const MOST_A_DAY = 3;

/** The attempts of a campaign, one after the other until somebody is reached, the gate says no, or it has run out. */
function dial(scene: Scene, player: Player, task: TaskRow, attempt: number): void {
  const aDay = Math.min(MOST_A_DAY, task.dailyAttempts ?? 1);
  const day = Math.floor(attempt / aDay);
  const key = `${keyOf(task)}:${attempt}`;
  if (day >= (task.days ?? 1)) return finish(scene, player, task, 'not-reached', task.due);
  const minutes =
    (DIALLED[aDay]?.[attempt % aDay] ?? 18 * 60) + new Random(scene.seed, player.ref, key).whole(0, 40);
  const at = momentOn(addDays(task.onDate, day), minutes, player.role.card.person.zone);
  const act = async (): Promise<void> => {
    const leave = await askLeave(scene.client.book.db, task, 'call', attempt, at);
    if (!leave.may && leave.answer !== 'defer')
      return finish(scene, player, task, `stopped:${leave.rule}`, at);
    if (leave.may) {
      const answer = answerCall(occasion(scene, player, at, key));
      await report(scene, player, answer, { key, step: task.step, channel: 'call', at });
      if (RESULT_CODES[answer.code].rpc || answer.code === 'DEC')
        return finish(scene, player, task, answer.code, at);
    }
    dial(scene, player, task, attempt + 1);
  };
  scene.agenda.add({ at, account: player.ref, act });
}

function visit(scene: Scene, player: Player, task: TaskRow): void {
  const key = keyOf(task);
  const at = momentOn(
    task.onDate,
    15 * 60 + new Random(scene.seed, player.ref, key).whole(0, 150),
    player.role.card.person.zone,
  );
  const act = async (): Promise<void> => {
    const leave = await askLeave(scene.client.book.db, task, 'visit', 0, at);
    if (!leave.may) return finish(scene, player, task, `stopped:${leave.rule}`, at);
    finish(scene, player, task, await reportVisit(scene, player, { key, step: task.step, at }), at);
  };
  scene.agenda.add({ at, account: player.ref, act });
}

/** The mailroom posts it in the evening; the registered post says some days later whether it arrived. */
function post(scene: Scene, player: Player, task: TaskRow): void {
  const key = keyOf(task);
  const at = momentOn(task.onDate, 17 * 60, player.role.card.person.zone);
  const days = new Random(scene.seed, player.ref, key).whole(2, 5);
  const act = async (): Promise<void> => {
    const leave = await askLeave(scene.client.book.db, task, 'letter', 0, at);
    if (!leave.may) return finish(scene, player, task, `stopped:${leave.rule}`, at);
    finish(scene, player, task, 'posted', at);
    const there = later(at, 24 * days - 5);
    const status = letterArrives(occasion(scene, player, at, key)) ? 'arrived' : 'returned';
    const arrive = (): Promise<void> =>
      tell(scene, player, { kind: 'delivery', id: `post:${key}`, at: there, step: task.step, status });
    scene.agenda.add({ at: there, account: player.ref, act: arrive });
  };
  scene.agenda.add({ at, account: player.ref, act });
}

/** Tasks for one person at a desk: an owner, a search, a placement, a screening, an approval. */
function decide(scene: Scene, player: Player, task: TaskRow): void {
  const random = new Random(scene.seed, player.ref, keyOf(task));
  const { days, result } = decisionOn(task, random);
  const last = task.chaseAt === null ? null : later(task.chaseAt, -12);
  const planned = later(momentOn(task.onDate, 16 * 60, player.role.card.person.zone), 24 * days);
  const at = last !== null && planned > last ? last : planned;
  const act = async (): Promise<void> => {
    await settleCase(scene, task, result, at);
    await finishTask(scene.client.book.db, task.id, 'done', result, at);
    // Nobody waits for the result of a task without a day to answer by.
    if (task.chaseAt === null || task.action === 'chase-outcome') return;
    await tell(scene, player, {
      kind: 'task-result',
      id: `task:${keyOf(task)}`,
      at,
      step: task.step,
      result,
    });
    if (task.action === 'propose-write-off' && result === 'write-off')
      await tell(scene, player, { kind: 'write-off', id: 'write-off', at: later(at, 20) });
    if (task.action === 'trace')
      await tell(scene, player, { kind: 'contact-changed', id: `trace:${keyOf(task)}`, at, reachable: true });
  };
  scene.agenda.add({ at, account: player.ref, act });
}

function decisionOn(task: TaskRow, random: Random): { readonly days: number; readonly result: string } {
  switch (task.action) {
    case 'trace':
      return { days: random.whole(5, 20), result: random.chance(0.5) ? 'found' : 'not-found' };
    case 'legal-screening':
      return { days: random.whole(2, 5), result: random.chance(0.75) ? 'sue' : 'keep' };
    case 'approve-case':
      return { days: random.whole(1, 3), result: random.chance(0.85) ? 'approved' : 'refused' };
    case 'propose-write-off':
      return { days: random.whole(5, 15), result: random.chance(0.8) ? 'write-off' : 'keep' };
    case 'place':
      return { days: 1000, result: random.chance(0.07) ? 'collected' : 'nothing' };
    default:
      return { days: 1, result: 'done' };
  }
}

/** Counsel approves the drafted case and files it, or sends it back. */
async function settleCase(scene: Scene, task: TaskRow, result: string, at: Instant): Promise<void> {
  const drafted = (task.inputs as { readonly case?: unknown }).case;
  if (task.action !== 'approve-case' || typeof drafted !== 'string') return;
  const { db } = scene.client.book;
  if (result !== 'approved') return void (await rejectCase(db, drafted, 'demo-counsel', at));
  await approveCase(db, drafted, 'demo-counsel', at);
  await fileCase(db, drafted, later(at, 20));
}

function finish(scene: Scene, player: Player, task: TaskRow, result: string, at: Instant): void {
  const act = async (): Promise<void> =>
    void (await finishTask(scene.client.book.db, task.id, 'done', result, at));
  scene.agenda.add({ at, account: player.ref, act });
}
