import type { AccountRow } from '../../book/accounts';
import { factsOf } from '../../book/journal';
import { strategyByHash } from '../../book/strategies';
import { localDate } from '../../domain/calendar/zone';
import { fail } from '../../domain/errors/forbear-error';
import { abilityOf } from '../../domain/score/ability';
import { behaviourOf } from '../../domain/score/behaviour';
import { monthsUpTo, type Month } from '../../domain/score/months';
import { scoreOn, type Score } from '../../domain/score/score';
import type { Leaning } from '../../domain/score/leaning';
import { quadrantOf, type Quadrant } from '../../domain/score/quadrant';
import type { Scorecard } from '../../domain/score/scorecard';
import { willingnessOf } from '../../domain/score/willingness';
import type { IsoDate } from '../../domain/units';
import { accountNow } from '../account-now';
import type { ForbearClient } from '../client';

export interface AccountScore extends Score {
  readonly account: string;
  readonly on: IsoDate;
  /** What its months were; fewer than six where the account is not known for longer. */
  readonly months: readonly Month[];
  readonly ability: Leaning;
  readonly willingness: Leaning;
  readonly quadrant: Quadrant;
}

/** The account's score on its own day, from its journal. Throws SCORECARD_CURRENCY for a card of other money. */
export async function scoreAccount(
  client: ForbearClient,
  account: AccountRow,
  card: Scorecard,
): Promise<AccountScore> {
  const { currency, ref } = account;
  if (card.currency !== currency)
    fail('SCORECARD_CURRENCY', { name: card.name, card: card.currency, currency });
  const { db } = client.book;
  const [{ state, standing, now }, facts, { counting }] = await Promise.all([
    accountNow(client, account),
    factsOf(db, ref),
    strategyByHash(db, account.strategy),
  ]);
  const on = localDate(now, account.zone);
  const months = monthsUpTo(account.enrolment, facts, counting, on);
  return {
    account: ref,
    on,
    months,
    ...scoreOn(card, behaviourOf(state, months, on)),
    ability: abilityOf(state, standing, on),
    willingness: willingnessOf(state, on),
    quadrant: quadrantOf(state, standing, on),
  };
}
