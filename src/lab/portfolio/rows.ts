import type { Minor, Scalar } from '../../domain/units';
import type { Card } from './card';
import type { Life } from './life';
import { Random } from './random';

/** The lender whose cards these are. Made up, and says so. */
export const LENDER = 'demo-bank';

type Row = Readonly<Record<string, string>>;

/** A portfolio as `forbear enrol` reads it, made by the project: one line an account, amounts in yuan. */
export function portfolioCsv(cards: readonly { readonly card: Card; readonly life: Life }[]): string {
  const rows = cards.map(({ card, life }) => rowOf(card, life));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

function rowOf(card: Card, { figures }: Life): Row {
  const { person } = card;
  return {
    account: card.number,
    lender: LENDER,
    person: card.number.replace('card', 'person'),
    name: person.name,
    language: person.language,
    phone: person.phone,
    email: person.email ?? '',
    address: person.address ?? '',
    country: 'CN',
    product: 'credit_card',
    currency: 'CNY',
    zone: person.zone,
    opened_on: card.openedOn,
    as_of: figures.asOf,
    past_due: yuan(figures.pastDue),
    oldest_due: figures.oldestDue ?? '',
    cycles: String(figures.cycles),
    balance: yuan(figures.balance),
    next_due: figures.nextDue ?? '',
    next_amount: yuan(figures.nextAmount ?? 0),
    statement_date: figures.statementDate ?? '',
    ...Object.fromEntries(
      Object.entries(factsOf(card)).map(([name, value]) => [`fact.${name}`, String(value)]),
    ),
  };
}

/** What the host knows beside the money, by the names of the standard strategy. */
function factsOf(card: Card): Readonly<Record<string, Scalar>> {
  const random = new Random(0, 'facts', card.number);
  const late = card.monthsLate[0] ?? 0;
  const hard = card.manner === 'in-hardship';
  return {
    autopay: card.autopay !== null,
    linked_elsewhere: card.autopay === 'other-bank',
    debit_failed_6m: card.autopay !== null && random.chance(0.3),
    debit_no_funds: card.autopay !== null && hard,
    pre_due_list: late === 0 && random.chance(0.8),
    early_warning: late === 0 && hard,
    never_paid: card.neverPaid,
    worst_bucket_12m: Math.min(7, late),
    months_late_12m: late,
    months_since_payment: card.neverPaid ? 12 : late >= 2 && random.chance(0.4) ? late : 1,
    score: card.score,
    utilisation: Math.min(100, Math.round((100 * card.balance) / card.limit)),
    cash_share: random.whole(0, 60),
    working_number: card.manner !== 'unreachable',
    city_team: random.chance(0.5),
    ability: hard ? 'low' : random.pick(['middle', 'high']),
    willingness: card.manner === 'refuses' ? 'low' : random.pick(['middle', 'high']),
  };
}

function yuan(amount: Minor): string {
  return (amount / 100).toFixed(2);
}

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
