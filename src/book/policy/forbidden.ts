import type { AccountState } from '../../domain/account/state';
import { isZone, localDate } from '../../domain/calendar/zone';
import { forbiddenIn, type Forbidden } from '../../domain/policy/forbidden-text';
import { packsFor } from '../../domain/policy/pack/select';
import type { Strategy } from '../../domain/strategy/strategy';
import type { Instant } from '../../domain/units';
import type { AccountRow } from '../accounts';
import type { Db } from '../open-book';
import { jurisdictionsOf } from '../switches';
import { packsFrom } from './packs';

export interface TextToSay {
  readonly strategy: Strategy;
  readonly row: AccountRow;
  readonly account: AccountState;
  readonly zone: string | null;
  readonly channel: string;
  readonly now: Instant;
  /** As it goes out, subject included. */
  readonly text: string;
}

/** What a pack that holds here forbids of a text as it would go out, or null. Templates are checked before; values are not. */
export async function forbiddenText(db: Db, asked: TextToSay): Promise<Forbidden | null> {
  const { strategy, row, account, channel, now, text } = asked;
  const { policy } = strategy;
  if (policy === undefined) return null;
  const zone = isZone(asked.zone) ? asked.zone : row.zone;
  const known = await packsFrom(db, localDate(now, row.zone));
  const packs = packsFor(known, policy.packs, jurisdictionsOf([row.zone, zone], account));
  return forbiddenIn(text, packs, {
    role: policy.role,
    product: row.product,
    channel,
    day: localDate(now, zone),
  });
}
