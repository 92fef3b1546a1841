import type { Fields } from '../account/fields';
import { Refused } from '../account/fields';
import { each, type Amounts } from '../ledger/components';
import { AGREEMENT_KINDS, instalmentsOf, type AgreementTerms } from './agreement';
import { MOST_INSTALMENTS, type MonthlyTerms } from './schedule';
import type { WatchRules } from './watch';

const COUNTS_BY = ['equal-months', 'actual/365', 'actual/360', '30/360'] as const;

/**
 * The terms of an agreement that came from outside. Throws `Refused` for what does not fit: instalments that cannot be
 * worked out, a day that is in no month, an end before its beginning.
 */
export function readTerms(f: Fields): AgreementTerms {
  const kind = f.oneOf('kind', AGREEMENT_KINDS);
  switch (kind) {
    case 'plan': {
      const monthly = f.maybe('monthly', (name) => monthlyOf(f.inner(name)));
      const parts = f.maybe('parts', (name) => f.pairs(name, MOST_INSTALMENTS));
      if ((monthly === undefined) === (parts === undefined))
        throw new Refused('"terms" has either "monthly" or "parts"');
      return payable({
        kind,
        ...given({
          monthly,
          parts,
          watch: f.maybe('watch', (name) => watchOf(f.inner(name))),
          replaces: f.maybe('replaces', f.text),
          replans: f.maybe('replans', f.count),
        }),
      });
    }
    case 'settlement':
      return payable({
        kind,
        parts: f.pairs('parts', MOST_INSTALMENTS),
        debt: f.amount('debt'),
        waived: amountsOf(f.inner('waived')),
      });
    case 'waiver':
      return payable({
        kind,
        parts: f.pairs('parts', MOST_INSTALMENTS),
        waived: amountsOf(f.inner('waived')),
      });
    case 'deferment':
    case 'freeze':
      return inOrder({ kind, from: f.date('from'), until: f.date('until') });
    case 'due-date': {
      const day = f.count('day');
      if (day < 1 || day > 28) throw new Refused('"day" is not a day from 1 to 28');
      return { kind, from: f.date('from'), day };
    }
    case 'hardship':
      return {
        kind,
        from: f.date('from'),
        affordable: f.amount('affordable'),
        reviewOn: f.date('reviewOn'),
        ...given({ restUntil: f.maybe('restUntil', f.date) }),
      };
  }
}

function payable<T extends AgreementTerms>(terms: T): T {
  if (instalmentsOf(terms).length === 0)
    throw new Refused('"terms" has instalments that cannot be worked out');
  return terms;
}

function inOrder<T extends { readonly from: string; readonly until: string }>(terms: T): T {
  if (terms.until < terms.from) throw new Refused('"until" lies before "from"');
  return terms;
}

function monthlyOf(f: Fields): MonthlyTerms {
  return {
    principal: f.amount('principal'),
    count: f.count('count'),
    firstDue: f.date('firstDue'),
    rate: f.count('rate'),
    from: f.date('from'),
    count_by: f.oneOf('count_by', COUNTS_BY),
    ...given({ unit: f.maybe('unit', f.count), downPayment: f.maybe('downPayment', f.amount) }),
  };
}

function watchOf(f: Fields): WatchRules {
  return {
    graceDays: f.count('graceDays'),
    tolerance: f.amount('tolerance'),
    missedInRow: f.count('missedInRow'),
    missedInAll: f.count('missedInAll'),
    repairDays: f.count('repairDays'),
    repairs: f.count('repairs'),
  };
}

function amountsOf(f: Fields): Amounts {
  return each((component) => f.maybe(component, f.amount) ?? 0);
}

const given = <T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
