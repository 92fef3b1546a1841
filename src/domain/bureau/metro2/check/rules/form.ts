import { speaks, type Field } from '../../layout/field';
import { layoutOf, type AnyPart } from '../../record';
import { fieldText } from '../../read/segment';
import { tableOf } from '../../codes/tables';
import { knows } from '../../codes/table';
import { wanted, type FieldValue } from '../../value';
import type { ErrorCode } from '../../../../errors/catalogue';
import type { ErrorArgs } from '../../../../errors/forbear-error';
import type { RuleId, Severity } from '../finding';

/** What is wrong with one field by itself. */
export interface FormFault {
  readonly rule: RuleId;
  readonly field: Field;
  readonly code: ErrorCode;
  readonly args?: ErrorArgs;
  readonly severity?: Severity;
}

/** F and C: each field by itself, in any segment: filled where it must be, of its kind, upper-case, a code of its table. */
export function formFaults(part: AnyPart, text: string, start: number): FormFault[] {
  const values = part.values as unknown as Readonly<Record<string, FieldValue>>;
  const faults: FormFault[] = [];
  for (const field of layoutOf(part.id).fields) {
    if (part.unread?.[field.name] !== undefined)
      faults.push(unreadable(field, fieldText(field, text, start)));
    else if (speaks(field)) check(part.id, field, values[field.name] ?? null, faults);
  }
  return faults;
}

function unreadable(field: Field, found: string): FormFault {
  if (/[^ -~]/.test(found)) return { rule: 'F', field, code: 'BUREAU_NOT_ASCII' };
  return { rule: 'F', field, code: 'BUREAU_FIELD_MALFORMED', args: { wanted: wanted(field) } };
}

function check(part: AnyPart['id'], field: Field, value: FieldValue, faults: FormFault[]): void {
  if (value === null || value === '' || value === 0) {
    if (field.need === 'required') faults.push({ rule: 'F', field, code: 'BUREAU_FIELD_MISSING' });
    return;
  }
  if (typeof value !== 'string') return;
  const table = tableOf(part, field.name);
  if (table !== undefined) {
    if (!knows(table, value)) faults.push({ rule: 'C', field, code: 'BUREAU_CODE_UNKNOWN' });
    return;
  }
  if (field.kind !== 'text') return;
  if (value.startsWith(' ')) faults.push({ rule: 'F', field, code: 'BUREAU_NOT_LEFT', severity: 'warning' });
  if (LOWER_CASE.test(value))
    faults.push({ rule: 'F', field, code: 'BUREAU_LOWER_CASE', severity: 'warning' });
}

const LOWER_CASE = /[a-z]/;
