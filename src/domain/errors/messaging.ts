import type { ErrorText } from './error-text';

/** Errors of messages and their carriers. */
export const messaging = {} as const satisfies Record<string, ErrorText>;
