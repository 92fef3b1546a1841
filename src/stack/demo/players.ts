import type { EventInput, ForbearClient } from '../../client/client';
import { ForbearError } from '../../domain/errors/forbear-error';
import type { CallAnswer, Occasion } from '../../lab/portfolio/answers';
import { localDate } from '../../domain/calendar/zone';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import type { Agenda } from './agenda';
import type { Role } from './cast';
import { liftHold, type Desk } from './desk';

/** One account of the show: what the book calls it, and how much of its life has been told. */
export interface Player {
  readonly ref: string;
  readonly role: Role;
  told: number;
  /** By the book: nobody does anything for it any more. */
  closed: boolean;
}

/** What the people of the show share. */
export interface Scene {
  readonly client: ForbearClient;
  /** Asks questions, each once: what waits for an answer can be broken off. */
  readonly asker: ForbearClient;
  readonly agenda: Agenda;
  /** Who lifts holds; null: nobody does. */
  readonly desk: Desk | null;
  readonly seed: number;
  /** Money that people paid and did not get back, in fen. */
  readonly till: Till;
  /** Promises that wait for an answer: an account answers when its own time gets there, and nobody waits for that. */
  readonly offered: Set<Promise<void>>;
  /** Raised when nobody waits for an answer any more. */
  readonly over: AbortSignal;
}

interface Paid {
  readonly key: string;
  readonly ref: string;
  readonly at: Instant;
  readonly amount: Minor;
}

/** What was paid, counted by those who paid it: the book must come to the same. */
export class Till {
  private readonly paid: Paid[] = [];
  private readonly back: { readonly key: string; readonly at: Instant }[] = [];

  take(ref: string, event: EventInput): void {
    const at = event.at ?? '';
    if (event.kind === 'payment' && event.pending !== true)
      this.paid.push({ key: `${ref} ${event.id}`, ref, at, amount: event.amount });
    if (event.kind === 'reversal') this.back.push({ key: `${ref} ${event.of}`, at });
  }

  /** Paid up to a moment, before the account was closed, and not returned by then, in fen. */
  upTo(moment: Instant, closings: ReadonlyMap<string, Instant>): Minor {
    const back = new Set(this.back.filter(({ at }) => at <= moment).map(({ key }) => key));
    return this.paid
      .filter(({ key, ref, at }) => at <= moment && at <= (closings.get(ref) ?? moment) && !back.has(key))
      .reduce((sum, { amount }) => sum + amount, 0);
  }
}

const HOUR_MS = 3_600_000;

export function later(at: Instant, hours: number): Instant {
  return new Date(Date.parse(at) + hours * HOUR_MS).toISOString();
}

export function dayIn(player: Player, at: Instant): IsoDate {
  return localDate(at, player.role.card.person.zone);
}

export function occasion(scene: Scene, player: Player, at: Instant, key: string): Occasion {
  const { card, life } = player.role;
  return { seed: scene.seed, card, life, on: dayIn(player, at), key };
}

/** Tells a fact of an account as an operator or the host would. */
export async function tell(scene: Scene, player: Player, event: EventInput): Promise<void> {
  if (player.closed && event.kind !== 'reversal') return;
  await scene.client.tell(player.ref, event);
  scene.till.take(player.ref, event);
}

/** Somebody calls in and says so. */
export async function callsIn(
  scene: Scene,
  player: Player,
  answer: CallAnswer,
  of: { readonly key: string; readonly at: Instant },
): Promise<void> {
  const { code, reason } = answer;
  const id = `outcome:${of.key}`;
  await tell(scene, player, { kind: 'contact-outcome', id, at: of.at, code, channel: 'call', reason });
  followUp(scene, player, answer, { ...of, id });
}

/** What comes of a conversation afterwards: a promise, an end, a recovery. `id` is the fact that told of it. */
export function followUp(
  scene: Scene,
  player: Player,
  { code, promise: promised }: Pick<CallAnswer, 'promise'> & { readonly code: string },
  { key, id, at }: { readonly key: string; readonly id: string; readonly at: Instant },
): void {
  const plan = (days: number, event: EventInput): void =>
    scene.agenda.add({
      at: later(at, 24 * days - 12),
      account: player.ref,
      act: () => tell(scene, player, { ...event, at: later(at, 24 * days) }),
    });
  if (promised !== undefined) offer(scene, player, promised, { key, at: later(at, 0.1) });
  // The estate is looked for; nothing is found, and the account is given up.
  if (code === 'DEC') plan(60, { kind: 'close', id: 'estate', reason: 'closed' });
  const { desk } = scene;
  if (code !== 'RPC-VUL' || desk === null) return;
  const said = { id: `recovered:${player.ref}:${key}`, hold: `vulnerable:${id}`, at: later(at, 24 * 30) };
  scene.agenda.add({
    at: later(at, 24 * 30 - 12),
    account: player.ref,
    act: () => unlessEnded(() => liftHold(scene.client, desk, player.ref, said)),
  });
}

/** Offers a promise; the account's workflow may refuse it, and then the ladder goes on. */
function offer(
  scene: Scene,
  player: Player,
  { amount, date }: { readonly amount: Minor; readonly date: IsoDate },
  { key, at }: { readonly key: string; readonly at: Instant },
): void {
  if (player.closed) return;
  const id = `promise:${key}`;
  const terms = { amount, date, method: 'transfer', givenBy: 'debtor', channel: 'call' } as const;
  const { connection } = scene.asker.desk.temporal;
  // It may have closed meanwhile, or be too busy to answer: nobody's promise stops the show.
  const offered: Promise<void> = connection
    .withAbortSignal(scene.over, () => scene.asker.promise(player.ref, { id, at, promise: id, ...terms }))
    .then(
      () => undefined,
      () => undefined,
    )
    .finally(() => scene.offered.delete(offered));
  scene.offered.add(offered);
}

const PASSED: ReadonlySet<string> = new Set(['TASK_ENDED', 'ACCOUNT_CLOSED', 'HOST_ANSWERED', 'HOLD_OVER']);

/** Work that somebody else, or the closing of the account, may have ended first. */
export async function unlessEnded(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ForbearError && PASSED.has(error.code))) throw error;
  }
}
