import { speaks, type Field, type Layout } from '../layout/field';
import { emptyValues } from '../record';
import { decode, type FieldValue } from '../value';

/** The characters of a field, in a record whose segment begins at `start`. */
export function fieldText({ at, length }: Field, text: string, start: number): string {
  return text.slice(start + at - 1, start + at - 1 + length);
}

/** Nothing but spaces: a tab is a character like any other, and is written again. */
const isBlank = (found: string) => /^ *$/.test(found);

/** The values of a segment that begins there, and what could not be read as its kind. */
export function readSegment<V>(
  layout: Layout,
  text: string,
  start: number,
): { readonly values: V; readonly unread?: Readonly<Record<string, string>> } {
  const values = emptyValues(layout) as Record<string, FieldValue>;
  let unread: Record<string, string> | undefined;
  for (const field of layout.fields) {
    const found = fieldText(field, text, start);
    if (speaks(field)) {
      const value = decode(field, found);
      if (value === undefined) (unread ??= {})[field.name] = found;
      else values[field.name] = value;
    } else if (field.kind === 'reserved' && !isBlank(found)) (unread ??= {})[field.name] = found;
  }
  return unread === undefined ? { values: values as V } : { values: values as V, unread };
}
