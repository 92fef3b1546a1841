import type { ErrorText } from './error-text';

/** Errors of the lender's daily files. FEED_* refuse a file whole; ROW_* stand in the rejects and name columns, no values. */
export const feed = {
  FEED_BUSY: {
    says: 'Another feed of {lender} is being taken',
    do: 'Wait until it is through, then run this one again.',
  },
  FEED_CHANGED: {
    says: 'Somebody wrote to the file while it was read',
    do: 'Wait until it is whole, then send it again.',
  },
  FEED_OLDER: {
    says: 'The file is of {found} and the last one taken is of {last}',
    do: 'Files are taken in the order of their dates; send the newest.',
  },
  FEED_DATE_TAKEN: {
    says: 'Another file of {found} was taken as feed {feed}',
    do: 'Give a later moment with --as-of where there are several a day, or correct it with the next one.',
  },
  FEED_FILE_KNOWN: {
    says: 'The file is the one of {last}, feed {feed}, and not one of {found}',
    do: 'Send the file of the day; where it really is that again, say who answers for it: --same-again NAME.',
  },
  FEED_IN_FUTURE: {
    says: 'The file is of {found} and today is {today}',
    do: 'Check the date that was given, and that of the book.',
  },
  FEED_TOTALS_MISSING: {
    says: 'Nothing says how many rows the file should have and what they come to',
    do: 'Give --rows and --sum, or describe the line with the totals under control in the mapping.',
  },
  FEED_CONTROL_MISSING: {
    says: 'The file has no line that begins with {mark}',
    do: 'It is cut off, or not the file that the mapping describes; send it whole.',
  },
  FEED_CONTROL_BROKEN: {
    says: 'The line {line} with the totals is not right: {field} is not {wanted}',
    do: 'Send the file again, or correct control in the mapping.',
  },
  FEED_ROWS_DIFFER: {
    says: 'The file has {found} rows where {said} were announced',
    do: 'It is cut off or was changed; send it whole.',
  },
  FEED_SUM_DIFFERS: {
    says: 'The {of} of all rows comes to {found} where {said} was announced',
    do: 'Send the file again; nothing of it was taken.',
  },
  FEED_DATE_DIFFERS: {
    says: 'The file itself says that it is of {said}, and {found} was given',
    do: 'Give the date that the file is of.',
  },
  FEED_TOO_MANY_LEAVE: {
    says: '{missing} of {known} accounts would leave ({share} percent), and at most {most} percent may at once',
    do: 'Check that the snapshot is whole; where so many really left, say who answers for it with --let-leave NAME.',
  },
  FEED_KIND_DIFFERS: {
    says: 'The mapping is for {wanted} and the file was given as {found}',
    do: 'Use the mapping of that kind of file.',
  },
  FEED_NEEDS_STRATEGY: {
    says: 'No strategy is named, and accounts may begin with this file',
    do: 'Name a published one with --strategy.',
  },
  FEED_WRITING: {
    says: 'The file was changed less than {seconds} seconds ago',
    do: 'It is taken when it is left alone; nothing has to be done.',
  },
  FEED_NOT_READY: {
    says: 'The file {ready} that says that it is whole is not there',
    do: 'Send it after the file itself.',
  },
  FEED_DAY_MISSING: {
    says: 'The file of {day} did not come ({days} days in all)',
    do: 'Send it; where there is none for a day, name the day under none_on in the settings.',
  },
  FEED_NAME_WRONG: {
    says: '{files} files in the folder have a name that no feed has',
    do: 'Name them as the settings say, or correct files in the settings.',
  },
  FEED_NOT_REFUSED: {
    says: 'No file of the name and day of {file} was refused for {name}',
    do: 'See what was with `forbear feed list`; give the name that the file had when it came, or the one under refused/.',
  },
  FEED_AGAIN_GONE: {
    says: 'The file {file} is to be taken again, and is not under refused/ any more',
    do: 'Put it into the folder; what was said of it holds for it as long as not a byte is changed.',
  },
  FEED_READY_WRONG: {
    says: 'The file {ready} does not say {field} as {wanted}',
    do: 'Write it as rows=120 and sum=88000.00, each on a line of its own, or leave it empty.',
  },
  WATCH_YAML: { says: 'The settings are not readable: {reason}', do: 'Correct the line.' },
  WATCH_SHAPE: {
    says: '"{key}" is not right: {reason}',
    do: 'Write it as docs/feeds.md shows.',
  },
  WATCH_UNKNOWN: {
    says: 'No folder is watched as {name}',
    do: 'See which are with `forbear feed watch list`.',
  },
  WATCH_FOLDER_TAKEN: {
    says: 'The folder {folder} is watched as {name} already',
    do: 'Give each watch a folder of its own, or stop the other one.',
  },
  WATCH_FOLDER_UNUSABLE: {
    says: 'The folder {folder} cannot be used by the worker ({reason})',
    do: 'Make it where the worker runs, with the right to read, write and rename in it.',
  },
  ROW_TERMS_CHANGED: {
    says: 'The {field} of the account is another than the book has',
    do: 'An account keeps it for life; send the new contract under a number of its own.',
  },
  ROW_MONEY_DIFFERS: {
    says: 'The amount is in {found}, and the account in {wanted}',
    do: 'Send what the account was credited with, in its own currency.',
  },
  ROW_DUE_BACKWARDS: {
    says: 'The field {field} lies before the day that the last file gave, and no money is known to have come back',
    do: 'Send the right day, or the payment that was returned before it; where the host really moves it back, say so under checks in the mapping.',
  },
  ROW_PERSON_CHANGED: {
    says: 'The account belongs to another person in the book',
    do: 'An account keeps who owes; send others as parties of it.',
  },
  ROW_BOOKS_DIFFER: {
    says: 'The account was enrolled with obligations and does not take figures of the host',
    do: 'Send what falls due as obligations, or enrol it anew.',
  },
  ROW_VALUE_UNMAPPED: {
    says: 'The field {field} holds a value that the mapping does not name',
    do: 'Add the value under map, or a value for all others.',
  },
  ROW_FACT_DIFFERENT: {
    says: 'A payment or result of that reference stands in the book with different content',
    do: 'Give a new one a reference of its own; what was told never changes.',
  },
  MAPPING_YAML: { says: 'The mapping is not readable: {reason}', do: 'Correct the line.' },
  MAPPING_SHAPE: {
    says: '"{key}" is not right: {reason}',
    do: 'Write it as docs/feeds.md shows.',
  },
  MAPPING_COLUMN: {
    says: '"{key}" is no column of {kind}',
    do: 'Use one of docs/feeds.md, or fact.NAME for a fact.',
  },
  MAPPING_LACKS: {
    says: 'The mapping says nothing of {column}, which {kind} need',
    do: 'Add it under columns.',
  },
} as const satisfies Record<string, ErrorText>;
