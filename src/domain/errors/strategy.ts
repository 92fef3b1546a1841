import type { ErrorText } from './error-text';

/** Errors of the strategy document. */
export const strategy = {} as const satisfies Record<string, ErrorText>;
