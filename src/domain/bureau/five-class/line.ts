import { exponentOf } from '../../read-money';
import type { Currency, Minor } from '../../units';
import type { Identity } from '../identity';
import type { FiveClassFields } from './fields';

/** The columns, in their order. docs/bureau.md says what each holds. */
export const COLUMNS = [
  ...['reporter', 'month', 'correction', 'account', 'id_type', 'id_number', 'name', 'state', 'product'],
  ...['currency', 'opened_on', 'limit', 'balance', 'paid', 'last_payment', 'five_class', 'days_overdue'],
  ...['months_overdue', 'overdue', 'overdue_31_60', 'overdue_61_90', 'overdue_91_180', 'overdue_over_180'],
  ...['disputed', 'history_24', 'as_of', 'closed_on'],
] as const;

export interface LineAround {
  readonly reporter: string;
  readonly number: string;
  readonly corrects: boolean;
}

/** One account as the cells of its line. Personal: goes into the file and nowhere else. */
export function lineOf(fields: FiveClassFields, identity: Identity, around: LineAround): readonly string[] {
  const { currency, aged } = fields;
  const money = (amount: Minor) => decimals(amount, currency);
  const national = identity.nationalId !== '';
  return [
    ...[around.reporter, fields.on.slice(0, 7), around.corrects ? '1' : '0', around.number],
    ...[national ? 'national' : 'ssn', national ? identity.nationalId : identity.socialSecurityNumber],
    ...[[identity.surname, identity.firstName].filter((one) => one !== '').join(' '), fields.state],
    ...[fields.product, currency, fields.openedOn ?? '', fields.limit === null ? '' : money(fields.limit)],
    ...[money(fields.balance), money(fields.paid), fields.lastPayment ?? '', fields.class],
    ...[String(fields.days), String(fields.monthsLate), money(fields.pastDue), ...aged.map(money)],
    ...[fields.disputed ? '1' : '0', fields.history, fields.on, fields.closedOn ?? ''],
  ];
}

/** Minor units as a decimal with the currency's places, such as `1200.50`. */
function decimals(amount: Minor, currency: Currency): string {
  const places = exponentOf(currency);
  const text = String(amount).padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
