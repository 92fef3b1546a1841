import { sql } from 'kysely';
import { RESULT_CODES } from '../domain/account/result-codes';
import type { Instant } from '../domain/units';
import type { Db } from './open-book';

const SPOKEN = Object.entries(RESULT_CODES).flatMap(([code, { rpc }]) => (rpc ? [code] : []));
/** Outcomes of a visit at which the person was met. */
const MET = ['met', 'promised', 'agreed-plan', 'refused', 'threatened'];

/** When the right person was last spoken to before a moment, on whichever of the person's accounts. */
export async function lastConversation(db: Db, person: string, before: Instant): Promise<Instant | null> {
  return (await conversations(db, person, before).executeTakeFirst())?.at ?? null;
}

/** One row with the moment of the last one, or without. */
export function conversations(db: Db, person: string, before: Instant) {
  return (
    db
      .selectFrom('journal')
      .innerJoin('accounts', 'accounts.ref', 'journal.account')
      .select((eb) => eb.fn.max('journal.at').as('at'))
      .where('accounts.ref', 'in', (eb) =>
        eb.selectFrom('parties').select('parties.account').where('parties.person', '=', person),
      )
      // What was said with another party of an account is that party's conversation.
      .where((eb) =>
        eb.or([
          eb.and([eb('accounts.person', '=', person), eb(sql`journal.body->>'party'`, 'is', null)]),
          eb(sql<string>`journal.body->>'party'`, '=', person),
        ]),
      )
      .where('journal.at', '<=', before)
      .where('journal.kind', 'in', ['contact-outcome', 'visit-outcome'])
      .where(sql<string>`journal.body->>'code'`, 'in', [...SPOKEN, ...MET])
  );
}
