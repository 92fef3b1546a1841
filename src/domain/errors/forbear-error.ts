import type { Scalar } from '../units';
import type { ErrorText } from './error-text';
import { CATALOGUE, type ErrorCode } from './catalogue';

export type ErrorArgs = Readonly<Record<string, Scalar>>;

/** Where the mistake stands: a file with its line and column, or a row, or a path in a document. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
}

/** A mistake that a person can do something about. Its message carries no personal data and needs no stack trace. */
export class ForbearError extends Error {
  override readonly name = 'ForbearError';

  constructor(
    readonly code: ErrorCode,
    readonly args: ErrorArgs = {},
    readonly where?: Where,
  ) {
    super(render(code, args, where));
  }
}

/** Throws the error of that code. */
export function fail(code: ErrorCode, args: ErrorArgs = {}, where?: Where): never {
  throw new ForbearError(code, args, where);
}

/** `CODE: says. do`, behind `file:line:column` where that is known. A placeholder without an argument stays as it is. */
export function render(code: ErrorCode, args: ErrorArgs = {}, where?: Where): string {
  const text: ErrorText = CATALOGUE[code];
  const message = `${code}: ${fill(text.says, args)}. ${fill(text.do, args)}`;
  return where === undefined ? message : `${place(where)}: ${message}`;
}

function fill(text: string, args: ErrorArgs): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : String(value);
  });
}

function place(where: Where): string {
  const parts = [where.file, where.line, where.column].filter((part) => part !== undefined);
  return [parts.join(':'), where.path].filter((part) => part !== undefined && part !== '').join(' ');
}
