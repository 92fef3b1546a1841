import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { allHandlersFinished, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import type { AccountInput, AccountView } from '../activities/contract';
import { attributesOf, SEARCH_ATTRIBUTES, type SearchAttributeName } from '../domain/account/attributes';
import { compact } from '../domain/account/instalments';
import { lean, leanState, withoutManner } from '../domain/account/lean';
import type { AccountState } from '../domain/account/state';
import { CARRIES_LESS, GENERATION } from '../domain/decide/generation';
import type { Strategy } from '../domain/strategy/strategy';
import type { Carried } from './carried';
import { titleOf } from './words';

/**
 * Ends this run and begins the next, which is the only moment at which the generation moves on, and at which search
 * attributes and memo are free. `carried` is asked after the last handler has answered, so that nothing is left behind.
 */
export async function nextRun(
  input: AccountInput,
  strategy: Strategy,
  account: AccountState,
  at: AccountView,
  carried: () => Carried,
): Promise<never> {
  await condition(allHandlersFinished);
  const next: AccountInput = {
    strategy: { hash: input.strategy.hash, document: strategy },
    clock: input.clock,
    generation: GENERATION,
    state: carriedState({ ...account, generation: GENERATION }, account.generation),
    carried: lean(carried()),
  };
  const begin = makeContinueAsNewFunc<(input: AccountInput) => Promise<unknown>>({
    typedSearchAttributes: attributes(strategy, account, at),
    memo: { title: titleOf(account, at, strategy) },
  });
  return begin(next);
}

function carriedState(account: AccountState, before: number): object {
  return before >= CARRIES_LESS ? leanState(compact(withoutManner(account))) : lean(compact(account));
}

function attributes(strategy: Strategy, account: AccountState, at: AccountView): SearchAttributePair[] {
  const { lender } = account.terms;
  const values = attributesOf({ ...at, strategy: strategy.name, lender });
  return (Object.keys(values) as SearchAttributeName[]).map((name) => {
    const value = values[name] ?? '';
    return SEARCH_ATTRIBUTES[name] === 'DATETIME'
      ? { key: defineSearchAttributeKey(name, 'DATETIME'), value: new Date(value) }
      : { key: defineSearchAttributeKey(name, 'KEYWORD'), value };
  });
}
