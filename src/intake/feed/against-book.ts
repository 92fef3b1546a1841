import type { KnownRow } from '../../book/feeds/host-rows';
import { beyondRoom, MOST_FACTS } from '../../domain/account/facts-kept';
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
  const changed = termsChanged(row, known);
  if (changed !== null) return changed;
  if (known.books === 'obligations') return { code: 'ROW_BOOKS_DIFFER', args: {} };
  if (known.lenderPerson !== null && known.lenderPerson !== row.person.number)
    return { code: 'ROW_PERSON_CHANGED', args: {} };
  const beyond = beyondRoom(known.facts ?? [], row.facts);
  if (beyond > 0)
    return { code: 'ROW_FACTS_TOO_MANY', args: { count: MOST_FACTS + beyond, most: MOST_FACTS } };
  if (dueBackwards === 'take') return null;
  const { nextDue = null, oldestDue = null } = row.host ?? {};
  const back = (field: string): RowIssue => ({ code: 'ROW_DUE_BACKWARDS', args: { field } });
  if (isBefore(nextDue, known.nextDue)) return back('next_due');
  return isBefore(oldestDue, known.oldestDue) ? back('oldest_due') : null;
}

/**
 * Whether a row is of another contract than the book has under its number: looked at before anything else in it, for
 * such a row is no row of the strategy either, which would not say what is wrong.
 */
export function termsChanged(
  said: { readonly currency?: unknown; readonly product?: unknown },
  known: KnownRow | null,
): RowIssue | null {
  const other = (one: unknown, kept: string | null | undefined): boolean =>
    typeof one === 'string' && one.trim() !== '' && kept != null && one.trim() !== kept;
  const field = other(said.currency, known?.currency)
    ? 'currency'
    : other(said.product, known?.product)
      ? 'product'
      : null;
  return field === null ? null : { code: 'ROW_TERMS_CHANGED', args: { field } };
}

function isBefore(day: string | null, last: string | null): boolean {
  return day !== null && last !== null && day < last;
}
