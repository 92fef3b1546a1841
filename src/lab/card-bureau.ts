import { enrolAccounts, type NewAccount } from '../book/accounts';
import { putIdentities } from '../book/furnishing/identities';
import { contentHash } from '../book/ids';
import type { Db } from '../book/open-book';
import type { Identity } from '../domain/bureau/identity';
import type { Reporting } from '../domain/bureau/reporting';
import { CARD_LENDER } from './card-feeds';
import { cardEnrolment, cardEvents, CARD_MONTHS, type CardRow } from './card-file';

/** The file says neither when an account was opened nor who anybody is: both are made up, and the same for all. */
const OPENED_ON = '2003-01-15';
const BATCH = 250;

/** How the sample is reported. All of it is made up; nobody of the file was told of anything. */
export function cardReporting(keep: string, send: string): Reporting {
  return {
    ...{ name: 'card-file', lender: CARD_LENDER, furnisher: 'engine', format: 'metro2', cutOff: 'last' },
    ...{ sendAfterDays: 0, zone: 'Asia/Taipei', identification: 'SAMPLE-0001' },
    reporter: { name: 'Sample Bank', address: '1 Sample Street Sampleville NY 10001', phone: '2125550100' },
    programs: { equifax: 'SAMPLE0001', experian: 'SAMPL', transunion: 'SAMPLE0001' },
    products: { credit_card: { portfolio: 'R', accountType: '18', months: null } },
    ...{ noticeFirst: false, lateDispute: 'mark', soldTo: '', keep, send },
  };
}

/** Nobody who lives: a number that no person can have (its first digit is 9), and a name that says what it is. */
export function madeUpPerson(id: string): Identity {
  return {
    ...{ surname: 'Sample', firstName: `Person ${letters(Number(id))}`, middleName: '', generation: '' },
    ...{ socialSecurityNumber: `9${id.padStart(8, '0')}`, nationalId: '', birthDate: '1970-01-01' },
    ...{ line1: `${id} Sample Street`, line2: '', city: 'Sampleville', state: 'NY', zip: '10001' },
    ...{ country: 'US', phone: '2125550100' },
  };
}

/** Enrols the accounts of the card file, each with all its months and a person who is made up. */
export async function enrolCards(db: Db, rows: readonly CardRow[], strategy: string): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    await enrolAccounts(
      db,
      batch.map((row) => accountOf(row, strategy)),
    );
    await putIdentities(
      db,
      batch.map(({ id }) => ({ lender: CARD_LENDER, lenderPerson: `P-${id}`, identity: madeUpPerson(id) })),
    );
  }
}

function accountOf(row: CardRow, strategy: string): NewAccount {
  const { terms, facts, enteredOn } = cardEnrolment(row);
  const { lender, product, currency, zone, books } = terms;
  return {
    lenderNumber: `CARD-${row.id}`,
    person: { lender: CARD_LENDER, lenderPerson: `P-${row.id}`, language: 'en', zone: null, endpoints: [] },
    terms: { lender, product, currency, zone, books, openedOn: OPENED_ON },
    ...{ facts, enteredOn, strategy, contentHash: contentHash(row) },
    events: CARD_MONTHS.flatMap((_month, i) => cardEvents(row, i)),
  };
}

/** A number in letters: names of people have no digits. */
function letters(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 26))
    text += String.fromCharCode(65 + (rest % 26));
  return text;
}
