import type { ErrorText } from './error-text';

/** Errors of the strategy document. Every one is given with its file, line and column. */
export const strategy = {
  STRATEGY_YAML: { says: 'The document is not readable as YAML: {reason}', do: 'Correct the line.' },
  STRATEGY_KEY_UNKNOWN: {
    says: '"{key}" is not a word that may stand here',
    do: 'Use one of: {allowed}.',
  },
  STRATEGY_KEY_MISSING: { says: '"{key}" is missing', do: 'Add it.' },
  STRATEGY_VALUE: { says: '"{key}" is not right: {reason}', do: 'Correct the value.' },
  STRATEGY_CHANNEL_UNKNOWN: {
    says: 'Nothing goes by a channel "{channel}"',
    do: 'Take one of: {known}.',
  },
  STRATEGY_NAME_FORM: {
    says: '"{name}" cannot be the name of a step',
    do: 'Use letters and digits, with parts joined by -, such as C24 or C24-call; keep it for ever.',
  },
  STRATEGY_NAME_TWICE: { says: 'The name {name} is used twice', do: 'Give each one a name of its own.' },
  STRATEGY_PATH_UNKNOWN: {
    says: 'There is no path {path}',
    do: 'Name a path that a segment leads to: {paths}.',
  },
  STRATEGY_STAGE_UNKNOWN: { says: 'There is no stage {stage}', do: 'Name one of: {stages}.' },
  STRATEGY_ANCHOR: {
    says: '"{anchor}" is nothing that days can be counted from',
    do: 'Use due, dpd, next-due, statement, stage, promise, rpc, debit-result, step:NAME, arrived:NAME or mark:NAME.',
  },
  STRATEGY_ANCHOR_STEP: {
    says: 'Step {step} counts from step {other}, which does not exist',
    do: 'Name a step of this document.',
  },
  STRATEGY_ANCHOR_CIRCLE: {
    says: 'These steps wait for each other: {circle}',
    do: 'Let one of them count from a date.',
  },
  STRATEGY_AMOUNT: { says: '{text} is not an amount in {currency}: {reason}', do: 'Write it as 1200.50.' },
  STRATEGY_CURRENCY: {
    says: '"{currency}" is not a currency',
    do: 'Use three capital letters, such as CNY.',
  },
  STRATEGY_ZONE: { says: '"{zone}" is not a time zone', do: 'Use a name such as Asia/Shanghai.' },
  STRATEGY_CONDITION: {
    says: 'The condition cannot be read: {reason}',
    do: 'Write tests such as past_due >= 100, joined by and, or, not, in [..].',
  },
  STRATEGY_FACT_UNKNOWN: {
    says: 'Nothing is known of a fact "{fact}"',
    do: 'Use a fact of the catalogue, or declare facts.NAME under "facts".{nearest}',
  },
  STRATEGY_FACT_TYPE: {
    says: 'The fact {fact} is {type} and cannot be compared with {value}',
    do: 'Compare it with a value of its own kind.',
  },
  STRATEGY_NEED_UNKNOWN: {
    says: 'Step {step} needs step {other}, which does not exist',
    do: 'Name a step of this document.',
  },
  STRATEGY_STEP_PARTS: { says: 'Step {step} of kind {kind} lacks {part}', do: 'Add it.' },
  STRATEGY_PARTY: {
    says: 'Step {step} of kind {kind} cannot be addressed to {role}',
    do: 'A contact asks main, joint, guarantor or representative; a notice may also tell an heir. Nobody else is asked or told.',
  },
  STRATEGY_STEP_UNREACHED: {
    says: 'No path reaches step {step}: {reason}',
    do: 'Give it days for a path that enters one of its stages, or take it out.',
  },
  STRATEGY_STAGE_UNENTERED: {
    says: 'No path enters stage {stage}',
    do: 'Give it a day for a path under "from".',
  },
  STRATEGY_STAGE_NO_WAY_OUT: {
    says: 'Path {path} enters stage {stage} and has no way out of it',
    do: 'Let the path enter a later stage, or give the stage a "leave" condition.',
  },
  STRATEGY_TEMPLATE_MISSING: {
    says: 'Step {step} has no text {template}.{tone}.{channel} in {language}',
    do: 'Write templates/{language}/{template}.{tone}.{channel}.liquid.',
  },
  STRATEGY_CAP_BROKEN: {
    says: 'On path {path} the steps {steps} make {count} attempts by {channels} within {days} days from day {day}, where {max} are allowed',
    do: 'Spread the steps, or raise the cap if the law lets you.',
  },
  STRATEGY_OUTSIDE_HOURS: {
    says: 'Step {step} comes due at {time}, outside the hours of {channel}',
    do: 'Give it a time within the hours.',
  },
  STRATEGY_LAW_WITHOUT_DEMAND: {
    says: 'Step {step} goes to law without {what} before it',
    do: 'Under "needs", name demand letters that must have arrived first.',
  },
  STRATEGY_PLACED_WITHOUT_NOTICE: {
    says: 'Step {step} places the account with an agency without a notice before it',
    do: 'Under "needs", name the notice that must have gone out first.',
  },
  STRATEGY_DEBIT_UNASKED: {
    says: 'On path {path} nobody asks after a debit whose result never comes, and until it is known an account with autopay hears nothing',
    do: 'Give a task with "from: mark:debit-missing" days for that path.',
  },
  STRATEGY_DEBIT_ANSWERS: {
    says: 'Step {step} asks after a debit and cannot be answered with {answers}',
    do: 'Let its answers be paid, failed and none: nothing else ends the waiting.',
  },
  STRATEGY_NO_DEATH: {
    says: 'No segment of its own takes an account when the person has died',
    do: 'Put a segment first whose condition has hold.deceased or facts.deceased, with a path that is not chased.',
  },
  STRATEGY_DEATH_CHASED: {
    says: 'The path {path} takes people who have died and reaches step {step}, which asks for money',
    do: 'Take that path out of the step.',
  },
  STRATEGY_NO_PROMISES: {
    says: 'There are no promise rules for path {path}',
    do: 'Add them under "promises".',
  },
  STRATEGY_OFFER_UNREACHED: {
    says: 'The offer {offer} is never come to: {before} always gives as much, and asks nobody more',
    do: 'Let it give more than the other one, or give the other one a condition.',
  },
  STRATEGY_PLAN_UNREMINDED: {
    says: 'Plans are offered on path {path}, and nobody is reminded of their instalments',
    do: 'Add a step from "instalment" with during_agreement.',
  },
  STRATEGY_NO_CATCH_ALL: {
    says: 'No segment takes what is left over',
    do: 'End the list with a segment without a condition.',
  },
  STRATEGY_SEGMENT_UNREACHED: {
    says: 'The segment {segment} stands after one that takes everything',
    do: 'Move it up.',
  },
  STRATEGY_NEVER_WORTH: {
    says: 'Step {step} costs {cost} and is worth it only from {least} past due, above the {most} of its condition',
    do: 'Lower its cost, or take it out.',
  },
  STRATEGY_WORTH_ON_NOTICE: {
    says: 'Step {step} is a notice that must go, whatever it costs',
    do: 'Take worth_it out.',
  },
} as const satisfies Record<string, ErrorText>;
