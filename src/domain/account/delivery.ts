import { localDate } from '../calendar/zone';
import type { ContactChanged, DebitResult, Delivery, HostResult, TaskResult } from './events';
import { mark } from './mark';
import { KNOWS_PAYMENTS_IN_TIME } from '../decide/generation';
import type { AccountState, DebitTold, OpenTask } from './state';

/** What became of a notice is marked as `<step>.<status>`; a returned one did not arrive either. */
export function delivery(account: AccountState, event: Delivery): AccountState {
  const status = event.status === 'returned' ? 'undelivered' : event.status;
  return mark(account, [`${event.step}.${status}`], localDate(event.at, account.terms.zone));
}

export function hostResult(account: AccountState, event: HostResult): AccountState {
  const day = localDate(event.at, account.terms.zone);
  return mark(closeTask(account, event.step, 'host'), [`${event.step}.${event.result}`], day);
}

export function taskResult(account: AccountState, event: TaskResult): AccountState {
  const day = localDate(event.at, account.terms.zone);
  return mark(closeTask(account, event.step, 'task'), [`${event.step}.${event.result}`], day);
}

/** Nobody with a direct debit is contacted before its result is known; the day of the debit counts, not of the news. */
export function debitResult(account: AccountState, event: DebitResult): AccountState {
  const marked = mark(account, ['debit-result', `debit-${event.result}`], event.date);
  if (account.generation < KNOWS_PAYMENTS_IN_TIME) return marked;
  const { date, result, at, due, retryOn } = event;
  const told: DebitTold = {
    ...{ date, result, at },
    ...(due === undefined ? {} : { due }),
    ...(retryOn === undefined || result === 'paid' ? {} : { retryOn }),
  };
  // By what they say, not by how they came: the same results in another order are the same.
  const debits = [...(account.debits ?? []), told].sort((a, b) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
  );
  return { ...marked, debits: debits.slice(-DEBITS_KEPT) };
}

const DEBITS_KEPT = 8;

/** `unreachable` stands from the day on which the last way to the person was lost until there is one again. */
export function contactChanged(account: AccountState, event: ContactChanged): AccountState {
  if (event.reachable) {
    const { unreachable: _unreachable, ...marks } = account.marks;
    return { ...account, marks };
  }
  if (account.marks['unreachable'] !== undefined) return account;
  return mark(account, ['unreachable'], localDate(event.at, account.terms.zone));
}

function closeTask(account: AccountState, step: string, kind: OpenTask['kind']): AccountState {
  const open = account.open.filter((task) => task.step !== step || task.kind !== kind);
  return { ...account, open };
}
