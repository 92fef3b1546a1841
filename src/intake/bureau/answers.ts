import type { Refused } from './people';
import { rowsIn } from './rows';

/** Columns of a bureau's answer in our own CSV. */
export const ANSWER_COLUMNS = ['file', 'account', 'result', 'code'] as const;

export interface AnswerLine {
  readonly line: number;
  readonly file: string;
  readonly account: string;
  readonly result: 'accepted' | 'rejected';
  readonly code: string | null;
}

/** A bureau's answers, batch by batch. Errors as `rowsIn`. */
export async function* readAnswers(
  path: string,
): AsyncGenerator<{ readonly good: readonly AnswerLine[]; readonly refused: readonly Refused[] }> {
  for await (const rows of rowsIn(path, ANSWER_COLUMNS, ['file', 'account', 'result'])) {
    const good: AnswerLine[] = [];
    const refused: Refused[] = [];
    for (const { line, values } of rows) {
      const refuse = (field: string, wanted: string): void => {
        refused.push({ line, code: 'BUREAU_ANSWER_FIELD', args: { line, field, wanted } });
      };
      if (values === null) {
        refuse('row', 'as many cells as the header');
        continue;
      }
      const { file = '', account = '', result = '', code = '' } = values;
      if (file === '') refuse('file', 'the name of a file that was sent');
      else if (account === '') refuse('account', 'the account number of the record');
      else if (result !== 'accepted' && result !== 'rejected') refuse('result', 'accepted or rejected');
      else if (!/^[\w.-]{0,40}$/.test(code))
        refuse('code', 'a short code: what a bureau writes may be personal');
      else good.push({ line, file, account, result, code: code === '' ? null : code });
    }
    yield { good, refused };
  }
}
