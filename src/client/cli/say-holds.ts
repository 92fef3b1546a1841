import type { ItemHold, PartyHold } from '../../domain/account/state';
import { saysAllowed, saysBlocked, saysEnd, saysLift, saysRight } from '../../domain/hold/say';
import { formatMoney } from '../../domain/money';
import type { AccountNow } from '../account-now';
import { table } from './table';

/** Each hold in force: of what, how long, what it stops and lets go on, how it ends and who may lift it. */
export function sayHolds({ holds, narrowHolds, waiting, account }: AccountNow): string {
  const all = [...holds, ...narrowHolds] as readonly (AccountNow['holds'][number] &
    Partial<PartyHold & ItemHold>)[];
  if (all.length === 0) return '';
  const rows = all.map(({ id, type, from, until, party, items }) => {
    const parts = items?.map(({ item, amount }) =>
      amount === undefined ? item : `${item} ${formatMoney(amount, account.currency)}`,
    );
    const asked = waiting.find(({ kind, subject }) => kind === 'release' && subject === id);
    return [
      ...[id, type, party ?? parts?.join(', ') ?? 'the account', from],
      until ?? saysEnd(type),
      ...[saysBlocked(type), saysAllowed(type)],
      asked === undefined
        ? saysLift(type)
        : `asked by ${asked.askedBy}, waits until ${asked.until} for ${saysRight(asked.needs)} (${asked.id})`,
    ];
  });
  return `\n\n${table(['hold', 'type', 'of', 'since', 'until', 'stops', 'goes on', 'lifted by'], rows)}`;
}
