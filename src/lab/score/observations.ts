import { apply } from '../../domain/account/apply';
import { begin } from '../../domain/account/begin';
import { behaviourOf } from '../../domain/score/behaviour';
import { monthsUpTo } from '../../domain/score/months';
import type { Behaviour } from '../../domain/score/scorecard';
import { CARD_MONTHS, cardDay, cardEnrolment, cardEvents, readCardFile, type CardRow } from '../card-file';
import { CARD_COUNTING } from '../play-card-file';

/** An account as it was known on a day, and whether it defaulted in the month after. */
export interface Observation {
  readonly known: Behaviour;
  readonly defaulted: boolean;
  /** Which part of the cross-validation it stands in; from its number alone. */
  readonly fold: number;
}

export const FOLDS = 5;
/** The file's outcome is of October 2005: whatever is known of the account is of the last day of September. */
export const OBSERVED_ON = cardDay(CARD_MONTHS.length - 1);

/** Every account of the card file by way of its journal, as a running account would be scored. */
export async function observeCardFile(path: string): Promise<readonly Observation[]> {
  const observed: Observation[] = [];
  for await (const row of readCardFile(path)) observed.push(observe(row));
  return observed;
}

export function observe(row: CardRow): Observation {
  return { known: behaviourOfCard(row), defaulted: row.defaulted, fold: foldOf(row.id) };
}

function behaviourOfCard(row: CardRow): Behaviour {
  const enrolment = cardEnrolment(row);
  const facts = CARD_MONTHS.flatMap((_name, month) => cardEvents(row, month));
  const account = facts.reduce(apply, begin(enrolment));
  return behaviourOf(account, monthsUpTo(enrolment, facts, CARD_COUNTING, OBSERVED_ON), OBSERVED_ON);
}

/** Scatters neighbours in the file over the folds: Knuth's multiplicative hash of the account's number. */
function foldOf(id: string): number {
  return Math.floor(((Math.imul(Number(id), 2654435761) >>> 0) / 2 ** 32) * FOLDS);
}
