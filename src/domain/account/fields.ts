import { isIsoDate } from '../calendar/day';
import type { Instant, IsoDate, Minor, Scalar } from '../units';

/** Why a message is no event. Names the field and what it must be, never the value: it may hold something personal. */
export class Refused extends Error {}

const TEXT_LENGTH = 200;
const FACTS = 200;
const MODEL = /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The fields of a message that came from outside, read one by one. Every reader throws `Refused` for what does not fit. */
export class Fields {
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(payload: unknown) {
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
      throw new Refused('The message is not an object with named fields');
    }
    this.fields = payload as Record<string, unknown>;
  }

  /** The field where it is given: absent and null are the same. */
  maybe<T>(name: string, read: (name: string) => T): T | undefined {
    const value = this.fields[name];
    return value === undefined || value === null ? undefined : read.call(this, name);
  }

  orNull<T>(name: string, read: (name: string) => T): T | null {
    return this.maybe(name, read) ?? null;
  }

  inner(name: string): Fields {
    const value = this.fields[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refused(`"${name}" is not an object with named fields`);
    }
    return new Fields(value);
  }

  /** A list of objects with named fields, at least one and at most so many. */
  list<T>(name: string, most: number, read: (item: Fields) => T): readonly T[] {
    const value = this.fields[name];
    if (!Array.isArray(value) || value.length === 0) throw new Refused(`"${name}" is not a list`);
    if (value.length > most) throw new Refused(`"${name}" has more than ${most} entries`);
    return value.map((item) => read(new Fields(item)));
  }

  readonly text = (name: string): string => {
    const value = this.fields[name];
    if (typeof value !== 'string' || value === '') throw new Refused(`"${name}" is not a text`);
    if (value.length > TEXT_LENGTH) throw new Refused(`"${name}" is longer than ${TEXT_LENGTH} characters`);
    return value;
  };

  /** A list of pairs of a date and an amount above zero, at least one and at most so many. */
  pairs(name: string, most: number): readonly (readonly [IsoDate, Minor])[] {
    const value = this.fields[name];
    if (!Array.isArray(value) || value.length === 0) throw new Refused(`"${name}" is not a list`);
    if (value.length > most) throw new Refused(`"${name}" has more than ${most} entries`);
    return value.map((entry) => {
      if (!Array.isArray(entry)) throw new Refused(`"${name}" has an entry that is no date and amount`);
      const pair = new Fields({ date: entry[0] as unknown, amount: entry[1] as unknown });
      const amount = pair.amount('amount');
      if (amount === 0) throw new Refused(`"${name}" has an amount of zero`);
      return [pair.date('date'), amount] as const;
    });
  }

  readonly flag = (name: string): boolean => {
    const value = this.fields[name];
    if (typeof value !== 'boolean') throw new Refused(`"${name}" is not true or false`);
    return value;
  };

  /** An amount in minor units, zero or more. */
  readonly amount = (name: string): Minor => {
    const value = this.signedAmount(name);
    if (value < 0) throw new Refused(`"${name}" is negative`);
    return value;
  };

  readonly signedAmount = (name: string): Minor => {
    const value = this.fields[name];
    if (!Number.isSafeInteger(value)) throw new Refused(`"${name}" is not a whole number of minor units`);
    return value as Minor;
  };

  readonly whole = (name: string): number => {
    const value = this.fields[name];
    if (!Number.isSafeInteger(value)) throw new Refused(`"${name}" is not a whole number`);
    return value as number;
  };

  /** A name that conditions can say: `score.risk-3`. */
  readonly model = (name: string): string => {
    const value = this.fields[name];
    if (typeof value !== 'string' || !MODEL.test(value))
      throw new Refused(`"${name}" is not small letters and digits, parts joined by -, at most 40`);
    return value;
  };

  readonly count = (name: string): number => {
    const value = this.fields[name];
    if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Refused(`"${name}" is not a count`);
    return value as number;
  };

  readonly date = (name: string): IsoDate => {
    const value = this.fields[name];
    if (!isIsoDate(value)) throw new Refused(`"${name}" is not a date of the calendar, YYYY-MM-DD`);
    return value;
  };

  /** Any ISO 8601 moment with its offset, taken to UTC with milliseconds, so that moments compare as text. */
  readonly instant = (name: string): Instant => {
    const value = this.fields[name];
    const parts = typeof value === 'string' ? INSTANT.exec(value) : null;
    const ms = typeof value === 'string' ? Date.parse(value) : NaN;
    if (parts === null || !isIsoDate(parts[1]) || Number.isNaN(ms)) {
      throw new Refused(`"${name}" is not a moment such as 2026-03-05T02:00:00.000Z`);
    }
    const moment = new Date(ms).toISOString();
    if (!/^\d{4}-/.test(moment)) throw new Refused(`"${name}" lies outside the calendar`);
    return moment;
  };

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.fields[name];
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw new Refused(`"${name}" is none of ${allowed.join(', ')}`);
    return found;
  }

  readonly facts = (name: string): Readonly<Record<string, Scalar>> => {
    const entries = Object.entries(this.inner(name).fields);
    if (entries.length > FACTS) throw new Refused(`"${name}" has more than ${FACTS} facts`);
    const facts: Record<string, Scalar> = Object.create(null) as Record<string, Scalar>;
    for (const [fact, value] of entries) {
      if (!isFact(value) || fact.length > TEXT_LENGTH)
        throw new Refused(`"${name}" has a fact that is no plain value`);
      facts[fact] = value;
    }
    return { ...facts };
  };
}

function isFact(value: unknown): value is Scalar {
  if (typeof value === 'string') return value.length <= TEXT_LENGTH;
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
