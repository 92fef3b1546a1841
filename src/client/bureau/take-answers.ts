import { takeAnswer } from '../../book/furnishing/answers';
import { findFile, type FileRow } from '../../book/furnishing/files';
import { refsOf } from '../../book/furnishing/numbers';
import { reportingOf } from '../../book/furnishing/reportings';
import { toldOf } from '../../book/furnishing/told';
import type { Db } from '../../book/open-book';
import type { Instant } from '../../domain/units';
import { readAnswers } from '../../intake/bureau/answers';
import type { Refused } from '../../intake/bureau/people';

export interface AnswersTaken {
  readonly taken: number;
  readonly rejected: number;
  /** Taken before. */
  readonly known: number;
  readonly refused: readonly Refused[];
}

/** Reads a bureau's answers. A line that cannot be taken is named by its number, and the others go on. Idempotent. */
export async function takeAnswers(db: Db, path: string, at: Instant): Promise<AnswersTaken> {
  const files = new Map<string, { readonly row: FileRow; readonly lender: string } | null>();
  const refused: Refused[] = [];
  let [taken, rejected, known] = [0, 0, 0];
  for await (const batch of readAnswers(path)) {
    refused.push(...batch.refused);
    for (const { line, file: name, account: number, result, code } of batch.good) {
      const refuse = (field: string, wanted: string): void => {
        refused.push({ line, code: 'BUREAU_ANSWER_FIELD', args: { line, field, wanted } });
      };
      if (!files.has(name)) files.set(name, await fileNamed(db, name));
      const file = files.get(name) ?? null;
      if (file?.row.status !== 'sent') {
        refuse('file', 'the name of a file that was sent');
        continue;
      }
      const account = (await refsOf(db, file.lender, [number])).get(number);
      const told = account === undefined ? undefined : await toldOf(db, file.row.id, account);
      if (account === undefined || told?.state !== 'in') {
        refuse('account', 'the number of an account in that file');
        continue;
      }
      if (!(await takeAnswer(db, { file: file.row, account, result, code }, at))) known += 1;
      else if (result === 'rejected') rejected += 1;
      else taken += 1;
    }
  }
  return { taken: taken + rejected, rejected, known, refused };
}

async function fileNamed(db: Db, name: string) {
  const row = await findFile(db, name);
  return row === undefined ? null : { row, lender: (await reportingOf(db, row.reporting)).lender };
}
