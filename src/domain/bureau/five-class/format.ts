import { csvLine } from '../../csv-line';
import type { Format, RecordFacts } from '../format';
import type { Consumer } from '../metro2/derive/data-record';
import type { Reporting } from '../reporting';
import { fiveClassFields, type FiveClassFields, type FiveClassTold } from './fields';
import { COLUMNS, lineOf } from './line';

/** A documented CSV with five classes and a string of 24 months, as bureaus in China and elsewhere want to know it. */
export const FIVE_CLASS: Format = {
  extension: 'csv',
  furnish: ({ snapshot, last, deleted }) =>
    fiveClassFields(snapshot, last as FiveClassTold | null, deleted !== null),
  isAdverse(given) {
    const { days, state } = given as FiveClassFields;
    return days > 0 || state === 'written-off';
  },
  wasAdverse: (told) => (told as FiveClassTold).late,
  isOver: (told) => (told as FiveClassTold).over,
  isDeleted: (told) => (told as FiveClassTold).deleted,
  firstDelinquency: () => null,
  check(facts, reporting) {
    const codes = [...known(facts.consumers), ...wrong(facts.fields as FiveClassFields)];
    const [main] = facts.consumers;
    return { codes, length: main === undefined ? 0 : text(facts, main, reporting).length };
  },
  writer: (reporting) => ({
    head: () => `${csvLine(COLUMNS)}\n`,
    data(record) {
      const [main] = record.consumers;
      return main === undefined ? '' : text(record, main, reporting);
    },
    tail: () => '',
  }),
};

function text(record: RecordFacts, main: Consumer, { identification }: Reporting): string {
  const { number, corrects } = record;
  const around = { reporter: identification, number, corrects };
  return `${csvLine(lineOf(record.fields as FiveClassFields, main.identity, around))}\n`;
}

function known([main]: readonly Consumer[]): string[] {
  if (main === undefined) return ['BUREAU_IDENTITY_MISSING'];
  const { nationalId, socialSecurityNumber, surname } = main.identity;
  const codes: string[] = [];
  if (nationalId === '' && socialSecurityNumber === '') codes.push('BUREAU_FIELD_MISSING id_number');
  if (surname === '') codes.push('BUREAU_FIELD_MISSING name');
  return codes;
}

/** What must hold between the fields of a line. */
function wrong(fields: FiveClassFields): string[] {
  const codes: string[] = [];
  if (fields.openedOn === null) codes.push('BUREAU_OPENING_UNKNOWN opened_on');
  const aged = fields.aged.reduce((sum, one) => sum + one, 0);
  if (aged > fields.pastDue) codes.push('BUREAU_PAST_DUE_ABOVE_BALANCE overdue');
  return codes;
}
