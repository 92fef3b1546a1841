import type { AccountEvent } from '../../domain/account/events';
import { formatMoney } from '../../domain/money';
import type { Currency, Minor } from '../../domain/units';

type Said = readonly (string | undefined)[];
type Money = (amount: Minor) => string;

/** What was told, in a few words for people: `1,200.00 by 2026-04-17, bank`. Amounts in the account's currency. */
export function sayFact(event: AccountEvent, currency: Currency): string {
  const said = wordsOf(event, (amount) => formatMoney(amount, currency));
  return said.filter((part) => part !== undefined && part !== '').join(', ');
}

const when = (on: string | undefined, word: string): string | undefined =>
  on === undefined ? undefined : `${word} ${on}`;

function wordsOf(event: AccountEvent, money: Money): Said {
  switch (event.kind) {
    case 'payment':
      return [
        `${money(event.amount)} of ${event.valueDate}`,
        event.pending === true ? 'announced' : undefined,
        event.method,
        when(event.posts, 'posts'),
        when(event.payer, 'paid by'),
      ];
    case 'refund':
      return [
        `${money(event.amount)} of ${event.valueDate}`,
        event.countsTowardsMinimum ? undefined : 'not towards the minimum',
      ];
    case 'adjustment':
      return [`${money(event.amount)} of ${event.valueDate}`, when(event.obligation, 'on')];
    case 'charge':
      return [`${money(event.amount)} of ${event.valueDate}`, event.component];
    case 'payout':
      return [`${money(event.amount)} of ${event.valueDate}`];
    case 'loan':
      return [`${event.rate / 10_000} % a year by ${event.dayCount}`, `from ${event.startsOn}`];
    case 'reversal':
      return [event.of, event.undone === true ? 'stands again' : event.reason];
    case 'host-update':
      return [
        `past due ${money(event.figures.pastDue)}${event.figures.oldestDue === null ? '' : ` since ${event.figures.oldestDue}`}`,
        `balance ${money(event.figures.balance)}`,
      ];
    case 'obligation':
      return [`${money(event.amount)} due ${event.due}`];
    case 'facts':
      return Object.entries(event.facts).map(([name, value]) => `${name} = ${String(value)}`);
    case 'score':
      return [`${event.model} says ${event.value} for ${event.on}`];
    case 'agreement':
      return [event.agreement, event.terms.kind];
    case 'agreement-ended':
      return [event.agreement, event.reason];
    default:
      return wordsOfLife(event, money);
  }
}

type OfMoney =
  | 'payment'
  | 'refund'
  | 'adjustment'
  | 'charge'
  | 'payout'
  | 'loan'
  | 'reversal'
  | 'host-update'
  | 'obligation'
  | 'facts'
  | 'score'
  | 'agreement'
  | 'agreement-ended';

/** What happened with the person. */
function wordsOfLife(event: Exclude<AccountEvent, { kind: OfMoney }>, money: Money): Said {
  switch (event.kind) {
    case 'dispute-raised':
      return [
        event.dispute,
        event.reason,
        event.amount === undefined ? undefined : money(event.amount),
        ...(event.items ?? []).map(({ item, amount }) =>
          amount === undefined ? item : `${item} ${money(amount)}`,
        ),
        event.again === true ? 'to be looked at again' : undefined,
      ];
    case 'dispute-evidence':
      return [event.dispute, `proof ${event.evidence}`];
    case 'dispute-resolved':
      return [
        event.dispute,
        event.outcome,
        event.amount === undefined ? undefined : `right in ${money(event.amount)}`,
      ];
    case 'complaint':
      return [
        event.complaint,
        event.cause,
        when(event.collector, 'about'),
        when(event.agency, 'about'),
        when(event.matter, 'matter'),
        event.rests === true ? `rests by decision of ${event.by ?? 'a person'}` : undefined,
      ];
    case 'complaint-answered':
      return [event.complaint, event.outcome];
    case 'promise':
      return [
        event.promise,
        event.amount === undefined ? undefined : money(event.amount),
        when(event.date, 'by'),
        event.method,
        event.intention === true ? 'an intention' : undefined,
        event.givenBy === 'third-party' ? 'given by a third party' : undefined,
      ];
    case 'promise-cancelled':
      return [event.promise];
    case 'contact-outcome':
      return [event.code, event.channel, event.step, event.reason, when(event.agency, 'by')];
    case 'visit-outcome':
      return [event.code, event.step, when(event.followUpOn, 'again on'), when(event.agency, 'by')];
    case 'delivery':
      return [event.step, event.status];
    case 'host-result':
    case 'task-result':
      return [event.step, event.result];
    case 'debit-result':
      return [`${event.result} on ${event.date}`, when(event.retryOn, 'again on')];
    case 'paid-claim':
      return [
        event.channel,
        event.amount === undefined ? undefined : money(event.amount),
        when(event.paidOn, 'on'),
      ];
    case 'hold':
      return [event.hold, event.type, when(event.from, 'from'), when(event.until, 'until')];
    case 'release':
      return [event.hold, when(event.lastDay, 'last day')];
    case 'contact-changed':
      return [event.reachable ? 'can be reached' : 'cannot be reached'];
    case 'write-off':
    case 'acceleration':
      return [event.undone === true ? 'undone' : undefined];
    case 'close':
      return [event.reason];
  }
}
