import { meaning } from '../codes/table';
import { tableOf } from '../codes/tables';
import { fieldText } from '../read/segment';
import type { Field } from '../layout/field';
import type { AnyPart } from '../record';
import { decode } from '../value';

/**
 * What kind of value stands in a field, without the value: enough to find the mistake in the source, and nothing of a
 * person. A code that its table knows is named.
 */
export function valueClass(part: AnyPart['id'], field: Field, text: string, start: number): string {
  const found = fieldText(field, text, start);
  if (/[^ -~]/.test(found)) return 'not ASCII';
  if (/^ *$/.test(found)) return 'blank';
  if (/^0+$/.test(found)) return 'zeros';
  if (/^9+$/.test(found) && found.length > 2) return 'nines';
  const table = tableOf(part, field.name);
  if (table !== undefined)
    return meaning(table, found.trimEnd()) === undefined ? 'unknown code' : found.trimEnd();
  if (field.kind === 'date' || field.kind === 'stamp')
    return typeof decode(field, found) === 'string' ? 'date' : 'no date';
  if (/^\d+ *$/.test(found)) return 'digits';
  if (found.startsWith(' ')) return 'not left-justified';
  return /[a-z]/.test(found) ? 'text with lower case' : 'text';
}
