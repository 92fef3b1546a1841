import type { ObligationAdded } from './events';
import type { AccountState, Obligation } from './state';

/** One new part that falls due. Told again under the same name it is a correction. Kept in the order of due dates. */
export function obligation(account: AccountState, event: ObligationAdded): AccountState {
  const added: Obligation = {
    id: event.obligation,
    due: event.due,
    amount: event.amount,
    ...(event.statementDate === undefined ? {} : { statementDate: event.statementDate }),
  };
  const others = account.owed.obligations.filter(({ id }) => id !== added.id);
  const obligations = [...others, added].sort(byDue);
  return { ...account, owed: { ...account.owed, obligations } };
}

function byDue(a: Obligation, b: Obligation): number {
  if (a.due !== b.due) return a.due < b.due ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
