import { fail } from '../../../errors/forbear-error';
import { layoutOf, partsOf, type FileRecord } from '../record';
import { segmentText } from './segment';

/** The longest record that four digits can tell. */
export const LONGEST = 9999;

/** Bytes that the record's segments take. */
export function naturalLength(record: FileRecord): number {
  return partsOf(record).reduce((sum, { id }) => sum + layoutOf(id).length, 0);
}

/**
 * A record as its characters, blank-filled to its length: its own where it has one, else `length`, else as long as its
 * segments are. Errors BUREAU_RECORD_TOO_LONG, BUREAU_VALUE_UNFIT.
 */
export function recordText(record: FileRecord, length?: number): string {
  const natural = naturalLength(record);
  const rest = record.rest ?? '';
  const wanted = record.length ?? length ?? natural;
  if (wanted > LONGEST || natural + rest.length > wanted)
    fail('BUREAU_RECORD_TOO_LONG', { needs: natural + rest.length, length: Math.min(wanted, LONGEST) });
  const text = partsOf(record)
    .map((part) => segmentText(part, wanted))
    .join('');
  return (text + rest).padEnd(wanted);
}
