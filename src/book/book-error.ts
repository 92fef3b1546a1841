import { DatabaseError } from 'pg';
import { ForbearError } from '../domain/errors/forbear-error';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
  // PostgreSQL: shutting down, starting up, too many connections, connection broken.
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
]);

/**
 * What pg threw, with its code only: its messages, details and parameters carry the values of rows, which are
 * personal and would end in histories and logs.
 */
export function bookError(thrown: unknown): ForbearError {
  if (thrown instanceof ForbearError) return thrown;
  // Not `instanceof Error`: the network's errors may come from another realm.
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && UNREACHABLE.has(code))
    return new ForbearError('BOOK_UNREACHABLE', { reason: code });
  if (thrown instanceof DatabaseError) {
    return new ForbearError('BOOK_FAILED', {
      sqlstate: thrown.code ?? 'none',
      table: thrown.table ?? 'none',
      constraint: thrown.constraint ?? 'none',
    });
  }
  if (typeof message === 'string' && isBrokenConnection(message))
    return new ForbearError('BOOK_UNREACHABLE', { reason: 'connection lost' });
  return new ForbearError('BOOK_FAILED', {
    sqlstate: typeof code === 'string' ? code : 'none',
    table: 'none',
    constraint: 'none',
  });
}

// pg gives these no code of their own.
function isBrokenConnection(message: string): boolean {
  return /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(message);
}

/** Whether the error is the coded one with that code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof ForbearError && error.code === code;
}
