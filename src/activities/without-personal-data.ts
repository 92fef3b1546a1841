import { ApplicationFailure } from '@temporalio/activity';
import { ForbearError } from '../domain/errors/forbear-error';

/**
 * What an activity may throw. A failure's message, stack and cause are kept in the history for anyone to read, and
 * errors of SMTP, SMPP, PostgreSQL and HTTP quote addresses, numbers and rows: of those only a code is passed on.
 */
export async function withoutPersonalData<T>(part: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(part, error);
  }
}

function failureOf(part: string, error: unknown): ApplicationFailure {
  // Errors of the catalogue say nothing personal: that is the catalogue's own rule.
  const known = error instanceof ForbearError;
  const said = known ? error : new ForbearError('ACTIVITY_FAILED', { part, reason: reasonOf(error) });
  const failure = ApplicationFailure.create({
    type: said.code,
    message: said.message,
    nonRetryable: known && !PASSING.has(said.code),
  });
  // The stack repeats the message and names files of this machine; the code says enough.
  failure.stack = '';
  return failure;
}

/** Errors that go away by themselves: trying again is right. */
const PASSING: ReadonlySet<string> = new Set([
  'BOOK_UNREACHABLE',
  'BOOK_FAILED',
  'BOOK_BUSY',
  'WATCH_FOLDER_UNUSABLE',
  'FILE_UNWRITABLE',
  'ENROL_FILE_MISSING',
  'ACTIVITY_FAILED',
]);

/** A code of the system or of SQL, or the class of the error: short, fixed words. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code;
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'unknown';
}
