import type { ErrorText } from './error-text';

/** Errors of the client and its command line. */
export const client = {} as const satisfies Record<string, ErrorText>;
