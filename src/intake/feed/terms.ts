import { findStrategy, strategyByHash } from '../../book/strategies';
import type { Db } from '../../book/open-book';
import type { FeedKind } from '../../book/tables';
import { fail } from '../../domain/errors/forbear-error';
import { isCurrency } from '../../domain/money';
import type { MappingKind } from '../mapping/targets';
import type { Layout } from './layout';
import type { TakeOptions } from './take';

/** What kind of rows each kind of feed has. */
export const MAPPED: Readonly<Record<FeedKind, MappingKind>> = {
  ...{ snapshot: 'accounts', delta: 'accounts', payments: 'payments', debits: 'debits' },
};

/** What may be said of a feed; what is not said is the strategy's. */
export interface GivenTerms {
  /** Name of a published strategy. */
  readonly strategy?: string | undefined;
  readonly currency?: string | undefined;
  readonly zone?: string | undefined;
}

/** The strategy that decides about accounts of a feed, and what its rows are in. Throws STRATEGY_UNKNOWN, OPTION_WRONG. */
export async function termsOf(
  db: Db,
  layout: Layout,
  given: GivenTerms,
): Promise<Pick<TakeOptions, 'strategy' | 'currency' | 'zone'>> {
  const found = given.strategy === undefined ? null : await findStrategy(db, given.strategy);
  const strategy = found === null ? null : { hash: found.hash, rules: await strategyByHash(db, found.hash) };
  const currency = given.currency ?? layout.currency ?? strategy?.rules.currency ?? 'CNY';
  if (!isCurrency(currency)) fail('OPTION_WRONG', { option: '--currency', wanted: 'three capital letters' });
  return { strategy, currency, zone: given.zone ?? strategy?.rules.zone ?? 'Asia/Shanghai' };
}
