import type { Agreement, AgreementTerms } from '../agreement/agreement';
import { isRunning } from '../agreement/agreement';
import { firstDay, isWatched } from '../agreement/judge';
import type { AgreementEnded, AgreementMade } from './events';
import { keepsLedger } from '../ledger/keeps';
import type { Instant } from '../units';
import { mark } from './mark';
import type { AccountState, Promised } from './state';

const KEPT = 8;
/** What stopped interest goes on to have stopped it. */
const KEPT_OF_LEDGER = 24;

/** The fact that an offer became an agreement, under the offer's own id: it stands in the journal once. */
export function agreementFact(
  { id, rule }: { readonly id: string; readonly rule?: string | null },
  terms: AgreementTerms,
  at: Instant,
): AgreementMade {
  return { kind: 'agreement', id, at, agreement: id, terms, ...(rule == null ? {} : { rule }) };
}

/**
 * An offer became an agreement. One that is paid takes the place of another such one and of an open promise: nobody
 * owes the same money by two words. Told again it changes nothing; a closed account agrees to nothing any more.
 */
export function agreementMade(account: AccountState, event: AgreementMade): AccountState {
  const { agreements = [] } = account;
  if (account.closed !== null || agreements.some(({ id }) => id === event.agreement)) return account;
  const day = firstDay(account, event.at);
  const made: Agreement = {
    id: event.agreement,
    terms: event.terms,
    at: event.at,
    since: day,
    status: event.terms.kind === 'due-date' ? 'done' : 'kept',
    ...(event.rule === undefined ? {} : { rule: event.rule }),
  };
  const isPaid = isWatched(made);
  const earlier = agreements.map((other): Agreement =>
    isRunning(other) && (other.terms.kind === made.terms.kind || (isPaid && isWatched(other)))
      ? { ...other, status: 'superseded', judgedOn: day }
      : other,
  );
  const promises = account.promises.map((other): Promised =>
    isPaid && other.status === 'open' ? { ...other, status: 'superseded', judgedOn: day } : other,
  );
  const kept = withoutOldest([...earlier, made], keepsLedger(account) ? KEPT_OF_LEDGER : KEPT);
  return mark({ ...account, agreements: kept, promises }, ['agreed', `made-${made.terms.kind}`], day);
}

/** The last ones, and whatever still runs: a plan of years outlives many a small word. */
function withoutOldest(all: readonly Agreement[], most: number): readonly Agreement[] {
  const over = all.filter((one) => !isRunning(one)).slice(0, Math.max(0, all.length - most));
  return all.filter((one) => !over.includes(one));
}

/** Taken back: what was missed or paid by then stays as it is, and the ladder goes on. */
export function agreementEnded(account: AccountState, event: AgreementEnded): AccountState {
  const day = firstDay(account, event.at);
  const { agreements } = account;
  const ended = agreements?.find((one) => one.id === event.agreement && isRunning(one));
  if (agreements === undefined || ended === undefined) return account;
  const changed = agreements.map((one): Agreement =>
    one === ended ? { ...one, status: 'cancelled', judgedOn: day } : one,
  );
  return { ...account, agreements: changed };
}
