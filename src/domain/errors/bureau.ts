import type { ErrorText } from './error-text';

const CHECK_SOURCE = 'Correct the account at its source and make the file again';

/** Errors of the bureau's file. They name records, fields and codes, never what a field holds of a person. */
export const bureau = {
  BUREAU_FILE_EMPTY: { says: 'The file is empty', do: 'Make it again.' },
  BUREAU_NOT_METRO2: {
    says: 'This is no Metro 2 file: {reason}',
    do: 'Give a file of the character format, in ASCII, that begins with its header.',
  },
  BUREAU_PACKED: {
    says: 'The file is in the packed format of Metro 2, which is not supported',
    do: 'Ask for the character format, which all bureaus take.',
  },
  BUREAU_VARIABLE_BLOCK: {
    says: 'The file is in variable blocks, with a block descriptor word before each record; they are not supported',
    do: 'Ask for fixed blocks.',
  },
  BUREAU_EBCDIC: {
    says: 'The file is in EBCDIC, which is not supported',
    do: 'Have it transferred as text, so that it arrives in ASCII.',
  },
  BUREAU_FILE_CUT: {
    says: 'The file ends within the record: {missing} bytes are missing',
    do: 'Fetch or make it again, and send nothing of it.',
  },
  BUREAU_LENGTH_WORD: {
    says: 'The record does not begin with a length of four digits, 426 or more',
    do: 'Look at the end of the record before it: a length there that is wrong moves all that follows.',
  },
  BUREAU_RECORD_LENGTH: {
    says: 'The record says that it has {says} bytes and has {has}',
    do: 'Look for an editor that cut blanks at the end, or for letters that take more than one byte.',
  },
  BUREAU_LINE_END: {
    says: 'The line ends in {found} and not in {wanted}',
    do: 'End each line alike, in LF or in CR LF.',
  },
  BUREAU_LINE_BLANK: { says: 'A blank line stands before the record', do: 'Take it out.' },
  BUREAU_LENGTHS_DIFFER: {
    says: 'The record has {has} bytes and the first one {first}, where fixed blocks are all of one length',
    do: 'Ask the bureau whether it takes it; fixed blocks are blank-filled to the longest.',
  },
  BUREAU_HEADER_MISSING: { says: 'The first record is no header', do: 'Put the header in front.' },
  BUREAU_HEADER_AGAIN: {
    says: 'Another header stands within the file',
    do: 'Send one file for each header.',
  },
  BUREAU_TRAILER_MISSING: {
    says: 'The file has no trailer behind this record',
    do: 'Look whether it was cut; without its totals it is refused whole.',
  },
  BUREAU_AFTER_TRAILER: {
    says: 'The record stands behind the trailer',
    do: 'Put it before the trailer, and count it.',
  },
  BUREAU_SEGMENT_UNKNOWN: {
    says: 'From position {at} on there is neither a segment that is known nor blanks only',
    do: 'Look at the segment before it, and at the order J1, J2, K1, K2, K3, K4, L1, N1.',
  },
  BUREAU_SEGMENT_CUT: {
    says: 'The segment {segment} at position {at} does not fit into the record',
    do: 'Look at the length of the record.',
  },
  BUREAU_SEGMENT_ORDER: {
    says: 'The segment {segment} at position {at} stands too late',
    do: 'Put the segments in the order J1, J2, K1, K2, K3, K4, L1, N1.',
  },
  BUREAU_SEGMENT_TWICE: {
    says: 'The segment {segment} at position {at} stands there a second time',
    do: 'Only J1 and J2 may come more than once.',
  },
  BUREAU_ACCOUNT_TWICE: {
    says: 'The account stands in the file a second time',
    do: 'Keep the right one of the two.',
  },
  BUREAU_NOT_ASCII: {
    says: 'The field holds bytes that are not printable ASCII',
    do: 'Write names and addresses in plain upper-case letters.',
  },
  BUREAU_FIELD_MISSING: { says: 'The field must be filled and is not', do: `${CHECK_SOURCE}.` },
  BUREAU_FIELD_MALFORMED: { says: 'The field does not hold {wanted}', do: `${CHECK_SOURCE}.` },
  BUREAU_NOT_LEFT: { says: 'The text begins with blanks', do: 'Write text at the left of its field.' },
  BUREAU_LOWER_CASE: { says: 'The text has lower-case letters', do: 'Write it in upper case.' },
  BUREAU_CODE_UNKNOWN: {
    says: 'The code is not in the table of the field',
    do: 'Take one that docs/bureau.md lists; obsolete ones are not among them.',
  },
  BUREAU_HISTORY_LENGTH: {
    says: 'The payment history has {has} months and not 24',
    do: 'Fill it with B and D.',
  },
  BUREAU_HISTORY_CODE: {
    says: 'Month {month} of the payment history is no code of its table',
    do: 'Take 0 to 6, B, D, E, G, H, J, K or L.',
  },
  BUREAU_HISTORY_GAP: {
    says: 'Month {month} of the payment history says that there is no history before, and there is',
    do: 'Write D for a month without a report; B stands at the end only.',
  },
  BUREAU_TYPE_UNFIT: {
    says: 'The account type does not belong under portfolio type {portfolio}',
    do: 'Correct one of the two.',
  },
  BUREAU_TERMS_UNFIT: {
    says: 'The terms of portfolio type {portfolio} are written as {wanted}',
    do: 'Correct the terms duration or the portfolio type.',
  },
  BUREAU_RATING_MISSING: {
    says: 'Status {status} wants a payment rating',
    do: 'Tell how late the account was when it came to that status.',
  },
  BUREAU_RATING_UNWANTED: { says: 'Status {status} has no payment rating', do: 'Leave it blank.' },
  BUREAU_PROGRAM_MISSING: {
    says: 'The header names no program identifier of any bureau',
    do: 'Fill in the one of the bureau that the file is for.',
  },
  BUREAU_TOTAL_WRONG: {
    says: 'The trailer says {says} and the file has {counted}',
    do: 'Make the trailer from what was written; look whether records were lost.',
  },
  BUREAU_FIRST_DELINQUENCY_MISSING: {
    says: 'Status {status} wants the day of first delinquency',
    do: 'Tell the first day, thirty days late, of the delinquency that led to the status.',
  },
  BUREAU_FIRST_DELINQUENCY_UNWANTED: {
    says: 'Status {status} has no day of first delinquency',
    do: 'Write zeros: a cure takes the day away.',
  },
  BUREAU_FIRST_DELINQUENCY_LATE: {
    says: 'The day of first delinquency is too late for status {status}, which is {days} days late at least',
    do: 'Tell the day of the first delinquency, not of the last.',
  },
  BUREAU_FIRST_DELINQUENCY_FORWARD: {
    says: 'The day of first delinquency moved forward since the last file, without a cure between',
    do: 'Keep the earlier day: paying a part, a sale or a placement does not make a delinquency younger.',
  },
  BUREAU_FIRST_DELINQUENCY_UNKNOWN: {
    says: 'Status {status} wants a day of first delinquency and the facts have none',
    do: 'Find the due date that was missed first, and hold the record back until then.',
  },
  BUREAU_CHARGE_OFF_MISSING: {
    says: 'Status {status} wants the original charge-off amount',
    do: 'Tell the whole amount as it was on the day of the charge-off.',
  },
  BUREAU_CHARGE_OFF_UNWANTED: {
    says: 'Status {status} has no original charge-off amount',
    do: 'Write zeros, or correct the status.',
  },
  BUREAU_CHARGE_OFF_CHANGED: {
    says: 'The original charge-off amount is not that of the last file',
    do: 'Keep it in full; what is left stands in the balance.',
  },
  BUREAU_PAST_DUE_UNWANTED: { says: 'Status {status} has nothing past due', do: 'Write zeros.' },
  BUREAU_PAST_DUE_MISSING: {
    says: 'Status {status} has no amount past due',
    do: 'Tell what is thirty days late or more; zeros are right below one dollar only.',
  },
  BUREAU_PAST_DUE_ABOVE_BALANCE: {
    says: 'More is past due than is owed',
    do: 'Look at both amounts.',
  },
  BUREAU_DATE_FUTURE: {
    says: 'The day lies in the future of the file',
    do: 'Correct it, or the dates of the header.',
  },
  BUREAU_DATE_OF_OTHER_PERIOD: {
    says: 'The figures of status {status} are not of the period that the header names',
    do: 'Take the figures of the period, or leave the account out.',
  },
  BUREAU_DATE_NOT_OF_PAYMENT: {
    says: 'The figures of status {status} are of another day than the last payment',
    do: 'Tell the day on which it was paid.',
  },
  BUREAU_DATE_BEFORE_OPENING: {
    says: 'The day lies before the account was opened',
    do: 'Look at both days.',
  },
  BUREAU_PAID_BUT_OWED: { says: 'Status {status} says paid, and an amount stands here', do: 'Write zeros.' },
  BUREAU_CLOSED_MISSING: { says: 'Status {status} wants the day of closing', do: 'Fill it in.' },
  BUREAU_LIMIT_UNWANTED: { says: 'Portfolio type {portfolio} has no credit limit', do: 'Write zeros.' },
  BUREAU_LIMIT_MISSING: {
    says: 'Portfolio type {portfolio} wants the credit limit',
    do: 'Tell the last limit that was given, also when the account is closed.',
  },
  BUREAU_ORIGINAL_LOAN_MISSING: {
    says: 'Portfolio type {portfolio} wants the original amount as highest credit',
    do: 'Fill it in.',
  },
  BUREAU_CREDITOR_MISSING: {
    says: 'An account of this type wants the original creditor in a K1 segment',
    do: 'Append it.',
  },
  BUREAU_CREDITOR_UNWANTED: {
    says: 'Only collection agencies and buyers of debts name an original creditor',
    do: 'Leave the K1 segment out, or correct the account type.',
  },
  BUREAU_SELLER_MISSING: {
    says: 'A buyer of debts names in a K2 segment whom the account was bought from',
    do: 'Append it.',
  },
  BUREAU_SOLD_NOT_TRANSFERRED: {
    says: 'The account is sold and its status is not 05',
    do: 'Tell status 05 with the rating of that day.',
  },
  BUREAU_SOLD_BUT_OWED: { says: 'The account is sold and an amount stands here', do: 'Write zeros.' },
  BUREAU_BIRTH_MISSING: { says: 'An authorised user wants a date of birth', do: 'Fill it in.' },
  BUREAU_PERSON_UNKNOWN: {
    says: 'Neither social security number nor date of birth is told',
    do: 'Fill in one of them, or hold the record back.',
  },
  BUREAU_IDENTIFICATION_EMPTY: {
    says: 'The identification number has fewer than {shortest} characters, or zeros or nines only',
    do: 'Write the number that the bureau knows the furnisher by.',
  },
  BUREAU_IDENTIFICATION_CHANGED: {
    says: 'The identification number is not that of the last file',
    do: 'Keep it, or tell the change once in an L1 segment.',
  },
  BUREAU_ACCOUNT_NUMBER_PERSONAL: {
    says: 'The account number contains the social security number of a person on it',
    do: 'Give the account a number of its own.',
  },
  BUREAU_DISPUTE_UNMARKED: {
    says: 'A dispute is open and the record does not say so',
    do: 'Tell XB or XF (XD or XJ), or hold the record back.',
  },
  BUREAU_DISPUTE_NOT_OPEN: {
    says: 'The record says that a dispute is open, and none is',
    do: 'Tell XH, or XC where the consumer still disagrees.',
  },
  BUREAU_DISPUTE_NOT_ENDED: {
    says: 'The dispute that the last file told of is gone without its end',
    do: 'Tell XH, or XC or XG where the consumer still disagrees.',
  },
  BUREAU_STATUS_JUMPED: {
    says: 'Status {status} begins at {from} days, and since the last file there can be {most} at most',
    do: 'Look at the due dates, or at the file before.',
  },
  BUREAU_HISTORY_BEFORE_OPENING: {
    says: 'Month {month} of the payment history lies before the account was opened',
    do: 'Write B there.',
  },
  BUREAU_HISTORY_CHANGED: {
    says: 'Month {month} of the payment history is not what the last file says',
    do: 'Move the last profile by one month and put its status in front; correct the past on purpose only.',
  },
  BUREAU_AMOUNT_TOO_LARGE: {
    says: 'An amount has more than nine digits in whole dollars',
    do: 'Check the amount and its currency.',
  },
  BUREAU_VALUE_UNFIT: {
    says: 'The field {field} takes {wanted}',
    do: 'Give it what it takes; longer text is cut by whoever knows how.',
  },
  BUREAU_RECORD_TOO_LONG: {
    says: 'The record needs {needs} bytes and may have {length}',
    do: 'Write a file with longer records, 9999 bytes at most.',
  },
  BUREAU_RECORD_UNKNOWN: {
    says: 'The file has no such record ({wanted})',
    do: 'Give the number that the check names.',
  },
  BUREAU_SETTINGS_YAML: { says: 'The settings are not readable: {reason}', do: 'Correct the line.' },
  BUREAU_SETTINGS_SHAPE: {
    says: '"{key}" is not right: {reason}',
    do: 'Write it as docs/bureau.md shows.',
  },
  BUREAU_REPORTING_UNKNOWN: {
    says: 'Nothing is reported as {name}',
    do: 'See what is with `forbear bureau list`.',
  },
  BUREAU_REPORTING_FIXED: {
    says: 'The lender and the format of {name} are fixed once it is set',
    do: 'Give the other one a name of its own.',
  },
  BUREAU_FILE_UNKNOWN: {
    says: 'There is no bureau file {file}',
    do: 'See which there are with `forbear bureau list`.',
  },
  BUREAU_CYCLE_FAILED: {
    says: 'The cycle {workflow} failed or was ended',
    do: "Read why in Temporal's UI, put it right, and run it again: it goes on where it was.",
  },
  BUREAU_MONTH_NOT_OVER: {
    says: 'The cut-off day {on} of {month} is not over',
    do: 'Run it from the day after on.',
  },
  BUREAU_IDENTITY_MISSING: {
    says: 'The book does not know who the person on the account is, as a bureau wants it',
    do: 'Give names, address and date of birth with `forbear bureau people FILE`.',
  },
  BUREAU_OPENING_UNKNOWN: {
    says: 'The day on which the account was opened is not known',
    do: 'Have the lender tell it; a record without it is refused.',
  },
  BUREAU_TERMS_UNKNOWN: {
    says: 'Nobody says for how many months the loan runs',
    do: 'Give the fact terms_months, or `months` of the product in the settings.',
  },
  BUREAU_CHAPTER_UNKNOWN: {
    says: 'A bankruptcy holds the account and nobody has said its chapter',
    do: 'Give the fact bankruptcy_chapter: 7, 11, 12 or 13.',
  },
  BUREAU_NOT_NOTICED: {
    says: 'The person was not told before something adverse is reported',
    do: 'Let the notice before adverse data go out; the record follows in the next file.',
  },
  BUREAU_DISPUTED_SINCE: {
    says: 'A dispute opened between cut-off and sending, and such records are held back',
    do: 'Answer the dispute; the record follows in the next file.',
  },
  BUREAU_FILE_CHANGED: {
    says: 'The bureau file {name} is not the one that was made (its hash differs)',
    do: 'Look who writes into the folder where files are kept; then run the month again.',
  },
  BUREAU_NEVER_TOLD: {
    says: 'Nothing was told of the account, so there is nothing to delete',
    do: 'See what was told with `forbear bureau account`.',
  },
  BUREAU_ANSWER_FIELD: {
    says: 'Line {line}: {field} is not right ({wanted})',
    do: 'Correct the line and give the file again; what was taken is not taken twice.',
  },
  BUREAU_PERSON_FIELD: {
    says: 'Line {line}: {field} is not right ({wanted})',
    do: 'Correct the line and give the file again.',
  },
  BUREAU_PERSON_NOT_IN_BOOK: {
    says: 'Line {line}: the lender has no person of that number in the book',
    do: 'Enrol the account first; numbers are those of its column person.',
  },
} as const satisfies Record<string, ErrorText>;
