import type { ErrorText } from './error-text';

/** Errors of the book. */
export const book = {} as const satisfies Record<string, ErrorText>;
