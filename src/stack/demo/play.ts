import { unansweredHost } from '../../book/host-actions';
import { noteHostData } from '../../book/host-data';
import type { TaskRow } from '../../book/tasks';
import type { EventInput } from '../../client/client';
import { answerHostAction } from '../../client/host-answer';
import { answerMessage } from '../../lab/portfolio/answers';
import { Random } from '../../lab/portfolio/random';
import { LENDER } from '../../lab/portfolio/rows';
import type { Instant } from '../../domain/units';
import { InOrder } from './in-order';
import type { Mailbox } from './mailbox';
import { callsIn, later, occasion, tell, unlessEnded, type Player, type Scene } from './players';
import { takeUp } from './task-work';

/** Facts known in advance are told so much earlier: the account keeps each until its own time gets there. */
const AHEAD_HOURS = 72;
/** People's work is done this much earlier than it happens, so that a busy machine does not make them late. */
const READY_HOURS = 8;
const FILE_HOURS = 24;
const TICK_MS = 100;
const AT_ONCE = 12;
const MOST_ROWS = 2000;
/** Rows become visible when their transaction ends, which may be this much after they were written. */
const OVERLAP_MS = 5_000;

/** Plays everybody outside the product: those who owe, collectors, visitors, the mailroom, the host, counsel. */
export class Play {
  readonly work: InOrder;
  private readonly known = new Set<string>();
  private tasksSince = new Date(0).toISOString();
  private hostFileAsOf: Instant = new Date(0).toISOString();
  private hasEnded = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly scene: Scene,
    private readonly players: ReadonlyMap<string, Player>,
    private readonly mailbox: Mailbox,
    /** Told of work that failed, and of the day: for the one who shows how it goes. */
    private readonly onError: (error: unknown) => void,
  ) {
    this.work = new InOrder(AT_ONCE, onError);
  }

  start(): void {
    this.running = this.run();
  }

  /** Everything that is under way is finished, nothing new is begun. */
  async stop(): Promise<void> {
    this.hasEnded = true;
    await this.running;
    await this.work.settled();
  }

  private async run(): Promise<void> {
    while (!this.hasEnded) {
      const from = Date.now();
      try {
        this.tellLives();
        await Promise.all([
          this.hostFile(),
          this.takeTasks(),
          this.answerHost(),
          this.readMail(),
          this.seeClosed(),
        ]);
        this.doWhatIsDue();
      } catch (error) {
        this.onError(error);
      }
      await new Promise((done) => setTimeout(done, Math.max(10, TICK_MS - (Date.now() - from))));
    }
  }

  private tellLives(): void {
    const until = later(this.scene.client.now(), AHEAD_HOURS);
    for (const player of this.players.values()) {
      const { events } = player.role.life;
      for (
        let event = events[player.told];
        event !== undefined && event.at <= until;
        event = events[player.told]
      ) {
        player.told += 1;
        const fact = event as EventInput;
        this.work.add(player.ref, () => tell(this.scene, player, fact));
      }
    }
  }

  /** The lender's file of the night, of which nothing is new: what changes is told ahead of it. */
  private async hostFile(): Promise<void> {
    const asOf = later(this.scene.client.now(), AHEAD_HOURS);
    if (asOf < later(this.hostFileAsOf, FILE_HOURS)) return;
    await noteHostData(this.scene.client.book.db, LENDER, asOf);
    this.hostFileAsOf = asOf;
  }

  private doWhatIsDue(): void {
    for (const { account, act } of this.scene.agenda.upTo(later(this.scene.client.now(), READY_HOURS)))
      this.work.add(account, act);
  }

  private async takeTasks(): Promise<void> {
    const rows: TaskRow[] = await this.scene.client.book.db
      .selectFrom('tasks')
      .selectAll()
      .where('status', '=', 'open')
      .where('openedAt', '>', this.tasksSince)
      .orderBy('openedAt')
      .limit(MOST_ROWS)
      .execute();
    for (const task of rows) {
      const player = this.once(task.id, task.account);
      if (player !== null) takeUp(this.scene, player, task);
    }
    const last = rows[rows.length - 1];
    if (last !== undefined) this.tasksSince = new Date(Date.parse(last.openedAt) - OVERLAP_MS).toISOString();
  }

  /** The lender's system does what it is asked within the day; a debit that failed mostly fails again. */
  private async answerHost(): Promise<void> {
    for (const row of await unansweredHost(this.scene.client.book.db, MOST_ROWS)) {
      const player = this.once(row.id, row.account);
      if (player === null) continue;
      const random = new Random(this.scene.seed, player.role.card.number, row.step, row.anchor, row.n);
      const result = row.action === 'retry-debit' && random.chance(0.85) ? 'failed' : 'done';
      const at = later(row.requestedAt, random.whole(9, 14));
      const act = (): Promise<void> =>
        unlessEnded(() => answerHostAction(this.scene.client, row.id, result, at));
      this.scene.agenda.add({ at, account: player.ref, act });
    }
  }

  /** Some who read a message call in the next day. */
  private async readMail(): Promise<void> {
    for (const message of await this.mailbox.fresh()) {
      const player = this.players.get(message.account);
      if (player === undefined) continue;
      const at = later(message.at, 22);
      const answer = answerMessage(occasion(this.scene, player, at, message.key));
      if (answer === null) continue;
      const key = `reply:${message.key}`;
      const act = (): Promise<void> => callsIn(this.scene, player, answer, { key, at });
      this.scene.agenda.add({ at, account: player.ref, act });
    }
  }

  private async seeClosed(): Promise<void> {
    const rows = await this.scene.client.book.db
      .selectFrom('accounts')
      .select('ref')
      .where('status', '=', 'closed')
      .execute();
    for (const { ref } of rows) {
      const player = this.players.get(ref);
      if (player !== undefined) player.closed = true;
    }
  }

  /** The player that a row is for, the first time that it is seen. */
  private once(id: string, account: string): Player | null {
    if (this.known.has(id)) return null;
    this.known.add(id);
    return this.players.get(account) ?? null;
  }
}
