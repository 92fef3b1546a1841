import { z } from 'zod';
import type { AccountEvent } from '../domain/account/events';
import { isIsoDate } from '../domain/calendar/day';
import { instantOf, isZone } from '../domain/calendar/zone';
import type { ErrorCode } from '../domain/errors/catalogue';
import { fail, ForbearError, type ErrorArgs } from '../domain/errors/forbear-error';
import { COMPONENTS } from '../domain/ledger/components';
import { parseMoney } from '../domain/read-money';
import type { Places } from '../domain/strategy/document/places';
import { readYaml } from '../domain/strategy/document/yaml';
import type { Strategy } from '../domain/strategy/strategy';
import type { Expectation, Trace } from './trace';
import { mustBeKnown, mustLast, type Fault, type Path } from './trace-sense';
import { offerWord, readOfferWord } from './trace-offer-words';
import type { TraceOffer } from './trace-offers';
import { WORDS, type Said } from './trace-words';

export interface TraceDocument {
  /** A name of a strategy that ships, or the path of a document. */
  readonly strategy: string;
  /**
   * The trace itself, once the strategy is known: it gives the account what the document does not say. `other`: it is
   * played with another strategy than its own, which need not have the steps that it names.
   */
  trace(strategy: Strategy, other?: boolean): Trace;
}

const day = z.string().refine(isIsoDate, 'must be a real day as YYYY-MM-DD');
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const money = z.union([z.string(), z.number()], 'must be an amount such as 1200.50');
const answer = z.union(
  [
    z.enum(['refused', 'not-sent', 'unknown']),
    z.strictObject({ deferred: z.int().positive('must be a number of days') }),
  ],
  'must be refused, not-sent, unknown or { deferred: DAYS }',
);

const shape = z.strictObject({
  forbear: z.literal('trace/1'),
  strategy: z.string(),
  account: z
    .strictObject({
      zone: z
        .string()
        .refine((zone) => isZone(zone), 'must be a time zone such as Asia/Shanghai')
        .optional(),
      books: z.enum(['host', 'obligations']).default('obligations'),
      opened_on: day.optional(),
      digit: z.int().min(0).max(99).default(0),
      facts: z.record(z.string(), scalar).default({}),
    })
    .default({ books: 'obligations', digit: 0, facts: {} }),
  start: day,
  until: day,
  answers: z.record(z.string(), answer).default({}),
  down: z.array(z.strictObject({ from: day, until: day })).default([]),
  days: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});
const expectation = z.strictObject({
  stage: z.string().nullable().optional(),
  segment: z.string().nullable().optional(),
  path: z.string().nullable().optional(),
  dpd: z.int().optional(),
  contract_dpd: z.int().optional(),
  bucket: z.int().optional(),
  cycles: z.int().optional(),
  past_due: money.optional(),
  balance: money.optional(),
  askable: money.optional(),
  disputes: z.array(z.string()).optional(),
  overpaid: money.optional(),
  owed: z.partialRecord(z.enum(COMPONENTS), money).optional(),
  closed: z.string().nullable().optional(),
  holds: z.array(z.string()).optional(),
  promise: z.string().nullable().optional(),
  promises: z.array(z.string()).optional(),
  agreement: z.string().nullable().optional(),
  offer: z.string().nullable().optional(),
  floor: z.enum(['T0', 'T1', 'T2', 'T3', 'T4']).nullable().optional(),
  quiet: z.string().nullable().optional(),
  crossed: z.array(z.string()).optional(),
  steps: z.array(z.string()).optional(),
});

/** Reads a trace in YAML or JSON. Throws TRACE_* with the file, line and column of the first mistake. */
export function readTrace(text: string, file: string): TraceDocument {
  const {
    value,
    places,
    broken: [broken],
  } = readYaml(text, file);
  if (broken !== undefined) fail('TRACE_YAML', { reason: broken.reason }, broken.where);
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw shapeError(parsed.error.issues, places, []);
  const read = parsed.data;
  const reader = new Reader(places);
  return { strategy: read.strategy, trace: (strategy, other = false) => reader.trace(read, strategy, other) };
}

type Read = z.output<typeof shape>;

class Reader {
  constructor(private readonly places: Places) {}

  trace(read: Read, strategy: Strategy, other: boolean): Trace {
    const { account } = read;
    const zone = account.zone ?? strategy.zone;
    const events: AccountEvent[] = [];
    const expectations: Expectation[] = [];
    const offers: TraceOffer[] = [];
    const fault: Fault = (code, args, path) => this.fail(code, args, path);
    mustLast(read, fault);
    let before = read.start;
    for (const [on, items] of Object.entries(read.days)) {
      const path = ['days', on];
      if (!isIsoDate(on)) this.fail('TRACE_SHAPE', { key: on, reason: 'must be a real day' }, path);
      if (on < before) this.fail('TRACE_ORDER', { date: on, before }, path);
      if (on > read.until) this.fail('TRACE_AFTER_END', { date: on, until: read.until }, path);
      before = on;
      for (const [index, item] of items.entries()) {
        const at = this.momentOf(on, index, item, zone, [...path, index]);
        if ('expect' in item) {
          // The last ones of a day look at its end, those before an event at their own moment.
          const last = items.slice(index).every((one) => 'expect' in one);
          expectations.push(
            this.expectation(item['expect'], on, last ? null : at, strategy, [...path, index]),
          );
        } else if (offerWord(item) !== null)
          offers.push(this.offer(item, on, at, zone, strategy, [...path, index]));
        else events.push(this.event(item, on, at, zone, strategy, [...path, index]));
      }
    }
    mustBeKnown(events, read, other ? null : strategy, fault);
    return {
      terms: {
        ...{ ref: 'trace', lender: 'trace', person: 'trace', digit: account.digit },
        ...{ product: strategy.product, currency: strategy.currency, zone, books: account.books },
        ...(account.opened_on === undefined ? {} : { openedOn: account.opened_on }),
      },
      facts: account.facts,
      start: read.start,
      until: read.until,
      events,
      ...(offers.length === 0 ? {} : { offers }),
      expectations,
      down: read.down,
      answers: Object.fromEntries(
        Object.entries(read.answers).map(([step, said]) => [
          step,
          typeof said === 'string' ? { how: said } : { how: 'deferred' as const, days: said.deferred },
        ]),
      ),
    };
  }

  /** Entries of a day happen in their order, from nine in the morning on, one a minute, unless they say a time. */
  private momentOf(
    on: string,
    index: number,
    item: Record<string, unknown>,
    zone: string,
    path: Path,
  ): string {
    const time = item['time'] ?? `09:${String(Math.min(index, 59)).padStart(2, '0')}`;
    if (typeof time !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
      this.fail('TRACE_SHAPE', { key: 'time', reason: 'must be HH:MM in quotes' }, [...path, 'time']);
    return instantOf(on, time, zone);
  }

  private event(
    item: Record<string, unknown>,
    on: string,
    at: string,
    zone: string,
    strategy: Strategy,
    path: Path,
  ): AccountEvent {
    const words = Object.keys(item).filter((key) => WORDS[key] !== undefined);
    const word = words.find((key) => key === Object.keys(item)[0]) ?? words[0];
    const known = word === undefined ? undefined : WORDS[word];
    if (known === undefined) {
      const reason = `"${Object.keys(item)[0] ?? ''}" is not one of its words`;
      return this.fail('TRACE_EVENT', { reason }, path);
    }
    const parsed = known.schema.safeParse(item);
    if (!parsed.success) throw shapeError(parsed.error.issues, this.places, path);
    const said = this.said(item, on, at, zone, strategy, path, word === 'adjustment');
    return known.event(parsed.data as never, said);
  }

  private offer(
    item: Record<string, unknown>,
    on: string,
    at: string,
    zone: string,
    strategy: Strategy,
    path: Path,
  ): TraceOffer {
    const read = readOfferWord(item, this.said(item, on, at, zone, strategy, path, false));
    if ('issues' in read) throw shapeError(read.issues, this.places, path);
    if ('refused' in read) return this.fail('TRACE_EVENT', { reason: read.refused }, path);
    return read.act;
  }

  private said(
    item: Record<string, unknown>,
    on: string,
    at: string,
    zone: string,
    strategy: Strategy,
    path: Path,
    signed: boolean,
  ): Said {
    const id = item['id'];
    const inner = (key: string): Path =>
      key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return {
      ...{ day: on, at, zone },
      id: id === undefined ? `${on}#${String(path.at(-1))}` : String(id as string | number),
      amount: (key) => this.amount([...path, ...inner(key)], strategy.currency, signed),
    };
  }

  private expectation(
    given: unknown,
    on: string,
    at: string | null,
    strategy: Strategy,
    path: Path,
  ): Expectation {
    const here = [...path, 'expect'];
    const parsed = expectation.safeParse(given);
    if (!parsed.success) throw shapeError(parsed.error.issues, this.places, here);
    const { contract_dpd, past_due, balance, askable, overpaid, owed, ...rest } = parsed.data;
    const amount = (key: string): number =>
      this.amount([...here, ...key.split('.')], strategy.currency, true);
    return {
      day: on,
      ...(at === null ? {} : { at }),
      ...rest,
      ...(contract_dpd === undefined ? {} : { contractDpd: contract_dpd }),
      ...(past_due === undefined ? {} : { pastDue: amount('past_due') }),
      ...(balance === undefined ? {} : { balance: amount('balance') }),
      ...(overpaid === undefined ? {} : { overpaid: amount('overpaid') }),
      ...(owed === undefined
        ? {}
        : {
            owed: Object.fromEntries(Object.keys(owed).map((part) => [part, amount(`owed.${part}`)])),
          }),
      ...(askable === undefined ? {} : { askable: amount('askable') }),
    } as Expectation;
  }

  /** As it was written, so that 1200.10 is exact; a minus only where money may go both ways. */
  private amount(path: Path, currency: string, signed: boolean): number {
    const text = this.places.source(path) ?? '';
    const negative = signed && text.startsWith('-');
    try {
      const amount = parseMoney(negative ? text.slice(1) : text, currency);
      return negative ? -amount : amount;
    } catch (error) {
      if (!(error instanceof ForbearError)) throw error;
      throw new ForbearError(error.code, error.args, this.places.at(path));
    }
  }

  private fail(code: ErrorCode, args: ErrorArgs, path: Path): never {
    throw new ForbearError(code, args, this.places.key(path));
  }
}

function shapeError(issues: readonly z.core.$ZodIssue[], places: Places, base: Path): ForbearError {
  const [issue] = issues;
  const inner = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return new ForbearError(
      'TRACE_SHAPE',
      { key, reason: 'it is not known here' },
      places.key([...base, ...inner, key]),
    );
  }
  const key = String(inner.at(-1) ?? 'trace');
  const reason = issue?.message ?? 'it has the wrong shape';
  return new ForbearError('TRACE_SHAPE', { key, reason }, places.at([...base, ...inner]));
}
