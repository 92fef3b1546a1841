import type { EventInput, ForbearClient } from '../../client/client';
import { answerVisit, type Occasion } from '../../lab/portfolio/answers';
import type { CallAnswer } from '../../lab/portfolio/answers';
import { localDate } from '../../domain/calendar/zone';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import type { Agenda } from './agenda';
import type { Role } from './cast';

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
  readonly agenda: Agenda;
  readonly seed: number;
  /** Money that people paid and did not get back, in fen. */
  readonly till: Till;
  /** Promises that wait for an answer: an account answers when its own time gets there, and nobody waits for that. */
  readonly offered: Set<Promise<void>>;
  /** Raised when nobody waits for an answer any more. */
  readonly over: AbortSignal;
}

/** What was paid, counted by those who paid it: the book must come to the same. */
export class Till {
  private readonly paid: { readonly key: string; readonly at: Instant; readonly amount: Minor }[] = [];
  private readonly back: { readonly key: string; readonly at: Instant }[] = [];

  take(ref: string, event: EventInput): void {
    const at = event.at ?? '';
    if (event.kind === 'payment' && event.pending !== true)
      this.paid.push({ key: `${ref} ${event.id}`, at, amount: event.amount });
    if (event.kind === 'reversal') this.back.push({ key: `${ref} ${event.of}`, at });
  }

  /** Paid up to a moment and not returned by then, in fen. */
  upTo(moment: Instant): Minor {
    const back = new Set(this.back.filter(({ at }) => at <= moment).map(({ key }) => key));
    return this.paid
      .filter(({ key, at }) => at <= moment && !back.has(key))
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

/** What was said on the phone, and the promise that came of it. */
export async function report(
  scene: Scene,
  player: Player,
  answer: CallAnswer,
  of: { readonly key: string; readonly step?: string; readonly channel: string; readonly at: Instant },
): Promise<void> {
  const { code, reason, promise: promised } = answer;
  const { key, step, channel, at } = of;
  const id = `outcome:${key}`;
  await tell(scene, player, { kind: 'contact-outcome', id, at, code, channel, step, reason });
  if (promised !== undefined) {
    const offer: Promise<void> = promise(scene, player, { ...promised, key, channel, at }).finally(() =>
      scene.offered.delete(offer),
    );
    scene.offered.add(offer);
  }
  if (code === 'DEC') {
    // The estate is looked for; nothing is found, and the account is given up.
    const close = (): Promise<void> =>
      tell(scene, player, { kind: 'close', id: 'estate', at: later(at, 24 * 60), reason: 'closed' });
    scene.agenda.add({ at: later(at, 24 * 59), account: player.ref, act: close });
  }
  if (code === 'RPC-VUL') {
    const release = (): Promise<void> =>
      tell(scene, player, {
        kind: 'release',
        id: `recovered:${key}`,
        at: later(at, 24 * 30),
        hold: `vulnerable:${id}`,
      });
    scene.agenda.add({ at: later(at, 24 * 29), account: player.ref, act: release });
  }
}

/** Offers a promise; the account's workflow may refuse it, and then the ladder goes on. */
async function promise(
  scene: Scene,
  player: Player,
  of: {
    readonly key: string;
    readonly channel: string;
    readonly at: Instant;
    readonly amount: Minor;
    readonly date: IsoDate;
  },
): Promise<void> {
  if (player.closed) return;
  const { key, channel, amount, date } = of;
  const id = `promise:${key}`;
  const at = later(of.at, 0.1);
  const given = {
    id,
    at,
    promise: id,
    amount,
    date,
    method: 'transfer',
    givenBy: 'debtor',
    channel,
  } as const;
  // It may have closed meanwhile, or be too busy to answer: nobody's promise stops the show.
  const { connection } = scene.client.desk.temporal;
  await connection
    .withAbortSignal(scene.over, () => scene.client.promise(player.ref, given))
    .catch(() => undefined);
}

/** What a visit found, and what was agreed at the door. */
export async function reportVisit(
  scene: Scene,
  player: Player,
  of: { readonly key: string; readonly step: string; readonly at: Instant },
): Promise<string> {
  const { key, step, at } = of;
  const { code, followUpOn } = answerVisit(occasion(scene, player, at, key));
  await tell(scene, player, { kind: 'visit-outcome', id: `visit:${key}`, at, step, code, followUpOn });
  return code;
}
