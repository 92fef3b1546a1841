import type { ErrorArgs, Where } from '../../errors/forbear-error';
import { render } from '../../errors/forbear-error';
import type { ErrorCode } from '../../errors/catalogue';

/** One thing that is wrong with a document, or (a warning) that is probably not meant. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  readonly args: ErrorArgs;
  readonly where: Where;
}

/** A path into a document: keys and list positions. */
export type Path = readonly (string | number)[];

/** `file:line:column: CODE: what is wrong. what to do`. */
export function problemText(problem: Problem): string {
  return render(problem.code, problem.args, problem.where);
}

/** In the order of the document. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      (a.where.line ?? 0) - (b.where.line ?? 0) ||
      (a.where.column ?? 0) - (b.where.column ?? 0) ||
      (a.code < b.code ? -1 : 1),
  );
}
