import { PAYMENT_HISTORY } from '../../domain/bureau/metro2/codes/payment';
import { meaning } from '../../domain/bureau/metro2/codes/table';
import { tableOf } from '../../domain/bureau/metro2/codes/tables';
import { valueClass } from '../../domain/bureau/metro2/check/value-class';
import { inWords, speaks, type Field } from '../../domain/bureau/metro2/layout/field';
import type { ReadRecord } from '../../domain/bureau/metro2/read/read-record';
import { fieldText } from '../../domain/bureau/metro2/read/segment';
import { layoutOf, partsOf, type AnyPart } from '../../domain/bureau/metro2/record';
import type { FieldValue } from '../../domain/bureau/metro2/value';

/** One field of a record for people: where it stands, its value, and what a code means. */
export interface SaidField {
  readonly segment: string;
  readonly field: string;
  readonly number: string;
  /** First position in the record, counted from 1. */
  readonly at: number;
  /** Masked where it is personal: the kind of value, in angle brackets. */
  readonly value: string | number | null;
  readonly means: string | null;
}

/** The fields of a record that say something. What is empty is left out; what is personal is masked unless asked for. */
export function sayRecord({ raw, record, starts }: ReadRecord, unmask: boolean): SaidField[] {
  if (record === null) return [];
  return partsOf(record).flatMap((part, i) => {
    const start = starts[i] ?? 0;
    return layoutOf(part.id)
      .fields.filter((field) => speaks(field) && !isEmpty(part, field))
      .map((field) => ({
        segment: part.id,
        field: inWords(field.name),
        number: field.number,
        at: start + field.at,
        ...said(part, field, raw.text, start, unmask),
      }));
  });
}

function said(part: AnyPart, field: Field, text: string, start: number, unmask: boolean) {
  if (field.personal && !unmask)
    return { value: `<${valueClass(part.id, field, text, start)}>`, means: null };
  const unread = part.unread?.[field.name];
  if (unread !== undefined)
    return {
      value: unmask ? fieldText(field, text, start) : `<${valueClass(part.id, field, text, start)}>`,
      means: 'not readable',
    };
  const value = valueOf(part, field);
  if (field.name === 'paymentHistoryProfile') return { value, means: months(String(value)) };
  const table = tableOf(part.id, field.name);
  return { value, means: table === undefined ? null : (meaning(table, String(value)) ?? 'unknown code') };
}

function valueOf(part: AnyPart, field: Field): FieldValue {
  return (part.values as unknown as Readonly<Record<string, FieldValue>>)[field.name] ?? null;
}

function isEmpty(part: AnyPart, field: Field): boolean {
  if (part.unread?.[field.name] !== undefined) return false;
  const value = valueOf(part, field);
  return value === null || value === '' || value === 0;
}

/** `24 months: 20 no history before this month, 4 current …`, the most frequent first. */
function months(profile: string): string {
  const counts = new Map<string, number>();
  for (const char of profile) {
    const word = meaning(PAYMENT_HISTORY, char) ?? 'unknown code';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [...counts].sort(([, a], [, b]) => b - a).map(([word, count]) => `${count} × ${word}`);
  return `most recent first: ${parts.join('; ')}`;
}
