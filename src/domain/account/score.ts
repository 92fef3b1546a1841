import { minDate } from '../calendar/day';
import { localDate } from '../calendar/zone';
import type { ScoreTold } from './events';
import type { AccountState } from './state';

/** So many models are remembered: the account is carried through every history. */
const MODELS = 12;

/** The last score of a model, by the day that it is of. Beyond the most models, the one that is oldest is forgotten. */
export function scoreTold(account: AccountState, { model, value, at, ...told }: ScoreTold): AccountState {
  // A day that is still ahead was mistyped: it must not keep every later score from counting until then.
  const on = minDate(told.on, localDate(at, account.terms.zone));
  const known = account.scores ?? {};
  const last = Object.hasOwn(known, model) ? known[model] : undefined;
  if (last !== undefined && (last.on > on || (last.on === on && last.at > at))) return account;
  const scores = Object.entries({ ...known, [model]: { value, on, at } })
    .sort(([a, one], [b, other]) => (one.on !== other.on ? (one.on < other.on ? 1 : -1) : a < b ? -1 : 1))
    .slice(0, MODELS);
  return { ...account, scores: Object.fromEntries(scores) };
}
