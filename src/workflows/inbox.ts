import type { AccountEvent } from '../domain/account/events';
import { readEvent } from '../domain/account/read-event';
import type { OfferAsked } from '../domain/offer/asked';
import type { AnswerGiven } from '../domain/offer/given';
import type { Instant } from '../domain/units';
import type { AccountTime } from './account-time';
import type { PromiseAnswer } from './messages';
import { isMalformed } from './payload-converter';

/** A message that was not understood, kept with its reason until the journal has it. */
export interface Aside {
  readonly at: Instant;
  readonly name: string;
  readonly reason: string;
}

/** Something that happened; `answer` where the sender waits for one. */
export interface Message {
  readonly event: AccountEvent;
  readonly answer?: (answer: PromiseAnswer) => void;
}

/** An offer that waits for its answer. */
export interface AskedOffer {
  readonly offer: OfferAsked;
  readonly answer: (given: AnswerGiven) => void;
}

/** So many are kept aside with name and reason; the rest are counted. */
const ASIDE_KEPT = 20;
const NAME_LENGTH = 40;

/**
 * Everything that reached the account and has not been looked at, in order of arrival. Nothing that arrives can throw
 * here: an exception in a signal handler would stop the account for ever.
 */
export class Inbox {
  private readonly offers: AskedOffer[] = [];
  private messages: Message[];
  private aside: Aside[];
  private arrivals = 0;
  private unlisted = 0;

  /** @param newId makes the id of a message that somebody typed without one */
  constructor(
    private readonly time: AccountTime,
    private readonly newId: () => string,
    carried: { readonly events: readonly AccountEvent[]; readonly aside: readonly Aside[] },
  ) {
    this.messages = carried.events.map((event) => ({ event }));
    this.aside = [...carried.aside];
  }

  receive(name: string, payload: unknown): void {
    this.arrivals += 1;
    const wall = this.time.wall();
    if (isMalformed(payload)) {
      this.keepAside(name, payload.malformed, wall);
      return;
    }
    const read = readEvent(name, this.completed(payload, wall));
    if (!('event' in read)) this.keepAside(name, read.refused, wall);
    // Who may agree to something the book knows: by hand nobody makes an agreement.
    else if (read.event.kind === 'agreement' && read.event.seq === undefined)
      this.keepAside(name, 'an agreement comes from the book only', wall);
    else this.messages.push({ event: read.event });
  }

  /** A question is never of the future, so that nobody waits long for the answer. */
  ask(event: AccountEvent, answer: (answer: PromiseAnswer) => void): void {
    this.arrivals += 1;
    const wall = this.time.wall();
    this.messages.push({ event: event.at > wall ? { ...event, at: wall } : event, answer });
  }

  /** Asked for when everything that came before it has been looked at: money first. */
  askOffer(offer: OfferAsked, answer: (given: AnswerGiven) => void): void {
    this.arrivals += 1;
    this.offers.push({ offer, answer });
  }

  /** Takes out the next offer that was asked for. */
  nextOffer(): AskedOffer | null {
    return this.offers.shift() ?? null;
  }

  get hasOffers(): boolean {
    return this.offers.length > 0;
  }

  /** Counts whatever arrives: an account that rests wakes when this grows. */
  get arrived(): number {
    return this.arrivals;
  }

  get hasQuestions(): boolean {
    return this.hasOffers || this.messages.some((message) => message.answer !== undefined);
  }

  /** Takes out the next message whose time has come. */
  next(): Message | null {
    const place = this.messages.findIndex(({ event }) => this.time.hasCome(event.at));
    return place < 0 ? null : (this.messages.splice(place, 1)[0] ?? null);
  }

  /** When the earliest of the waiting messages happened. */
  earliest(): Instant | null {
    return this.messages.reduce<Instant | null>(
      (least, { event }) => (least === null || event.at < least ? event.at : least),
      null,
    );
  }

  /** When the latest of the waiting messages happened. */
  latest(): Instant | null {
    return this.messages.reduce<Instant | null>(
      (most, { event }) => (most === null || event.at > most ? event.at : most),
      null,
    );
  }

  get waiting(): readonly AccountEvent[] {
    return this.messages.map(({ event }) => event);
  }

  get keptAside(): readonly Aside[] {
    return this.aside;
  }

  /** A message that was understood and counts for nothing, because of how the account is. */
  refuse({ kind }: AccountEvent, reason: string): void {
    this.keepAside(kind, reason, this.time.wall());
  }

  /** The journal has the first so many. */
  toldAside(count: number): void {
    this.aside = this.aside.slice(count);
  }

  private keepAside(name: string, reason: string, at: Instant): void {
    // Anybody may have typed the name: only what a name is made of is kept.
    const entry = { at, name: name.replace(/[^\w.:-]/g, '?').slice(0, NAME_LENGTH), reason };
    if (this.aside.length < ASIDE_KEPT) {
      this.unlisted = 0;
      this.aside = [...this.aside, entry];
      return;
    }
    this.unlisted += 1;
    const last = { ...entry, reason: `${reason}; ${this.unlisted} before it are not listed` };
    this.aside = [...this.aside.slice(0, ASIDE_KEPT - 1), last];
  }

  /** Someone who signals by hand need not invent an id or a time. */
  private completed(payload: unknown, wall: Instant): unknown {
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload;
    const given = payload as Readonly<Record<string, unknown>>;
    return { ...given, at: given['at'] ?? wall, id: given['id'] ?? this.newId() };
  }
}
