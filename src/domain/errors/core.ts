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
  PAUSE_ACTION_MISSING: {
    says: 'The request says neither pause nor resume',
    do: 'Name one of the two.',
  },
  PAUSE_BAD_DATES: {
    says: 'The days {from} to {until} are no period',
    do: 'Give two days of the calendar, the last one on or after the first.',
  },
  PAUSE_WITHOUT_END: {
    says: 'The pause from {from} has no last day',
    do: 'Give its last day; a pause without an end is a hold.',
  },
  PAUSE_BEFORE_OPENING: {
    says: 'The pause begins on {from}, before the account was opened on {openedOn}',
    do: 'Begin it on the day of opening or later.',
  },
  PAUSE_OVERLAPS: {
    says: 'The pause {from} to {until} overlaps one that lasts from {otherFrom} to {otherUntil}',
    do: 'Choose days outside that pause, or resume it first.',
  },
  PAUSE_RESUME_WITH_END: {
    says: 'A resume on {from} cannot have a last day',
    do: 'Leave the last day out.',
  },
  PAUSE_NOT_RUNNING: {
    says: 'No pause runs on {from} that could be resumed',
    do: 'Look at the holds of the account: the pause may have ended or been resumed already.',
  },
} as const satisfies Record<string, ErrorText>;
