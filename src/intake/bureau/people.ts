import { isIsoDate } from '../../domain/calendar/day';
import type { Identity } from '../../domain/bureau/identity';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { ErrorArgs } from '../../domain/errors/forbear-error';
import type { NewIdentity } from '../../book/furnishing/identities';
import { rowsIn } from './rows';

/** Columns of a file that says who people are. docs/bureau.md explains each. */
export const PEOPLE_COLUMNS = [
  ...['person', 'surname', 'first_name', 'middle_name', 'generation', 'ssn', 'national_id', 'birth_date'],
  ...['line1', 'line2', 'city', 'state', 'zip', 'country', 'phone'],
] as const;

/** A line that was not taken: a code and its arguments, never a value of it. */
export interface Refused {
  readonly line: number;
  readonly code: ErrorCode;
  readonly args: ErrorArgs;
}

export interface PeopleBatch {
  readonly good: readonly { readonly line: number; readonly given: NewIdentity }[];
  readonly refused: readonly Refused[];
}

/** Who people are, batch by batch. Personal: to the book and nowhere else. Errors as `rowsIn`. */
export async function* readPeople(file: string, lender: string): AsyncGenerator<PeopleBatch> {
  for await (const rows of rowsIn(file, PEOPLE_COLUMNS, ['person', 'surname'])) {
    const good: PeopleBatch['good'][number][] = [];
    const refused: Refused[] = [];
    for (const { line, values } of rows) {
      const wrong = values === null ? (['row', 'as many cells as the header'] as const) : firstWrong(values);
      if (values === null || wrong !== null) {
        const [field, wanted] = wrong ?? ['row', 'a row'];
        refused.push({ line, code: 'BUREAU_PERSON_FIELD', args: { line, field, wanted } });
      } else
        good.push({
          line,
          given: { lender, lenderPerson: values['person'] ?? '', identity: identityOf(values) },
        });
    }
    yield { good, refused };
  }
}

type Values = Readonly<Record<string, string>>;

const SHAPES: readonly (readonly [string, RegExp, string])[] = [
  ['person', /^.{1,64}$/, 'a number of at most 64 characters'],
  ['surname', /^.{1,100}$/, 'a name'],
  ['ssn', /^(\d{3}-?\d{2}-?\d{4})?$/, 'nine digits'],
  ['national_id', /^[\w-]{0,40}$/, 'letters and digits'],
  ['generation', /^([JS2-9])?$/i, 'J, S or 2 to 9'],
  ['country', /^([A-Z]{2})?$/, 'two capital letters'],
  ['phone', /^(\d{10})?$/, 'ten digits'],
];

function firstWrong(values: Values): readonly [field: string, wanted: string] | null {
  for (const [field, shape, wanted] of SHAPES) if (!shape.test(values[field] ?? '')) return [field, wanted];
  const birth = values['birth_date'] ?? '';
  return birth === '' || isIsoDate(birth) ? null : ['birth_date', 'a day as YYYY-MM-DD'];
}

function identityOf(values: Values): Identity {
  const of = (name: string): string => values[name] ?? '';
  return {
    ...{ surname: of('surname'), firstName: of('first_name'), middleName: of('middle_name') },
    generation: of('generation').toUpperCase(),
    socialSecurityNumber: of('ssn').replaceAll('-', ''),
    nationalId: of('national_id'),
    birthDate: of('birth_date') === '' ? null : of('birth_date'),
    ...{ line1: of('line1'), line2: of('line2'), city: of('city'), state: of('state') },
    ...{ zip: of('zip'), country: of('country'), phone: of('phone') },
  };
}
