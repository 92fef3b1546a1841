import type { ErrorText } from './error-text';

/** Errors of policy packs, their calendars and the requests to them. Each is given with its file, line and column. */
export const policy = {
  POLICY_YAML: { says: 'The document is not readable as YAML: {reason}', do: 'Correct the line.' },
  POLICY_KEY_UNKNOWN: {
    says: '"{key}" is not a word that may stand here',
    do: 'Use one of: {allowed}.',
  },
  POLICY_KEY_MISSING: { says: '"{key}" is missing', do: 'Add it.' },
  POLICY_VALUE: { says: '"{key}" is not right: {reason}', do: 'Correct the value.' },
  POLICY_KIND_UNKNOWN: {
    says: 'There is no kind of rule "{kind}", and a pack with a rule that nobody can judge is refused whole',
    do: 'Use one of: {kinds}.',
  },
  POLICY_RULE_TWICE: {
    says: 'The rule {id} stands there twice for the same first day',
    do: 'Give each rule a name of its own; a new version of one has another "from".',
  },
  POLICY_RULE_TAKEN: {
    says: 'The rule {id} stands in the pack {other} already, which holds as well',
    do: 'Give it a name of its own: an overlay adds rules and takes none back.',
  },
  POLICY_DATES: {
    says: 'The last day {until} lies before the first, {from}',
    do: 'Correct one of the two.',
  },
  POLICY_SPAN: {
    says: 'The hours {from} to {to} are none',
    do: 'Let them begin and end on the same day, at the latest at 24:00; write two spans for a night.',
  },
  POLICY_UNLOCK: {
    says: 'The rule {id} does not fit together: what is locked names what unlocks it, and nothing else does',
    do: 'Add "unlocked_by" to a rule that begins locked, or take it out.',
  },
  POLICY_FACT_TEST: {
    says: 'The fact {fact} is not tested in exactly one way',
    do: 'Give one of is, at_least and at_most.',
  },
  POLICY_ZONE: { says: '"{zone}" is not a time zone', do: 'Use a name such as Asia/Shanghai.' },
  POLICY_CALENDAR_UNKNOWN: {
    says: 'There is no reviewed calendar {calendar}',
    do: 'Add a year of it to the holidays folder, or use one of: {known}.',
  },
  POLICY_DAY_OF_OTHER_YEAR: {
    says: 'The day {day} does not lie in {year}',
    do: 'Keep each year in a document of its own.',
  },
  POLICY_UNKNOWN: {
    says: 'There is no policy pack {name}',
    do: 'Name a file, or one that ships; `forbear policy list` shows them.',
  },
  POLICY_BASE_UNKNOWN: {
    says: 'The pack {pack} stands on {base}, which does not exist',
    do: 'Name a pack of the policies folder under "on".',
  },
  POLICY_PUBLISHED: {
    says: 'The pack {pack} is published with this content as version {version}, from {effective} on',
    do: 'A published version keeps its first day. Publish a changed document for another.',
  },
  POLICY_BASE_UNPUBLISHED: {
    says: 'The pack {pack} stands on {base}, which is not published',
    do: 'Publish that one first: `forbear policy publish {base}`.',
  },
  POLICY_HASH_DIFFERS: {
    says: 'The pack {hash} in the book is not what its name says',
    do: 'Somebody changed the table. Restore it from a backup; `forbear policy publish` adds the right one anew.',
  },
  STRATEGY_POLICY_NEVER: {
    says: 'Step {step} can never go out at {time} by {channel}: {rule} says {says} ({sentence})',
    do: 'Give it another time, another channel, or say under "policy" how it is done.',
  },
  STRATEGY_POLICY_CAP: {
    says: 'On path {path} the steps {steps} make {count} contacts within {days} days from day {day}, where {rule} of the packs allows {max}',
    do: 'Spread the steps: the gate would put them off.',
  },
  STRATEGY_POLICY_NOTICE: {
    says: 'Step {step} has no {notice} before it, which {rule} wants ({sentence})',
    do: 'Let it need a step that says `serves:` with that name, or see that people record it: `forbear person happened`.',
  },
  STRATEGY_POLICY_TEXT: {
    says: 'The text {template} of step {step} says "{phrase}", which {rule} of the packs forbids',
    do: 'Write it otherwise: the gate would hold it back and ask a person.',
  },
  POLICY_REFUSES: {
    says: 'The packs do not let {what} go on: {rule} says {answer} ({why}){until}',
    do: 'Do or record what the rule wants; `forbear policy explain {rule}` shows it. What is only not known, somebody may vouch for: --vouch.',
  },
  POLICY_RULE_UNKNOWN: {
    says: 'There is no rule {id} in the packs that ship',
    do: '`forbear policy show PACK` lists the rules of one.',
  },
} as const satisfies Record<string, ErrorText>;
