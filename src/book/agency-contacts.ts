import { sql, type Transaction } from 'kysely';
import type { AccountEvent, ContactOutcome, VisitOutcome } from '../domain/account/events';
import { localDate } from '../domain/calendar/zone';
import type { Accepted, Fact, NotAccepted } from './append';
import { newRef } from './ids';
import type { Tables } from './tables';

type Made = (ContactOutcome | VisitOutcome) & { readonly agency: string };

/**
 * What agencies tell of their calls and visits stands among the person's attempts from the same transaction on: it was
 * made without the gate, and counts for the caps of the house and of every other agency. Who called in was not called.
 */
export async function keepAgencyContacts(
  tx: Transaction<Tables>,
  facts: readonly Fact[],
  answers: readonly (Accepted | NotAccepted)[],
): Promise<void> {
  const made = facts.flatMap(({ account, event }, index) => {
    const answer = answers[index];
    if (!isMade(event) || answer === undefined || 'refused' in answer || answer.duplicate) return [];
    return [{ account, event, seq: answer.seq }];
  });
  if (made.length === 0) return;
  const rows = await tx
    .selectFrom('accounts')
    .select(['ref', 'person', 'strategy', 'zone'])
    .where('ref', 'in', [...new Set(made.map(({ account }) => account))])
    .execute();
  const accounts = new Map(rows.map((row) => [row.ref, row]));
  for (const { account, event, seq } of made) {
    const row = accounts.get(account);
    if (row === undefined) continue;
    await tx
      .insertInto('attempts')
      .values({
        ...{ id: newRef(), token: newRef(), account, person: event.party ?? row.person },
        ...{ strategy: row.strategy, step: `agency:${event.agency}`, anchor: localDate(event.at, row.zone) },
        // Its place in the journal: no two contacts are one.
        n: seq,
        channel: event.kind === 'visit-outcome' ? 'visit' : event.channel,
        ...{ try: 1, endpoint: null, at: event.at, tone: null, askedBy: null, agency: event.agency },
        reservedAt: sql<string>`clock_timestamp()`,
        expiresAt: sql<string>`clock_timestamp()`,
        settledAt: sql<string>`clock_timestamp()`,
        status: 'accepted',
      })
      .execute();
  }
}

function isMade(event: AccountEvent): event is Made {
  if (event.kind !== 'contact-outcome' && event.kind !== 'visit-outcome') return false;
  return event.agency !== undefined && !(event.kind === 'contact-outcome' && event.code === 'IN');
}
