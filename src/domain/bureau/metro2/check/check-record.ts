import type { DataRecord } from '../record';
import { partsOf } from '../record';
import { recordText } from '../write/record-text';
import type { RuleId, Severity } from './finding';
import type { ErrorCode } from '../../../errors/catalogue';
import type { Surroundings } from './rule';
import { RULES } from './rules/all';
import { formFaults } from './rules/form';

/** What is wrong with one record: rule, field and code, never a value. */
export interface RecordFault {
  readonly rule: RuleId;
  readonly field: string;
  readonly code: ErrorCode;
  readonly severity: Severity;
}

/**
 * Checks a record before it is written, by the rules of a file's check that need no other record of the file. Errors
 * of the writing (BUREAU_VALUE_UNFIT, BUREAU_RECORD_TOO_LONG) are thrown.
 */
export function checkRecord(record: DataRecord, around: Surroundings): RecordFault[] {
  const text = recordText(record);
  const faults: RecordFault[] = [];
  for (const part of partsOf(record))
    for (const { rule, field, code, severity = 'error' } of formFaults(part, text, 0))
      faults.push({ rule, field: field.name, code, severity });
  for (const rule of RULES)
    for (const { field, code, severity = 'error' } of rule.find(
      record.base.values,
      record.appendages,
      around,
      record,
    ))
      faults.push({ rule: rule.id, field, code, severity });
  return faults;
}
