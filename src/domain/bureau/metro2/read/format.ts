import { fail } from '../../../errors/forbear-error';

/** Characters of a file's beginning that are enough to tell its form. */
export const BEGINNING = 24;

const EBCDIC_HEADER = '\u00c8\u00c5\u00c1\u00c4\u00c5\u00d9';
const BYTE_ORDER_MARKS = ['\u00ef\u00bb\u00bf', '\u00ff\u00fe', '\u00fe\u00ff'];

/**
 * Looks whether a file is one that can be read: character format, fixed blocks. Other forms of the same format are
 * named as such. Each character stands for one byte. Errors BUREAU_FILE_EMPTY, BUREAU_PACKED, BUREAU_VARIABLE_BLOCK,
 * BUREAU_EBCDIC, BUREAU_NOT_METRO2.
 */
export function requireReadable(beginning: string): void {
  if (beginning === '') fail('BUREAU_FILE_EMPTY');
  if (BYTE_ORDER_MARKS.some((mark) => beginning.startsWith(mark)))
    fail('BUREAU_NOT_METRO2', { reason: 'it begins with a byte order mark' });
  if (beginning.startsWith(EBCDIC_HEADER, 4) || beginning.startsWith(EBCDIC_HEADER, 8)) fail('BUREAU_EBCDIC');
  if (beginning.startsWith('HEADER', 8))
    fail(/^\d{8}/.test(beginning) ? 'BUREAU_VARIABLE_BLOCK' : 'BUREAU_PACKED');
  if (beginning.startsWith('HEADER', 4) && beginning.charCodeAt(0) < 32) fail('BUREAU_PACKED');
  // A file without its header is still one: what is missing is then said, and the rest is looked at.
  if (!/^.{4}(HEADER|TRAILER|[ 01]\d{14})/s.test(beginning))
    fail('BUREAU_NOT_METRO2', { reason: 'no length word with HEADER behind it' });
}
