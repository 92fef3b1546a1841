import { putIdentities } from '../../book/furnishing/identities';
import type { Db } from '../../book/open-book';
import { readPeople, type Refused } from '../../intake/bureau/people';

export interface PeopleTaken {
  readonly taken: number;
  readonly refused: readonly Refused[];
}

/** Keeps who people are, as bureaus want it. A line that cannot be taken is named by its number, never by what it holds. */
export async function takePeople(db: Db, path: string, lender: string): Promise<PeopleTaken> {
  const refused: Refused[] = [];
  let taken = 0;
  for await (const batch of readPeople(path, lender)) {
    refused.push(...batch.refused);
    for (let from = 0; from < batch.good.length; from += MOST) {
      const part = batch.good.slice(from, from + MOST);
      const unknown = new Set(
        await putIdentities(
          db,
          part.map(({ given }) => given),
        ),
      );
      for (const { line, given } of part)
        if (unknown.has(given.lenderPerson))
          refused.push({ line, code: 'BUREAU_PERSON_NOT_IN_BOOK', args: { line } });
      taken += part.length - part.filter(({ given }) => unknown.has(given.lenderPerson)).length;
    }
  }
  return { taken, refused };
}

const MOST = 500;
