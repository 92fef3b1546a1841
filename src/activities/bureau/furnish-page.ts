import { lastSent, noticesOf, type LastTold, type NewTold } from '../../book/furnishing/told';
import type { DisputeKnown, Snapshot } from '../../domain/bureau/cut-off/snapshot';
import { yearsLater } from '../../domain/bureau/cut-off/days';
import type { Furnished, MonthFacts } from '../../domain/bureau/format';
import type { Consumer } from '../../domain/bureau/metro2/derive/data-record';
import type { Deleted } from '../../domain/bureau/metro2/derive/from-snapshot';
import { ForbearError } from '../../domain/errors/forbear-error';
import type { IsoDate } from '../../domain/units';
import { numbersOf } from '../../book/furnishing/numbers';
import { consumersOf } from './consumers';
import type { CycleFile } from './cycle-file';

/** An account whose month is to be told. */
export interface ToTell {
  readonly account: string;
  readonly snapshot: Snapshot;
  readonly deleted?: Deleted;
  /** Ids of facts and acts that it is told for, beside the month. */
  readonly why?: readonly string[];
  /** Told anew: what the month before said as is known now, and what was said last. */
  readonly anew?: { readonly last: unknown; readonly said: unknown };
  /** Told again as it is: the bureau did not take it, or it was put aside. */
  readonly again?: true;
  readonly disputes?: readonly DisputeKnown[];
}

/** What was told last, and notices, of a page of accounts. */
interface Before {
  readonly sent: ReadonlyMap<string, LastTold>;
  readonly notices: ReadonlyMap<string, IsoDate>;
  readonly consumers: ReadonlyMap<string, readonly Consumer[] | null>;
  readonly numbers: ReadonlyMap<string, string>;
}

/**
 * The fields of these accounts for a file, each checked by the format's own rules. What cannot be told rightly is put
 * aside with its reason; of what is over nothing is told any more, and of a correction that changes nothing neither.
 */
export async function furnishPage(cycle: CycleFile, page: readonly ToTell[]): Promise<NewTold[]> {
  const { db, row, reporting } = cycle;
  const accounts = page.map(({ account }) => account);
  const before: Before = {
    sent: await lastSent(db, reporting.name, accounts, row.no),
    notices: await noticesOf(db, accounts, row.onDate),
    consumers: await consumersOf(db, page, row.since, row.onDate),
    numbers: await numbersOf(db, accounts),
  };
  return page.flatMap((one) => furnishOne(cycle, one, before) ?? []);
}

function furnishOne(cycle: CycleFile, one: ToTell, before: Before): NewTold | null {
  const { format, reporting, row } = cycle;
  const { account, why = [], disputes } = one;
  const sent = before.sent.get(account);
  const said = sent?.told ?? null;
  if (said !== null && format.isDeleted(said)) return null;
  if (
    said !== null &&
    format.isOver(said) &&
    one.anew === undefined &&
    one.again === undefined &&
    !one.deleted
  )
    return null;
  const snapshot = disputes === undefined ? one.snapshot : { ...one.snapshot, disputes };
  const terms = reporting.products[snapshot.product];
  if (terms === undefined) return null;
  const aside = (codes: readonly string[]): NewTold => ({
    ...{ account, state: 'aside', fields: null, told: null, length: null, corrects: false, codes, why },
  });
  let deleted = one.deleted ?? null;
  const facts: MonthFacts = { snapshot, last: one.anew?.last ?? said, said: one.anew?.said, terms, deleted };
  try {
    let made = format.furnish(facts);
    if (deleted === null && isTooOld(cycle, made)) {
      // Once as deleted, so that it goes; never told, it is told of never.
      if (said === null) return null;
      deleted = 'other';
      made = format.furnish({ ...facts, deleted });
    }
    const { fields, told } = made;
    if (one.anew !== undefined && sent !== undefined && !one.again && isSame(fields, sent.fields))
      return null;
    if (deleted === null && !isNoticed(cycle, one, fields, said, before))
      return aside(['BUREAU_NOT_NOTICED']);
    const consumers = before.consumers.get(account) ?? null;
    if (consumers === null) return aside(['BUREAU_IDENTITY_MISSING']);
    const corrects = row.n > 0 && sent?.month === row.month;
    const { codes, length } = format.check(
      {
        ...{ fields, consumers, corrects, number: before.numbers.get(account) ?? '', on: row.onDate },
        // What is told anew need not agree with what was wrong.
        before: corrects || one.anew !== undefined ? undefined : (sent?.fields ?? null),
        disputed: snapshot.disputes.some(({ open }) => open),
      },
      reporting,
    );
    if (codes.length > 0) return aside(codes);
    return { account, state: 'in', fields, told, length, corrects, codes: null, why };
  } catch (error) {
    if (!(error instanceof ForbearError)) throw error;
    return aside([error.code]);
  }
}

/** Told before of this delinquency, or the notice went out after its oldest part fell due and before the cut-off day was over. */
function isNoticed(
  { format, reporting }: CycleFile,
  { account, snapshot }: ToTell,
  fields: unknown,
  said: unknown,
  { notices }: Before,
): boolean {
  if (!reporting.noticeFirst || !format.isAdverse(fields)) return true;
  if (said !== null && format.wasAdverse(said)) return true;
  const on = notices.get(account);
  return on !== undefined && (snapshot.oldestDue === null || on >= snapshot.oldestDue);
}

function isTooOld({ format, rules, row }: CycleFile, { fields }: Furnished): boolean {
  const first = format.firstDelinquency(fields);
  if (rules.retention?.from !== 'first-delinquency' || first === null) return false;
  return yearsLater(first, rules.retention.years) <= row.onDate;
}

/** Fields come back from the book with their keys in another order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
