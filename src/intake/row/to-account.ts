import { contentHash } from '../../book/ids';
import type { NewAccount } from '../../book/accounts';
import type { AccountEvent } from '../../domain/account/events';
import type { Terms } from '../../domain/account/terms';
import { localDate } from '../../domain/calendar/zone';
import type { Instant } from '../../domain/units';
import type { NewParty } from '../../book/parties';
import type { EnrolRow, RowParty } from './row';

/**
 * What the book is given for a row. The day of entry is the one on which the command runs, in the account's zone, and
 * is no part of the content: the same row tomorrow is the same account.
 */
export function toAccount(row: EnrolRow, strategy: string, now: Instant): NewAccount {
  return {
    lenderNumber: row.account,
    person: {
      lender: row.lender,
      lenderPerson: row.person.number,
      ...(row.person.name === null ? {} : { name: row.person.name }),
      language: row.person.language,
      zone: row.zone,
      endpoints: row.endpoints,
    },
    ...(row.parties === undefined ? {} : { parties: row.parties.map((party) => toParty(row, party)) }),
    ...toEnrolment(row, now),
    strategy,
    contentHash: rowHash(row),
  };
}

/** What of a row decides: the account without its people, and without the names that the book gives. */
export function toEnrolment(
  row: EnrolRow,
  now: Instant,
): Pick<NewAccount, 'terms' | 'facts' | 'enteredOn' | 'events'> {
  const terms: Omit<Terms, 'ref' | 'person' | 'digit'> = {
    lender: row.lender,
    product: row.product,
    currency: row.currency,
    zone: row.zone,
    books: row.books,
    ...(row.openedOn === null ? {} : { openedOn: row.openedOn }),
  };
  return {
    terms,
    facts: row.facts,
    enteredOn: localDate(now, row.zone),
    events: [...host(row), ...obligations(row, now)],
  };
}

/** Somebody else on the account, as the book takes a person: in the account's zone where no other is said. */
export function toParty(row: Pick<EnrolRow, 'lender' | 'zone'>, party: RowParty): NewParty {
  const { role, number, name, language, endpoints, limitation, zone = row.zone } = party;
  return {
    role,
    person: {
      lender: row.lender,
      lenderPerson: number,
      ...(name === null ? {} : { name }),
      language,
      zone,
      endpoints,
    },
    ...(limitation === null ? {} : { limitation }),
  };
}

/** Names a row's content; the strategy is none of it. */
export function rowHash(row: EnrolRow): string {
  return contentHash(row);
}

function host({ host: figures }: EnrolRow): AccountEvent[] {
  return figures === null ? [] : [{ kind: 'host-update', id: 'enrolment:host', at: figures.asOf, figures }];
}

function obligations({ obligations: list }: EnrolRow, now: Instant): AccountEvent[] {
  return list.map(({ due, amount }) => ({
    kind: 'obligation',
    id: `enrolment:${due}`,
    at: now,
    obligation: due,
    due,
    amount,
  }));
}
