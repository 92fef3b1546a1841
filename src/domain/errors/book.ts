import type { ErrorText } from './error-text';

/** Errors of the book. They name codes and tables, never values: PostgreSQL's own messages carry rows. */
export const book = {
  BOOK_UNREACHABLE: {
    says: 'The book cannot be reached ({reason})',
    do: 'Start PostgreSQL, or `forbear up`, and check the address of the book.',
  },
  BOOK_FAILED: {
    says: 'The book refused a statement (SQLSTATE {sqlstate}, table {table}, constraint {constraint})',
    do: 'Try again; if it stays, look the code up in the PostgreSQL manual and report it.',
  },
  BOOK_VERSION_OLD: {
    says: 'The book is at an older version than this program: {missing} is missing',
    do: 'Run `forbear prepare`, or `forbear up`, which bring the book forward.',
  },
  BOOK_VERSION_NEW: {
    says: 'The book is at a newer version than this program: {unknown} is not known here',
    do: 'Use the program version that made the book, or a newer one.',
  },
  BOOK_CURSOR: {
    says: 'The book was asked for a cursor, which it does not use',
    do: 'Read page by page instead.',
  },
  BOOK_NUMBER_TOO_LARGE: {
    says: 'The book holds a number that is too large to be kept exactly',
    do: 'Check the amounts; the largest is 9007199254740991 minor units.',
  },
  ACCOUNT_UNKNOWN: {
    says: 'There is no account {ref}',
    do: 'Check the reference; `forbear list` shows the accounts.',
  },
  ACCOUNT_DIFFERENT: {
    says: 'The account is in the book with different content (reference {ref})',
    do: 'Send changes as a host update, or correct the row.',
  },
  PARTY_UNKNOWN: {
    says: 'The person {person} is no {role} of account {account}',
    do: 'Check with `forbear party list`.',
  },
  PARTY_MAIN: {
    says: 'The main party of account {account} cannot be ended or added',
    do: "An account is its main party's for ever; close it, or enrol the debt anew for somebody else.",
  },
  PERSON_UNKNOWN: { says: 'There is no person {ref}', do: 'Check the reference.' },
  EVENT_DIFFERENT: {
    says: 'The event {id} is in the journal of account {ref} with different content',
    do: 'Give the new fact an id of its own; an accepted fact never changes.',
  },
  STRATEGY_UNKNOWN: {
    says: 'There is no published strategy {name}',
    do: 'Publish it with `forbear strategy publish`; `forbear strategy list` shows what there is.',
  },
  STRATEGY_HASH_DIFFERS: {
    says: 'The strategy {hash} in the book does not have the content that its hash names',
    do: 'Publish the document again; published versions never change.',
  },
  CLOCK_REACHES_PEOPLE: {
    says: 'A rehearsal clock cannot be switched on: the channel {channel} reaches real people',
    do: 'Rehearse on a stack whose channels are all loopback.',
  },
  CHANNEL_IN_REHEARSAL: {
    says: 'The channel {channel} cannot reach real people while the book is on a rehearsal clock',
    do: 'Set the clock of the book to real time first.',
  },
  CLOCK_FACTOR: {
    says: 'A clock cannot run {factor} times as fast',
    do: 'Give a factor of 1 or more.',
  },
  CLOCK_IN_USE: {
    says: 'The clock of a book with accounts in it cannot be changed',
    do: 'Use a book of its own for a rehearsal.',
  },
  PERMIT_UNKNOWN: {
    says: 'There is no permit {id} with that token',
    do: 'Only the attempt that reserved may settle.',
  },
  PERMIT_SETTLED: {
    says: 'The permit {id} is already settled as {status}',
    do: 'A settled attempt stays as it is; reserve a new one.',
  },
  TASK_UNKNOWN: { says: 'There is no task {id}', do: 'Check the id; `forbear task list` shows the tasks.' },
  CASE_UNKNOWN: { says: 'There is no case {id}', do: 'Check the id; `forbear case list` shows the cases.' },
  HOST_ACTION_UNKNOWN: {
    says: 'There is no host action {id}',
    do: 'Check the id; `forbear host list` shows what is not answered.',
  },
  SWITCH_UNKNOWN: {
    says: 'There is no stop {id}',
    do: 'Check the id; `forbear switch list` shows the stops that stand.',
  },
  CASE_NOT_APPROVED: {
    says: 'The case {id} is {status} and cannot be {wanted}',
    do: 'A case is drafted, then approved by a person, then filed.',
  },
} as const satisfies Record<string, ErrorText>;
