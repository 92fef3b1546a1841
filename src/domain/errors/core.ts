import type { ErrorText } from './error-text';

/** Errors of the decision core: money, calendar, accounts. */
export const core = {
  AMOUNT_NOT_A_NUMBER: {
    says: '"{text}" is not an amount',
    do: 'Write digits with an optional decimal point, such as 1200.50.',
  },
  AMOUNT_NEGATIVE: {
    says: 'The amount {text} is negative',
    do: 'Give an amount of zero or more.',
  },
  AMOUNT_TOO_LARGE: {
    says: 'The amount {text} {currency} is too large to be kept exactly',
    do: 'Check the amount; the largest is 9007199254740991 minor units.',
  },
  TOO_MANY_DECIMALS: {
    says: '{text} has more decimals than {currency} has ({exponent})',
    do: 'Give at most {exponent} digits after the decimal point.',
  },
  UNKNOWN_CURRENCY: {
    says: '"{currency}" is not a currency of ISO 4217',
    do: 'Use three capital letters, such as CNY.',
  },
  IMPOSSIBLE_DATE: {
    says: '"{date}" is not a date of the calendar',
    do: 'Write the date as YYYY-MM-DD.',
  },
  UNKNOWN_ZONE: {
    says: '"{zone}" is not a time zone',
    do: 'Use a name of the IANA time zone database, such as Asia/Shanghai.',
  },
  PAUSE_ALREADY_ACTIVE: {
    says: 'A pause already runs on {date}',
    do: 'Resume it first, or wait until it ends.',
  },
  PAUSE_OVERLAPS: {
    says: 'The pause {from} to {until} overlaps the one from {otherFrom} to {otherUntil}',
    do: 'Choose days outside that pause.',
  },
  PAUSE_NOT_ACTIVE: {
    says: 'No pause runs on {date}',
    do: 'Only a running pause can be resumed.',
  },
  PAUSE_BAD_DATES: {
    says: 'A pause from {from} to {until} cannot be',
    do: 'Give two real dates, the last day on or after the first.',
  },
} as const satisfies Record<string, ErrorText>;
