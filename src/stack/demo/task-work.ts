import { isCode } from '../../book/book-error';
import { fileCase } from '../../book/cases';
import { PLACE } from '../../book/placements';
import { POSTED, type TaskRow } from '../../book/tasks';
import { startTask, type Started } from '../../client/by-people';
import { finishWork, stepOf, tellAttempt } from '../../client/finish-task';
import { NOT_REACHED, STOPPED, type TaskAnswer } from '../../client/task-result';
import { RESULT_CODES } from '../../domain/account/result-codes';
import { addDays } from '../../domain/calendar/day';
import type { Instant } from '../../domain/units';
import { answerCall, answerVisit, letterArrives } from '../../lab/portfolio/answers';
import { momentOn } from '../../lab/portfolio/months';
import { Random } from '../../lab/portfolio/random';
import { followUp, later, occasion, tell, unlessEnded, type Player, type Scene } from './players';

/** People at work: each task of the book is taken up by whoever it is for, and its outcome told. */
export function takeUp(scene: Scene, player: Player, task: TaskRow): void {
  const work = new Work(scene, player, task);
  switch (task.kind) {
    case 'campaign':
      return work.dial(0);
    case 'visit':
      return work.visit();
    case 'letter':
      return work.post();
    case 'task':
      return work.decide();
  }
}

/** Minutes of the day at which numbers are dialled, by how many attempts a day has: early in it nobody has time. */
const DIALLED: Readonly<Record<number, readonly number[]>> = {
  1: [18 * 60],
  2: [16 * 60, 19 * 60],
  3: [15 * 60, 17 * 60, 19 * 60],
};
const MOST_A_DAY = 3;
const BY = 'demo';

/** One task, from the moment at which it was seen to its end. */
class Work {
  /** Names the task the same in every show of the same seed. */
  private readonly key: string;
  private readonly random: Random;

  constructor(
    private readonly scene: Scene,
    private readonly player: Player,
    private readonly task: TaskRow,
  ) {
    this.key = `${task.step}:${task.anchor}:${task.n}`;
    this.random = new Random(scene.seed, player.role.card.number, this.key);
  }

  /** A day of a campaign, and then the next, until somebody is reached, the gate says no, or it has run out. */
  dial(day: number): void {
    const { task } = this;
    if (day >= (task.days ?? 1))
      return this.plan(task.due, () => this.end(task.due, { result: NOT_REACHED }));
    const times = DIALLED[Math.min(MOST_A_DAY, task.dailyAttempts ?? 1)] ?? [];
    const moments = times.map((minutes) => this.moment(minutes + this.random.whole(0, 40), day));
    this.plan(moments[0] ?? task.due, async () => {
      for (const [n, at] of moments.entries()) {
        const leave = await this.start(at);
        if (!leave.may && leave.answer !== 'defer') return this.end(at, { result: STOPPED });
        if (leave.may && (await this.call(`${this.key}:${day}:${n}`, at))) return;
      }
      this.dial(day + 1);
    });
  }

  /** Whether the campaign has reached its end with this call. */
  private async call(key: string, at: Instant): Promise<boolean> {
    const { scene, player, task } = this;
    const answer = answerCall(occasion(scene, player, at, key));
    const { code: result, reason } = answer;
    const said = { result, at, ...(reason === undefined ? {} : { reason }) };
    if (!RESULT_CODES[result].rpc && result !== 'DEC') {
      await tellAttempt(scene.client, task.id, said);
      return false;
    }
    await this.end(at, said);
    followUp(scene, player, answer, { key, id: `task:${task.id}`, at });
    return true;
  }

  visit(): void {
    const at = this.moment(15 * 60 + this.random.whole(0, 150));
    this.plan(at, async () => {
      const { scene, player, key } = this;
      const leave = await this.start(at);
      if (!leave.may) return this.end(at, { result: STOPPED });
      const answer = answerVisit(occasion(scene, player, at, key));
      const { code: result, followUpOn } = answer;
      await this.end(at, { result, ...(followUpOn === undefined ? {} : { followUpOn }) });
      followUp(scene, player, answer, { key, id: `task:${this.task.id}`, at });
    });
  }

  /** The mailroom posts it in the evening; the registered post says some days later whether it arrived. */
  post(): void {
    const at = this.moment(17 * 60);
    const there = later(at, 24 * this.random.whole(2, 5) - 5);
    this.plan(at, async () => {
      const { scene, player, key } = this;
      const leave = await this.start(at);
      if (!leave.may) return this.end(at, { result: STOPPED });
      await this.end(at, { result: POSTED });
      const result = letterArrives(occasion(scene, player, at, key)) ? 'arrived' : 'returned';
      this.plan(there, () => this.end(there, { result }));
    });
  }

  /** Tasks for one person at a desk: an owner, a search, a placement, a screening, an approval. */
  decide(): void {
    const { task } = this;
    const { days, result } = decisionOn(task, this.random);
    const planned = later(this.moment(16 * 60), 24 * days);
    const last = task.chaseAt === null ? planned : later(task.chaseAt, -12);
    const at = planned > last ? last : planned;
    this.plan(at, () => this.settle(result, at));
  }

  private async settle(planned: string, at: Instant): Promise<void> {
    const { scene, player, task, key } = this;
    const { client } = scene;
    const [first, ...more] = (await stepOf(client.book.db, task))?.answers ?? [planned];
    const answers = [first ?? planned, ...more] as const;
    const result = answers.includes(planned) ? planned : this.random.pick(answers);
    // One of each queue is at work: who does a task that asks for an owner owns the person.
    const by = task.queue === null ? BY : `${task.queue}-1`;
    await this.end(at, { result, by, ...(task.action === PLACE ? VOUCHED : {}) }).catch((error: unknown) => {
      if (task.action !== PLACE || !isCode(error, 'POLICY_REFUSES')) throw error;
      // The packs are against it: the account stays in the house.
      return this.end(at, { result: STOPPED, by });
    });
    const drafted = (task.inputs as { readonly case?: unknown } | null)?.case;
    if (result === 'approved' && typeof drafted === 'string')
      await fileCase(client.book.db, drafted, later(at, 20));
    if (task.action === 'propose-write-off' && result === 'write-off')
      await tell(scene, player, { kind: 'write-off', id: 'write-off', at: later(at, 20) });
    if (task.action === 'trace' && result === 'found')
      await tell(scene, player, { kind: 'contact-changed', id: `trace:${key}`, at, reachable: true });
  }

  private start(at: Instant): Promise<Started> {
    return startTask(this.scene.client.book.db, this.task.id, at, TEAM);
  }

  private async end(at: Instant, answer: Omit<TaskAnswer, 'at'>): Promise<void> {
    await finishWork(this.scene.client, this.task.id, { ...answer, at });
  }

  private plan(at: Instant, work: () => Promise<void>): void {
    const { scene, player } = this;
    const act = (): Promise<void> => (player.closed ? Promise.resolve() : unlessEnded(work));
    scene.agenda.add({ at, account: player.ref, act });
  }

  private moment(minutes: number, days = 0): Instant {
    return momentOn(addDays(this.task.onDate, days), minutes, this.player.role.card.person.zone);
  }
}

/** What the packs cannot know of an agency of the show somebody of the lender answers for. */
const VOUCHED = { vouchedBy: 'demo-head' };

/** Two people go, and show who they are. */
const TEAM = [
  { ref: 'field-1', identification: 'ID-0001' },
  { ref: 'field-2', identification: 'ID-0002' },
];

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
