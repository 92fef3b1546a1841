import { databaseNow } from '../book/clock';
import { seal } from '../book/evidence/seal';
import type { Db } from '../book/open-book';
import { keepTurning } from '../client/turns';

const EVERY_SECONDS = 600;

/**
 * Seals the evidence once for each real day in UTC, soon after it has begun, until stopped. A rehearsal's days are not
 * meant: links say when they were written by the database's clock. Several workers come to one seal.
 */
export function keepSealing(db: Db, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const begin = () => async (): Promise<void> => {
    await seal(db, (await databaseNow(db)).slice(0, 10));
  };
  return keepTurning(begin, EVERY_SECONDS, onError);
}
