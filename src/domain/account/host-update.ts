import type { HostUpdate } from './events';
import { dropCorrected } from './dispute';
import { withFacts } from './facts-kept';
import type { AccountState } from './state';

/** What the host's books say replaces what they said before. An update older than the last one changes nothing. */
export function hostUpdate(account: AccountState, event: HostUpdate): AccountState {
  const { figures, facts } = event;
  const last = account.owed.host;
  if (last !== null && figures.asOf < last.asOf) return account;
  const told: AccountState = {
    ...account,
    owed: { ...account.owed, host: figures },
    facts: facts === undefined ? account.facts : withFacts(account, facts),
  };
  return dropCorrected(told, figures.asOf);
}
