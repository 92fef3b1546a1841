import type { ErrorText } from './error-text';

/** Errors of the capacity document, of plans and of reports. */
export const plan = {
  CAPACITY_YAML: { says: 'The capacity document is not readable as YAML: {reason}', do: 'Correct the line.' },
  CAPACITY_SHAPE: {
    says: '"{key}" is not right: {reason}',
    do: 'Write it as docs/manager.md and examples/capacity.yaml show.',
  },
  CAPACITY_TWICE: {
    says: 'The {what} is named again; it belongs to {skill} already',
    do: 'Name each queue and channel under one skill.',
  },
  REPORT_NOT_YET: {
    says: 'The morning of {asOf} has not come; today is {today}',
    do: 'Ask for a morning up to today.',
  },
} as const satisfies Record<string, ErrorText>;
