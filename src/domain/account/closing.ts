import { localDate } from '../calendar/zone';
import { KEEPS_LEDGER } from '../decide/generation';
import type { CloseAsked, FactsChanged, WriteOff } from './events';
import { withFacts } from './facts-kept';
import type { AccountState } from './state';

/** The first reason stands. What comes after closing is still folded: it may reopen the account. */
export function close(account: AccountState, event: CloseAsked): AccountState {
  if (account.closed !== null) return account;
  return { ...account, closed: { reason: event.reason, on: localDate(event.at, account.terms.zone) } };
}

export function writeOff(account: AccountState, event: WriteOff): AccountState {
  const { writtenOffOn, ...rest } = account;
  if (event.undone === true) return { ...rest, writtenOff: false };
  const on = writtenOffOn ?? localDate(event.at, account.terms.zone);
  return { ...rest, writtenOff: true, ...(account.generation >= KEEPS_LEDGER ? { writtenOffOn: on } : {}) };
}

export function factsChanged(account: AccountState, event: FactsChanged): AccountState {
  return { ...account, facts: withFacts(account, event.facts) };
}
