import type { ErrorText } from './error-text';

/** Errors of the client and its command line. */
export const client = {
  EVENT_MALFORMED: {
    says: 'The {kind} is not well formed: {field} {reason}',
    do: 'Correct it; nothing was sent.',
  },
  FACTS_TOO_MANY: {
    says: 'The account {ref} has no room for {beyond} of the facts; an account keeps at most {most}',
    do: 'Tell a known name anew, or leave out what no strategy asks for; nothing was sent.',
  },
  TEMPORAL_UNREACHABLE: {
    says: 'The Temporal server at {address} cannot be reached',
    do: 'Start the stack with `forbear up`, or check the address.',
  },
  TEMPORAL_REFUSED: {
    says: 'Temporal refused the request ({code})',
    do: 'Check the namespace and the rights of this client.',
  },
  ACCOUNT_SILENT: {
    says: 'The account {ref} did not answer in time',
    do: 'Check that the worker runs (`forbear up`), then ask again; asking twice does no harm.',
  },
  PROMISE_NEEDS_ACCOUNT: {
    says: 'The promise does not say which account it pays; open accounts of the person: {accounts}',
    do: 'Name the account that the money is for; two accounts are two promises.',
  },
  OFFER_MALFORMED: { says: 'The offer is not well formed: {reason}', do: 'Correct it; nothing was asked.' },
  OFFER_DIFFERENT: {
    says: 'The offer {id} was asked otherwise before, or by somebody else',
    do: 'Give the new one an id of its own.',
  },
  OFFER_UNKNOWN: { says: 'There is no offer {id}', do: 'List them with `forbear offer list`.' },
  OFFER_OVER: { says: 'The offer {id} waits for nobody: {status}', do: 'Ask for a new one.' },
  OFFER_MAY_NOT: { says: '{ref} may not decide about the offer {id}: {reason}', do: 'Ask whoever may.' },
  AGREEMENT_UNKNOWN: {
    says: 'The account {ref} has no agreement {id}',
    do: 'Check the id: it is that of the offer; `forbear show` says what is agreed.',
  },
  AGREEMENT_OVER: {
    says: 'The agreement {id} of the account {ref} is over already: {status}',
    do: 'There is nothing to end; `forbear show` says what is agreed.',
  },
  OFFER_DEPUTY: {
    says: '{deputy} cannot stand in for {ref} from {from} to {until}',
    do: 'Name somebody else, from a day to the same or a later one.',
  },
  ACCOUNT_CLOSED: { says: 'The account {ref} is closed', do: 'A closed account takes no promises.' },
  PAYOUT_TOO_LARGE: {
    says: 'The account is overpaid by {overpaid}, and {amount} cannot be paid back',
    do: 'Give at most that, or leave the amount out to pay all of it back; `forbear schedule` shows the books.',
  },
  BOOKS_OF_HOST: {
    says: "The lender's system keeps the books of this account: {what} is in its figures, and not told here",
    do: 'Let the system send its figures; only what the engine was given whole is worked out here.',
  },
  LOAN_DATES: {
    says: 'The loan would begin on {startsOn}, and its part {part} falls due on {due}',
    do: 'Give the day from which interest runs: it lies before the first part that falls due.',
  },
  DISPUTE_TOO_LARGE: {
    says: 'The dispute is over {amount}, and the account owes {balance}',
    do: 'Dispute the whole debt by leaving the amount out, or give what is disputed of it.',
  },
  DISPUTE_DECIDED: {
    says: 'The dispute {id} was decided on {on}: {outcome}',
    do: 'It stays so; whoever looks at it anew disputes it with `--again --by`.',
  },
  DISPUTE_PARTLY: {
    says: 'The dispute {id} is to be decided in part, and not in how much',
    do: 'Give `--amount`: in how much the person is right.',
  },
  DISPUTE_WON: {
    says: 'The dispute {id} is over {disputed}; nobody can be right in {amount} of it',
    do: 'Give what of it the person is right in, or `--resolve upheld` for all of it.',
  },
  DISPUTE_ITEM_UNKNOWN: {
    says: 'The account has no part {item}, and no amount says how much of the debt it is',
    do: 'Give ITEM@AMOUNT, or the id of a part that fell due, as `forbear timeline` lists it.',
  },
  TASK_TAKEN_OFF: {
    says: 'A complaint about {ref} stands: the task {id} is not for him',
    do: 'Let somebody else do it; `forbear complaint answer` decides the complaint.',
  },
  TASK_ENDED: {
    says: 'The task {id} has ended ({status}: {result})',
    do: 'It keeps its result; tell what happened otherwise as a fact of the account, such as `forbear outcome`.',
  },
  TASK_RESULT_WRONG: {
    says: 'That is no result of the task {id}',
    do: 'It ends with one of: {wanted}.',
  },
  TASK_WITHOUT_CONTACT: {
    says: 'The task {id} reaches nobody',
    do: 'Only calls, visits and letters are started; finish it with `forbear task done`.',
  },
  TASK_NOT_STARTED: {
    says: 'No attempt of the task {id} was started',
    do: 'Ask with `forbear task start` before the number is dialled.',
  },
  TASK_OF_OWNER: {
    says: 'The task {id} is of a person whom {owner} owns',
    do: 'Let {owner} do it, or hand the person over with `forbear person owner`.',
  },
  TASK_NEEDS_PERSON: {
    says: 'The task {id} decides a legal case and nobody is named',
    do: 'Say with --by who decided.',
  },
  CASE_STOPPED: {
    says: 'The case {id} cannot be filed while it is stopped ({rule})',
    do: '`forbear switch list` shows the stops; two people open one again.',
  },
  PLACEMENT_COMPLAINED: {
    says: 'A complaint of the person about {agency} stands: the account of the task {id} is not handed to it',
    do: 'Name another agency with --agency; `forbear complaint answer` decides the complaint.',
  },
  PLACEMENT_STOPPED: {
    says: 'The account of the task {id} cannot be handed over while that is stopped ({rule})',
    do: '`forbear switch list` shows the stops; name the agency with --agency where it is another, or end the task with --result stopped.',
  },
  SWITCH_VALUE_MISSING: {
    says: 'A stop of one {scope} needs its name',
    do: 'Give it after the {scope}, such as `forbear switch stop channel sms`.',
  },
  SWITCH_VALUE_EXTRA: {
    says: 'A stop of everything takes no name',
    do: 'Leave it out, or say what it is the name of.',
  },
  SWITCH_CHANNEL_UNKNOWN: {
    says: 'There is no channel {value}; nothing was stopped',
    do: 'Take one of: {known}. In doubt stop everything.',
  },
  SWITCH_JURISDICTION_UNKNOWN: {
    says: '{value} is no country and no part of one; nothing was stopped',
    do: 'Give two letters such as CN, with a part of it such as US-CA; of a union the countries one by one.',
  },
  HOST_ANSWERED: {
    says: 'The host action {id} was answered before: {result}',
    do: 'The first answer stands.',
  },
  STACK_NOT_FOUND: {
    says: 'No running stack is known in {data}',
    do: 'Start one with `forbear up`, name its folder with --data, or set FORBEAR_BOOK_URL and FORBEAR_TEMPORAL_ADDRESS.',
  },
  STACK_FILE_BROKEN: {
    says: 'The file {file} is not that of a stack',
    do: 'Start the stack again with `forbear up`.',
  },
  OPTION_WRONG: { says: 'The option {option} is not {wanted}', do: 'Look at --help.' },
  NAMED_UNKNOWN: {
    says: 'The account has no {what} {id}; nothing was sent',
    do: 'Check the name; `forbear show` lists what stands, `forbear timeline` everything that came.',
  },
  FILE_UNWRITABLE: {
    says: 'The file {file} cannot be written ({reason})',
    do: 'Check that its folder is there, and the rights.',
  },
  FILE_UNREADABLE: {
    says: 'The file {file} cannot be read ({reason})',
    do: 'Check the path and its rights.',
  },
  REHEARSAL_MISSING: {
    says: 'This build has no demo',
    do: 'Run `npm run build` in a complete checkout.',
  },
  TRACE_YAML: { says: 'The trace is not readable: {reason}', do: 'Correct the line.' },
  TRACE_SHAPE: { says: '"{key}" is not right: {reason}', do: 'Write it as docs/trace.md shows.' },
  TRACE_EVENT: {
    says: 'The event is not understood: {reason}',
    do: 'Use one of the words of docs/trace.md.',
  },
  TRACE_ORDER: {
    says: 'The day {date} lies before {before}',
    do: 'Give the days in order, from the start on.',
  },
  TRACE_AFTER_END: {
    says: 'The day {date} lies after the last day played, {until}',
    do: 'Move until, or nothing of that day happens or is expected.',
  },
  TRACE_STEP_UNKNOWN: {
    says: 'The strategy has no step {step}',
    do: 'Name a step of the strategy that is played.',
  },
  TRACE_ID_TWICE: {
    says: 'The id {id} names two different facts',
    do: 'Give each an id of its own; the same id is the same fact.',
  },
  TRACE_PAYMENT_UNKNOWN: {
    says: 'There is no earlier payment {id} to reverse',
    do: 'Give the payment an id and name it.',
  },
} as const satisfies Record<string, ErrorText>;
