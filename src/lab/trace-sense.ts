import type { AccountEvent } from '../domain/account/events';
import { daysBetween } from '../domain/calendar/day';
import type { ErrorCode } from '../domain/errors/catalogue';
import type { ErrorArgs } from '../domain/errors/forbear-error';
import type { Strategy } from '../domain/strategy/strategy';
import { AGENCY_STOP } from '../domain/policy/agency-stop';
import type { IsoDate } from '../domain/units';

export type Path = readonly (string | number)[];
/** Throws the error with the place at which that part of the trace stands. */
export type Fault = (code: ErrorCode, args: ErrorArgs, path: Path) => never;

interface Read {
  readonly start: IsoDate;
  readonly until: IsoDate;
  readonly down: readonly { readonly from: IsoDate; readonly until: IsoDate }[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly days: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** Days that a trace may last: a year that was mistyped would play for hours. */
const LONGEST = 100 * 366;

/** From its start to its end, and no longer than a life; nothing is down backwards. */
export function mustLast({ start, until, down }: Read, fault: Fault): void {
  const wrong = (key: string, reason: string, path: Path) => fault('TRACE_SHAPE', { key, reason }, path);
  if (until < start) wrong('until', `must not lie before the start ${start}`, ['until']);
  if (daysBetween(start, until) > LONGEST) wrong('until', 'must lie within a hundred years', ['until']);
  const backwards = down.findIndex((span) => span.until <= span.from);
  if (backwards >= 0) wrong('until', 'must lie after from', ['down', backwards, 'until']);
}

/** What a trace names must be there: a misspelt name would change nothing, and the trace still pass. */
export function mustBeKnown(
  events: readonly AccountEvent[],
  read: Read,
  strategy: Strategy | null,
  fault: Fault,
): void {
  const names = strategy === null ? null : new Set(strategy.steps.map(({ name }) => name));
  const isStep = (name: string): boolean => names === null || names.has(name);
  const stray = Object.keys(read.answers).find((name) => !isStep(name));
  if (stray !== undefined) fault('TRACE_STEP_UNKNOWN', { step: stray }, ['answers', stray]);
  const first = new Map<string, AccountEvent>();
  for (const event of events) {
    const told = first.get(event.id);
    if (told !== undefined && content(told) !== content(event))
      fault('TRACE_ID_TWICE', { id: event.id }, placeOf(read, 'id', event.id));
    first.set(event.id, event);
    if ('step' in event && event.step !== undefined && !isStep(event.step) && event.step !== AGENCY_STOP)
      fault('TRACE_STEP_UNKNOWN', { step: event.step }, placeOf(read, 'step', event.step));
  }
  mustMeanSomething(events, read, fault);
  const paid = new Set(events.flatMap((event) => (event.kind === 'reversal' ? [] : [event.id])));
  const lost = events.find((event) => event.kind === 'reversal' && !paid.has(event.of));
  if (lost?.kind === 'reversal')
    fault('TRACE_PAYMENT_UNKNOWN', { id: lost.of }, placeOf(read, 'reverse', lost.of));
}

/** What would be taken and do nothing: a hold that ends before it begins, a dispute that is right in no amount. */
function mustMeanSomething(events: readonly AccountEvent[], read: Read, fault: Fault): void {
  for (const event of events) {
    if (event.kind === 'hold' && event.until !== undefined && event.until < event.from)
      fault(
        'TRACE_SHAPE',
        { key: 'until', reason: `must not lie before the first day ${event.from}` },
        placeOf(read, 'until', event.until),
      );
    if (event.kind === 'dispute-resolved' && event.outcome === 'partly' && (event.amount ?? 0) <= 0)
      fault(
        'TRACE_SHAPE',
        { key: 'amount', reason: 'must say in how much the person is right' },
        placeOf(read, 'resolve', event.dispute),
      );
  }
}

/** The last entry that says this, which is where a reader has to look. */
function placeOf(read: Read, key: string, value: string): Path {
  const found = Object.entries(read.days).flatMap(([on, items]) =>
    items.flatMap((item, at): Path[] => (String(item[key]) === value ? [['days', on, at, key]] : [])),
  );
  return found.at(-1) ?? ['days'];
}

/** Said again in other words is said otherwise; said again later is not. */
function content(event: AccountEvent): string {
  return JSON.stringify({ ...event, at: '' });
}
