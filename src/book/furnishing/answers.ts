import type { Instant, IsoDate } from '../../domain/units';
import { inTransaction, type Db } from '../open-book';
import { enqueue } from './queue';
import { openRecordTask } from './tasks';

export interface Answer {
  readonly file: {
    readonly id: string;
    readonly name: string;
    readonly reporting: string;
    readonly onDate: IsoDate;
  };
  readonly account: string;
  readonly result: 'accepted' | 'rejected';
  readonly code: string | null;
}

/**
 * What a bureau answered to one record, once: the same answer again changes nothing. A record that was not taken comes back
 * as a task, and is told again with the next file. False: it is known.
 */
export function takeAnswer(db: Db, { file, account, result, code }: Answer, at: Instant): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const done = await tx
      .insertInto('bureauAnswers')
      .values({ file: file.id, account, result, code, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if ((done.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
    if (result === 'accepted') return true;
    const who = await tx
      .selectFrom('accounts')
      .select(['ref', 'person', 'zone'])
      .where('ref', '=', account)
      .executeTakeFirstOrThrow();
    const { reporting, name, id, onDate } = file;
    await enqueue(tx, { reporting, account, kind: 'rejected', reason: `answer:${name}`, at });
    const others = await tx
      .selectFrom('bureauAnswers')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow();
    const codes = code === null ? [] : [code];
    await openRecordTask(tx, who, 'rejected', onDate, { reporting, file: id, codes }, Number(others.n));
    return true;
  });
}
