import { sql } from 'kysely';
import type { Currency, Instant, Minor } from '../domain/units';
import type { Db } from './open-book';

const ALWAYS = 'infinity';

export interface StageCount {
  readonly status: 'open' | 'closed';
  readonly stage: string | null;
  readonly outcome: string | null;
  readonly accounts: number;
  readonly pastDue: Minor;
}

/** Accounts by stage and outcome. */
export function byStage(db: Db): Promise<StageCount[]> {
  return db
    .selectFrom('accounts')
    .select(['status', 'stage', 'outcome'])
    .select((eb) => eb.fn.countAll<number>().as('accounts'))
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('pastDue'), sql<number>`0`).as('pastDue'))
    .groupBy(['status', 'stage', 'outcome'])
    .orderBy('status', 'desc')
    .orderBy('stage')
    .orderBy('outcome')
    .execute();
}

export interface Recovered {
  readonly currency: Currency;
  readonly payments: number;
  readonly amount: Minor;
}

/** Money paid since enrolment, by currency: posted payments that were not taken back. */
export async function recovered(db: Db): Promise<Recovered[]> {
  const { rows } = await sql<Recovered>`
    with undone as (
      select distinct on (account, body->>'of') account, body->>'of' as payment,
             coalesce((body->>'undone')::boolean, false) as undone
      from journal where kind = 'reversal' order by account, body->>'of', seq desc
    )
    select a.currency, count(*) as payments, sum((j.body->>'amount')::bigint) as amount
    from journal j join accounts a on a.ref = j.account
    left join undone u on u.account = j.account and u.payment = j.event_id
    where j.kind = 'payment' and coalesce((j.body->>'pending')::boolean, false) = false
      and coalesce(u.undone, true)
    group by a.currency order by a.currency`.execute(db);
  return rows;
}

export interface ContactCount {
  readonly channel: string;
  readonly answer: string;
  readonly rule: string | null;
  readonly status: string | null;
  readonly count: number;
}

/** What the gate was asked and answered up to a moment, by channel, rule and how the attempt ended. */
export function byContact(db: Db, upTo: Instant = ALWAYS): Promise<ContactCount[]> {
  return db
    .selectFrom('gateAnswers')
    .leftJoin('attempts', 'attempts.id', 'gateAnswers.attempt')
    .select(['gateAnswers.channel', 'gateAnswers.answer', 'gateAnswers.rule', 'attempts.status'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('gateAnswers.at', '<=', upTo)
    .groupBy(['gateAnswers.channel', 'gateAnswers.answer', 'gateAnswers.rule', 'attempts.status'])
    .orderBy('gateAnswers.channel')
    .orderBy('gateAnswers.answer')
    .orderBy('gateAnswers.rule')
    .execute();
}
