import type { ErrorText } from './error-text';

/** Errors of enrolling a portfolio. Those of a row stand in the rejects file: they name columns, never a person's data. */
export const enrol = {
  ENROL_FILE_MISSING: {
    says: 'The file {file} cannot be read ({reason})',
    do: 'Check the path and its rights.',
  },
  ENROL_EMPTY: {
    says: 'The file {file} holds no rows',
    do: 'Give a CSV file with a header line, or JSON lines.',
  },
  ENROL_ENCODING: {
    says: '"{encoding}" is not an encoding that can be read',
    do: 'Use utf-8, gb18030, utf-16le or another name that iconv knows.',
  },
  ENROL_FORMAT: { says: '"{format}" is not a format of a portfolio', do: 'Use csv or jsonl.' },
  ENROL_NOT_TEXT: {
    says: 'The file {file} does not begin like a text',
    do: 'Give a CSV file with a header line, or JSON lines; name its encoding with --encoding when it is UTF-16 without a mark.',
  },
  ENROL_REJECTS_INPUT: {
    says: 'The rejects would overwrite the portfolio {file} itself',
    do: 'Name another file with --rejects.',
  },
  ENROL_COLUMN_MISSING: {
    says: 'The header lacks the column {column}',
    do: 'Add it; docs/enrol.md lists all columns.',
  },
  ENROL_COLUMN_UNKNOWN: {
    says: 'The header has a column {column} that nothing is known of',
    do: 'Name it as docs/enrol.md does, call it fact.{column} to keep it as a fact, or leave it out with --ignore {column}.',
  },
  ENROL_COLUMN_TWICE: { says: 'The header names the column {column} twice', do: 'Keep one of them.' },
  ROW_NOT_READABLE: {
    says: 'The row is not readable: {reason}',
    do: 'Check its quotes, its number of fields, or its JSON.',
  },
  ROW_ENCODING: {
    says: 'The row holds bytes that are not text in {encoding}',
    do: 'Save the file in one encoding, or name it with --encoding.',
  },
  ROW_FIELD_MISSING: { says: 'The field {field} is empty', do: 'Fill it in.' },
  ROW_FIELD_UNKNOWN: { says: 'The field {field} is not known', do: 'Name it as docs/enrol.md does.' },
  ROW_FIELD_MALFORMED: { says: 'The field {field} is not {wanted}', do: 'Write it as docs/enrol.md shows.' },
  ROW_DATE_IMPOSSIBLE: {
    says: 'The field {field} holds a day that the calendar does not have',
    do: 'Write a real day as YYYY-MM-DD.',
  },
  ROW_AMOUNT_MALFORMED: { says: 'The field {field} is not an amount', do: 'Write it as 1200.50.' },
  ROW_AMOUNT_NEGATIVE: { says: 'The field {field} is a negative amount', do: 'Give zero or more.' },
  ROW_AMOUNT_TOO_LARGE: {
    says: 'The field {field} is too large to be kept exactly',
    do: 'Check the amount and its currency.',
  },
  ROW_DECIMALS: {
    says: 'The field {field} has more decimals than {currency} has',
    do: 'Round it as the contract says.',
  },
  ROW_FACTS_TOO_MANY: {
    says: 'With this row the account would hold {count} facts; it keeps at most {most}',
    do: 'Leave out those that no strategy asks for, with --ignore fact.NAME or in the mapping.',
  },
  ROW_CURRENCY_UNKNOWN: {
    says: 'The field currency is not a currency of ISO 4217',
    do: 'Use three capital letters, such as CNY.',
  },
  ROW_ZONE_UNKNOWN: {
    says: 'The field {field} is not a time zone of the IANA database',
    do: 'Use a name such as Asia/Shanghai.',
  },
  ROW_CONTRADICTS: { says: 'The row contradicts itself: {reason}', do: 'Correct one of the two.' },
  ROW_NO_OBLIGATION: {
    says: 'The row says neither what the host has nor which obligations there are',
    do: 'Fill as_of, past_due and balance, or obligations.',
  },
  ROW_NOT_FOR_STRATEGY: {
    says: 'The account is a {found} and the strategy is for {wanted}',
    do: 'Enrol it with a strategy for its kind.',
  },
  ROW_NOT_REACHABLE: {
    says: 'The row names no telephone and no e-mail address at which anyone can be reached',
    do: 'Give a mobile number with its country, or an e-mail address.',
  },
  ROW_TWICE_DIFFERENT: {
    says: 'The account stands in line {line} with different content',
    do: 'Keep the right one of the two.',
  },
  ROW_IN_BOOK_DIFFERENT: {
    says: 'The account is in the book with different content',
    do: 'Send what changed as a host update, or correct the row.',
  },
} as const satisfies Record<string, ErrorText>;
