import { speaks } from '../layout/field';
import { layoutOf, type AnyPart } from '../record';
import { encode, type FieldValue } from '../value';

/**
 * A segment as its characters. `recordLength` is the record descriptor word of those segments that carry one.
 * Error BUREAU_VALUE_UNFIT.
 */
export function segmentText(part: AnyPart, recordLength: number): string {
  const values = part.values as unknown as Readonly<Record<string, FieldValue>>;
  const layout = layoutOf(part.id);
  let text = '';
  for (const field of layout.fields) {
    const unread = part.unread?.[field.name];
    if (unread !== undefined) text += unread;
    else if (speaks(field)) text += encode(field, values[field.name] ?? null);
    else if (field.kind === 'length') text += String(recordLength).padStart(field.length, '0');
    else text += (field.kind === 'mark' ? layout.mark : '').padEnd(field.length);
  }
  return text;
}
