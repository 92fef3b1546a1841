import type { ErrorText } from './error-text';

/** Errors of the stack on one machine. */
export const stack = {} as const satisfies Record<string, ErrorText>;
