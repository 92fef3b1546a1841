import type { ErrorText } from './error-text';

/** Errors of scorecards. */
export const score = {
  SCORECARD_YAML: { says: 'The scorecard is not readable as YAML: {reason}', do: 'Correct the line.' },
  SCORECARD_SHAPE: {
    says: '"{key}" is not right: {reason}',
    do: 'Write it as scorecards/payment-behaviour.yaml does.',
  },
  SCORECARD_FACT: {
    says: 'No scorecard may look at "{fact}"; there are {facts}',
    do: 'Take one of these, or leave the characteristic out.',
  },
  SCORECARD_CURRENCY: {
    says: 'The scorecard {name} is of {card}, the account of {currency}',
    do: 'Take a scorecard that was fitted on accounts of that currency.',
  },
  SCORE_AHEAD: {
    says: 'The score of {model} is of {on}, which is still ahead',
    do: 'Give the day that it is of: `--on`, not after today.',
  },
  SCORECARD_UNKNOWN: {
    says: 'There is no scorecard {name}',
    do: 'Name a document, or one in the folder scorecards.',
  },
} as const satisfies Record<string, ErrorText>;
