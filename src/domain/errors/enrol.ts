import type { ErrorText } from './error-text';

/** Errors of enrolling a portfolio. */
export const enrol = {} as const satisfies Record<string, ErrorText>;
