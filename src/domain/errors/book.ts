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
  BOOK_STEPS_ORDER: {
    says: 'The book has the step {after} but not {missing}, which comes before it',
    do: 'It was made by a version that was never released: make it anew, or take a copy from before {after}.',
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
  ENDPOINT_UNKNOWN: {
    says: 'The person {person} has no endpoint {ref}',
    do: 'Check its reference with `forbear person`.',
  },
  HOLD_UNKNOWN: {
    says: 'There is no hold {hold} of person {person}',
    do: 'Check its name with `forbear person`.',
  },
  PERSON_UNKNOWN: { says: 'There is no person {ref}', do: 'Check the reference.' },
  WISH_UNKNOWN: {
    says: 'The person {person} has no wish {id} that stands',
    do: 'Look at `forbear person show`, which lists them.',
  },
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
  PERSON_HAS_ACCOUNT: {
    says: 'The person {ref} stands on the account {account}, which is open',
    do: 'Only a person whose accounts are all closed can be erased.',
  },
  PERSON_KEPT_UNTIL: {
    says: 'What is known of the person {ref} has to be kept until {until}',
    do: 'Erase it then; the time runs from the end of the last account.',
  },
  PERSON_IS_ERASED: { says: 'The person {ref} was erased at {at}', do: 'There is nothing left to erase.' },
  SWITCH_UNKNOWN: {
    says: 'There is no stop {id}',
    do: 'Check the id; `forbear switch list` shows the stops that stand.',
  },
  SWITCH_IS_OPEN: {
    says: 'The stop {id} was opened at {at}',
    do: 'There is nothing to open; `forbear switch list --all` shows who did it.',
  },
  SWITCH_NOT_ASKED: {
    says: 'Nobody has asked in the last day that the stop {id} is opened',
    do: 'One person asks with `forbear switch open`, another confirms with --confirm.',
  },
  SWITCH_SAME_PERSON: {
    says: '{ref} asked that the stop {id} is opened and cannot be the second person as well',
    do: 'Let somebody else confirm it.',
  },
  VOLUME_BY_HAND: {
    says: 'The volume on {channel} is limited by the hands that do it and is not held',
    do: 'Take a channel of messages, such as sms; `forbear plan` cuts what hands cannot do.',
  },
  VOLUME_RULE_SAME: {
    says: 'That is the rule of {lender} on {channel} already',
    do: 'Give another --times or --floor; `forbear switch volume show` has what is in force.',
  },
  VOLUME_ASK_UNKNOWN: {
    says: 'Nobody asked for a looser rule under the number {id}',
    do: 'Check the number; `forbear switch volume show` lists what waits.',
  },
  VOLUME_ASK_OVER: {
    says: 'The asking {id} is over: the rule was changed or asked for again since, or a day has passed',
    do: 'Ask once more with `forbear switch volume set`.',
  },
  VOLUME_SAME_PERSON: {
    says: '{ref} asked for the rule under {id} and cannot be the second person as well',
    do: 'Let somebody else confirm it.',
  },
  STAFF_UNKNOWN: {
    says: 'The staff of the book does not know {ref}',
    do: 'Check the reference; `forbear staff list` shows who may act.',
  },
  STAFF_EXISTS: { says: '{ref} is of the staff already', do: 'Give a new member another reference.' },
  STAFF_FIRST: {
    says: 'The first member of staff must be one who can add others, and {ref} would not be',
    do: 'Begin with the role head or compliance.',
  },
  STAFF_BY_MISSING: {
    says: 'Nobody is named who adds {ref} to the staff',
    do: 'Say with --by who does, and give the key of that member.',
  },
  STAFF_SAME_PERSON: {
    says: '{ref} added the member and cannot be the second person as well',
    do: 'Let somebody else confirm it.',
  },
  OWNER_UNFIT: {
    says: '{ref} {reason} and cannot own a person',
    do: 'Name a collector, a senior or a team leader who is there; `forbear staff list` shows them.',
  },
  STAFF_KEY_MISSING: {
    says: 'No key shows that it is {ref} who acts',
    do: 'Set FORBEAR_STAFF_KEY to the key of that member of staff.',
  },
  STAFF_KEY_WRONG: {
    says: 'The key is not that of {ref}',
    do: 'Set FORBEAR_STAFF_KEY to the key of the member of staff who acts.',
  },
  STAFF_KEY_HANDED: {
    says: 'The key of {ref} is still the one that was handed over',
    do: 'Change it first with `forbear staff key`, so that nobody else has it.',
  },
  STAFF_MAY_NOT: {
    says: '{ref} ({roles}) may not do that ({right})',
    do: 'docs/operator.md says which roles may.',
  },
  STAFF_NEEDED: {
    says: 'A {kind} like that needs somebody of the staff ({roles})',
    do: 'Say with --by who acts, with the key of that member in FORBEAR_STAFF_KEY.',
  },
  HOLD_TWO_PEOPLE: {
    says: 'The hold {hold} ({type}) is of weight: it is not lifted or narrowed by one fact',
    do: 'Ask with `forbear release`; a second person of the staff lets it go with `forbear holds approve`.',
  },
  HOLD_SCOPE: {
    says: 'A {type} hold is never of one {scope}',
    do: '`forbear holds types` shows what each kind may be of.',
  },
  HOLD_OF_FEED: {
    says: "A {type} hold comes with the lender's file only",
    do: 'Take another kind, such as internal-review.',
  },
  HOLD_OVER: {
    says: 'The hold {hold} ends on {until} as it is',
    do: 'There is nothing to lift; `forbear show` lists what holds.',
  },
  HOLD_EVENT: {
    says: 'A {type} hold does not end with {event}: it ends {ends}',
    do: 'Name what it ends with, or leave the event out.',
  },
  HOLD_ENDS_BEFORE: {
    says: 'The hold would end on {until}, before it begins on {from}',
    do: 'Give a last day on or after the first.',
  },
  SECOND_UNKNOWN: {
    says: 'Nothing waits for a second person under {id}',
    do: 'Check the id; `forbear holds waiting` and `forbear offer ends waiting` list what waits.',
  },
  SECOND_OVER: {
    says: 'What was asked under {id} waits for nobody: {status}',
    do: 'Ask anew.',
  },
  SECOND_SAME_PERSON: {
    says: '{ref} asked for {id} and cannot be the second person as well',
    do: 'Let somebody else decide.',
  },
  SECOND_DIFFERENT: {
    says: 'Something else was asked under {id} before, or by somebody else',
    do: 'Give the new asking an id of its own.',
  },
  CASE_NOT_APPROVED: {
    says: 'The case {id} is {status} and cannot be {wanted}',
    do: 'A case is drafted, then approved by a person, then filed.',
  },
} as const satisfies Record<string, ErrorText>;
