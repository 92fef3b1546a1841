import { beyondRoom, MOST_FACTS } from '../domain/account/facts-kept';
import type { AccountEvent } from '../domain/account/events';
import { fail } from '../domain/errors/forbear-error';
import { fold } from './fold';
import type { Db } from './open-book';

/** What brings more facts than the account has room for is refused before it stands anywhere. FACTS_TOO_MANY. */
export async function mustHaveRoom(db: Db, account: string, event: AccountEvent): Promise<void> {
  const told = 'facts' in event ? event.facts : undefined;
  if (told === undefined) return;
  const { facts } = await fold(db, account);
  const beyond = beyondRoom(Object.keys(facts), told);
  if (beyond > 0) fail('FACTS_TOO_MANY', { ref: account, beyond, most: MOST_FACTS });
}
