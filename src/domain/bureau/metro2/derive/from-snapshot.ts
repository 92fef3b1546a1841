import { fail } from '../../../errors/forbear-error';
import type { Snapshot } from '../../cut-off/snapshot';
import type { ProductTerms } from '../../reporting';
import type { PortfolioType } from '../codes/portfolio';
import { furnish, type AccountFields, type AccountMonth, type Told } from './furnish';
import type { Circumstance } from './special-comment';

export type Deleted = 'fraud' | 'other' | null;

/**
 * An account's fields of a month in this format, and what is remembered for the next. Pure.
 * Errors BUREAU_OPENING_UNKNOWN, BUREAU_TERMS_UNKNOWN, BUREAU_CHAPTER_UNKNOWN and those of `furnish`: such a record is put aside.
 */
export function fieldsOf(
  snapshot: Snapshot,
  last: Told | null,
  terms: ProductTerms,
  deleted: Deleted,
  said: Told | null = last,
): { readonly fields: AccountFields; readonly told: Told } {
  return furnish(monthOf(snapshot, terms, deleted), last, said);
}

function monthOf(snapshot: Snapshot, terms: ProductTerms, deleted: Deleted): AccountMonth {
  const { on, currency, bankruptcy, ended, chargedOff, dpd } = snapshot;
  const portfolio = terms.portfolio as PortfolioType;
  const months = snapshot.months ?? terms.months;
  const loan = portfolio === 'I' || portfolio === 'M';
  if (loan && months === null) fail('BUREAU_TERMS_UNKNOWN');
  const chapter = bankruptcy === null ? null : (bankruptcy.chapter ?? fail('BUREAU_CHAPTER_UNKNOWN'));
  return {
    ...{ on, currency, portfolio, accountType: terms.accountType },
    openedOn: snapshot.openedOn ?? fail('BUREAU_OPENING_UNKNOWN'),
    months: months ?? 0,
    limit: snapshot.limit ?? 0,
    // A loan's original amount is a fact of it; of a card the balance is the highest that is known.
    highest: snapshot.highest ?? (loan ? 0 : snapshot.balance),
    ...{ balance: snapshot.balance, scheduled: snapshot.scheduled, paid: snapshot.paid },
    ...{ lastPayment: snapshot.lastPayment, late: snapshot.late },
    ...{ oldestDue: snapshot.oldestDue, currentOn: snapshot.currentOn, chargedOff },
    status: {
      contractDpd: dpd,
      condition: null,
      ended: ended === null ? null : { how: ended.how, dpdBefore: ended.dpdBefore },
      deleted,
    },
    closedOn: ended?.on ?? null,
    compliance: { disputes: snapshot.disputes, closedByConsumer: snapshot.closedBy === 'consumer' },
    consumer: {
      bankruptcy: bankruptcy === null || chapter === null ? null : { chapter, stage: bankruptcy.stage },
      lost: false,
    },
    petition: bankruptcy?.stage === 'petition' ? bankruptcy.petition : null,
    circumstances: circumstances(snapshot),
  };
}

function circumstances({ ended, closedBy }: Snapshot): readonly Circumstance[] {
  if (ended?.how === 'settled') return ['settled'];
  if (ended?.how === 'sold') return ['sold'];
  return closedBy === 'grantor' ? ['closed-by-grantor'] : [];
}
