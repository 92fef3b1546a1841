import { isIsoDate } from '../../calendar/day';
import { fail } from '../../errors/forbear-error';
import type { Field } from './layout/field';

export type FieldValue = string | number | null;

/** A field's characters as a value; undefined when they are not what its kind wants. Written again it is the same text. */
export function decode({ kind }: Field, text: string): FieldValue | undefined {
  switch (kind) {
    case 'text':
      return PRINTABLE.test(text) ? withoutFill(text) : undefined;
    case 'digits':
      return digits(text) ? (zeros(text) ? '' : text) : undefined;
    case 'number':
      return digits(text) ? Number(text) : undefined;
    case 'date':
      return zeros(text) ? null : dayOf(text);
    case 'stamp':
      return zeros(text) ? null : stampOf(text);
    default:
      return undefined;
  }
}

/**
 * A value as the field's characters: exactly as many as it has. Error BUREAU_VALUE_UNFIT names the field and what it
 * wants, never the value: nothing is cut silently, see fit-text.ts for text that may be long.
 */
export function encode(field: Field, value: FieldValue): string {
  const { kind, length } = field;
  const text = written(field, value);
  if (text === undefined || text.length > length || !PRINTABLE.test(text))
    return fail('BUREAU_VALUE_UNFIT', { field: field.name, wanted: wanted(field) });
  return kind === 'text' ? text.padEnd(length) : text.padStart(length, '0');
}

/** Bytes that a field may hold: ASCII from blank to tilde. */
const PRINTABLE = /^[ -~]*$/;

function written({ kind, length }: Field, value: FieldValue): string | undefined {
  if (kind === 'text') return typeof value === 'string' ? value : undefined;
  if (kind === 'digits') {
    // A number with a digit lost would be somebody else's: never padded.
    const whole = typeof value === 'string' && (value === '' || (value.length === length && digits(value)));
    return whole ? value : undefined;
  }
  if (kind === 'number') {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  }
  if (value === null) return '';
  if (typeof value !== 'string') return undefined;
  const day = value.slice(0, 10);
  if (!isIsoDate(day)) return undefined;
  const date = day.slice(5, 7) + day.slice(8, 10) + day.slice(0, 4);
  if (kind === 'date') return value === day ? date : undefined;
  return STAMP.test(value) ? date + value.slice(11).replaceAll(':', '') : undefined;
}

/** What a field of that kind wants, in words. */
export function wanted({ kind, length }: Field): string {
  switch (kind) {
    case 'text':
      return `at most ${length} printable ASCII characters`;
    case 'digits':
      return `${length} digits`;
    case 'number':
      return `a whole number of at most ${length} digits`;
    case 'date':
      return 'a day as MMDDYYYY, or zeros';
    case 'stamp':
      return 'a moment as MMDDYYYYHHMMSS, or zeros';
    default:
      return `${length} blanks`;
  }
}

const STAMP = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

const digits = (text: string): boolean => /^\d+$/.test(text);
const zeros = (text: string): boolean => /^0+$/.test(text);

/** Blanks only: other white space is a character of the value, and a wrong one. */
function withoutFill(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return text.slice(0, end);
}

function dayOf(text: string): string | undefined {
  if (!digits(text)) return undefined;
  const day = `${text.slice(4, 8)}-${text.slice(0, 2)}-${text.slice(2, 4)}`;
  return isIsoDate(day) ? day : undefined;
}

function stampOf(text: string): string | undefined {
  const day = dayOf(text.slice(0, 8));
  const stamp = `${day}T${text.slice(8, 10)}:${text.slice(10, 12)}:${text.slice(12, 14)}`;
  return day !== undefined && STAMP.test(stamp) ? stamp : undefined;
}
