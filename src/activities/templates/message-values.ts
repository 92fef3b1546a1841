import type { AccountState } from '../../domain/account/state';
import { addDays } from '../../domain/calendar/day';
import { localDate } from '../../domain/calendar/zone';
import type { Standing } from '../../domain/delinquency/standing';
import type { Strategy } from '../../domain/strategy/strategy';
import { answersFor } from '../../domain/party/estate';
import type { Instant, IsoDate, Minor } from '../../domain/units';
import { estateWords } from './estate-words';
import { agreementValues } from './agreement-values';
import type { Letterhead } from './letterhead';
import { wording } from './wording';

/** How long an offer named in a message stands, in days. [assumption] of the ladders. */
const OFFER_DAYS = 7;

export interface MessageSubject {
  readonly account: AccountState;
  readonly standing: Standing;
  readonly strategy: Strategy;
  readonly now: Instant;
  readonly language: string;
  /** The person's name, only for letters and mails: a text message may be read over a shoulder. */
  readonly name: string | null;
  /** The lender's own number; of it only the last four characters are ever written. */
  readonly lenderNumber: string;
  readonly letterhead: Letterhead | null;
  /** The person's other accounts that are past due, as text of the language; left out: none. */
  readonly others?: string;
  /** It is an heir who reads it: what asks for payment is then not to be said. */
  readonly heir?: { readonly estate: Minor | null };
}

/** Everything that a template may name, as text of the language. What is not known is absent. */
export function messageValues(about: MessageSubject): Record<string, string | number> {
  const { account, standing, strategy, letterhead } = about;
  const { currency, zone, ref } = account.terms;
  const say = wording(about.language, currency, zone);
  const today = localDate(about.now, zone);
  if (about.heir !== undefined) return heirValues(about, about.heir.estate);
  const promise = account.promises.find((one) => one.status === 'open');
  return known({
    bank: letterhead?.bank,
    phone: letterhead?.phone,
    ownerAlias: letterhead?.ownerAlias,
    payLink: letterhead === null ? undefined : `${letterhead.payLink.replace(/\/$/, '')}/${ref}`,
    ref,
    name: about.name ?? undefined,
    last4: about.lenderNumber.slice(-4),
    others: about.others ?? '',
    currency,
    dpd: standing.contractDpd,
    cycles: standing.cycles,
    today: say.day(today),
    pastDue: say.money(standing.askable),
    oldestAmount: say.money(standing.oldestAmount),
    min: say.money(standing.nextAmount > 0 ? standing.nextAmount : standing.askable),
    nextAmount: say.money(standing.nextAmount),
    total: say.money(standing.balance),
    balance: say.money(standing.balance),
    due: dayOrNone(standing.oldestDue ?? standing.nextDue),
    nextDue: dayOrNone(standing.nextDue),
    graceEnd: dayOrNone(standing.oldestDue && addDays(standing.oldestDue, strategy.counting.grace.days)),
    reportDate: say.day(endOfMonth(today)),
    offerUntil: say.day(addDays(today, OFFER_DAYS)),
    payUntil: say.day(addDays(today, 15)),
    promiseDate: dayOrNone(promise?.date ?? null),
    promiseAmount: promise && say.money(promise.amount),
    ...agreementValues(account, today, say),
  });

  function dayOrNone(date: IsoDate | null): string | undefined {
    return date === null ? undefined : say.day(date);
  }
}

/**
 * An heir is told what there is and how far he answers for it, and is asked for nothing: a text that names a payment, a
 * due date or a link to pay on is none for an heir. The other way round `estate` is known for heirs only.
 */
function heirValues(about: MessageSubject, estate: Minor | null): Record<string, string | number> {
  const { account, standing, letterhead, language } = about;
  const { currency, zone, ref } = account.terms;
  const say = wording(language, currency, zone);
  const total = say.money(standing.balance);
  const worth = estate === null ? null : { worth: say.money(estate), most: say.money(answersFor(standing.balance, estate)) };
  return known({
    bank: letterhead?.bank,
    phone: letterhead?.phone,
    ...{ ref, currency, total, balance: total },
    name: about.name ?? undefined,
    last4: about.lenderNumber.slice(-4),
    today: say.day(localDate(about.now, zone)),
    estate: estateWords(language, worth, currency),
  });
}

/** The bureau's record is made of the standing at the end of the month. */
function endOfMonth(day: IsoDate): IsoDate {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function known(values: Record<string, string | number | undefined>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
