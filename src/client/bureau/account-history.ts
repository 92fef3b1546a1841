import { historyOf, type ToldMonth } from '../../book/furnishing/told';
import { factsOf } from '../../book/facts-of';
import type { Db } from '../../book/open-book';

/** What a bureau was told of an account in one file, in a few words, and why. Nothing of a person. */
export interface ToldOnce {
  readonly month: string;
  readonly file: string;
  readonly reporting: string;
  readonly status: string;
  readonly sentAt: string | null;
  /** The format's own code: account status and rating, or class and state. */
  readonly says: string | null;
  readonly fields: unknown;
  /** Why it was put aside. */
  readonly aside: readonly string[];
  /** The facts that it was told for, beside the month. */
  readonly why: readonly { readonly id: string; readonly kind: string | null }[];
  readonly answer: string | null;
}

/** All that was told of an account, in the order of the files. */
export async function accountHistory(db: Db, account: string): Promise<ToldOnce[]> {
  const kinds = new Map((await factsOf(db, account)).map(({ id, kind }) => [id, kind as string]));
  return (await historyOf(db, account)).map((one) => ({
    ...{ month: one.month, file: one.name, reporting: one.reporting, status: one.status, sentAt: one.sentAt },
    ...{ says: says(one), fields: one.fields, aside: one.codes ?? [] },
    why: one.why.map((id) => ({ id, kind: kinds.get(id) ?? null })),
    answer:
      one.answer === null ? null : [one.answer, one.answerCode].filter((part) => part !== null).join(' '),
  }));
}

function says({ fields }: ToldMonth): string | null {
  if (fields === null) return null;
  const { accountStatus, paymentRating, complianceConditionCode, consumerInformationIndicator, ...rest } =
    fields as Readonly<Record<string, unknown>>;
  const metro2 = [accountStatus, paymentRating, complianceConditionCode, consumerInformationIndicator];
  const plain = [rest['class'], rest['state'], rest['disputed'] === true ? 'disputed' : ''];
  const words = typeof accountStatus === 'string' ? metro2 : plain;
  return words.filter((word) => typeof word === 'string' && word !== '').join(' ');
}
