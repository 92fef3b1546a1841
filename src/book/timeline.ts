import type { AccountEvent } from '../domain/account/events';
import type { Why } from '../domain/decide/decision';
import type { Instant } from '../domain/units';
import { correctionsOf, type BureauCorrection } from './bureau-corrections';
import { creditsOf, type CreditRow } from './credits';
import type { Db } from './open-book';

/** One line of an account's life, from the book: it never depends on how long Temporal keeps a history. */
export type TimelineEntry =
  | {
      readonly at: Instant;
      readonly what: 'fact';
      readonly seq: number;
      readonly event: AccountEvent;
      readonly late: boolean;
      /** Of a payment: whom it is credited to. */
      readonly credit?: CreditRow;
    }
  | {
      readonly at: Instant;
      readonly what: 'decision';
      readonly why: Why;
      readonly action: unknown;
      readonly result: unknown;
      readonly strategy: string;
      readonly generation: number;
    }
  | ({ readonly at: Instant; readonly what: 'bureau' } & Pick<BureauCorrection, 'month' | 'body' | 'reason'>)
  | { readonly at: Instant; readonly what: 'aside'; readonly name: string; readonly reason: string }
  | {
      readonly at: Instant;
      readonly what: 'gate';
      readonly step: string;
      readonly channel: string;
      readonly answer: string;
      readonly rule: string | null;
      readonly until: Instant | null;
      /** How the attempt ended, when there was one. */
      readonly status: string | null;
      readonly delivery: string | null;
    };

/** Everything that the book knows of an account, in order. Nothing personal is in it. */
export async function timelineOf(db: Db, account: string): Promise<TimelineEntry[]> {
  const all = await Promise.all([
    facts(db, account),
    decisions(db, account),
    asides(db, account),
    gates(db, account),
    corrections(db, account),
  ]);
  return all.flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function facts(db: Db, account: string): Promise<TimelineEntry[]> {
  const credits = new Map((await creditsOf(db, account)).map((credit) => [credit.payment, credit]));
  const rows = await db
    .selectFrom('journal')
    .select(['at', 'seq', 'body', 'late'])
    .where('account', '=', account)
    .orderBy('seq')
    .execute();
  return rows.map(({ body, ...row }) => {
    const credit = credits.get(body.id);
    return { ...row, what: 'fact', event: body, ...(credit === undefined ? {} : { credit }) };
  });
}

async function decisions(db: Db, account: string): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('decisions')
    .select(['at', 'code', 'args', 'action', 'result', 'strategy', 'generation'])
    .where('account', '=', account)
    .orderBy('id')
    .execute();
  return rows.map(({ code, args, ...row }) => ({ ...row, what: 'decision', why: { code, args } }));
}

async function asides(db: Db, account: string): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('aside')
    .select(['at', 'name', 'reason'])
    .where('account', '=', account)
    .execute();
  return rows.map((row) => ({ ...row, what: 'aside' }));
}

async function corrections(db: Db, account: string): Promise<TimelineEntry[]> {
  const rows = await correctionsOf(db, account);
  return rows.map(({ at, month, body, reason }) => ({ at, what: 'bureau', month, body, reason }));
}

async function gates(db: Db, account: string): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('gateAnswers')
    .leftJoin('attempts', 'attempts.id', 'gateAnswers.attempt')
    .select(['gateAnswers.at', 'gateAnswers.step', 'gateAnswers.channel', 'gateAnswers.answer'])
    .select(['gateAnswers.rule', 'gateAnswers.until', 'attempts.status', 'attempts.delivery'])
    .where('gateAnswers.account', '=', account)
    .orderBy('gateAnswers.id')
    .execute();
  return rows.map((row) => ({ ...row, what: 'gate' }));
}
