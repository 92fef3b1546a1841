import type { KnownRow } from '../../book/feeds/host-rows';
import type { EnrolRow } from '../row/row';
import type { RowIssue } from '../row/row.schema';
import type { Layout } from './layout';

/** What the row says that cannot follow on what the book has of its account, or null. */
export function againstBook(
  row: EnrolRow,
  known: KnownRow | null,
  { dueBackwards }: Pick<Layout, 'dueBackwards'>,
): RowIssue | null {
  if (known === null) return null;
  const changed = (field: string): RowIssue => ({ code: 'ROW_TERMS_CHANGED', args: { field } });
  if (known.currency !== null && known.currency !== row.currency) return changed('currency');
  if (known.product !== null && known.product !== row.product) return changed('product');
  if (known.books === 'obligations') return { code: 'ROW_BOOKS_DIFFER', args: {} };
  if (known.lenderPerson !== null && known.lenderPerson !== row.person.number)
    return { code: 'ROW_PERSON_CHANGED', args: {} };
  if (dueBackwards === 'take') return null;
  const { nextDue = null, oldestDue = null } = row.host ?? {};
  const back = (field: string): RowIssue => ({ code: 'ROW_DUE_BACKWARDS', args: { field } });
  if (isBefore(nextDue, known.nextDue)) return back('next_due');
  return isBefore(oldestDue, known.oldestDue) ? back('oldest_due') : null;
}

function isBefore(day: string | null, last: string | null): boolean {
  return day !== null && last !== null && day < last;
}
