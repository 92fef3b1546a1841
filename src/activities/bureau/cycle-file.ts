import { fileOf, type FileRow } from '../../book/furnishing/files';
import { reportingOf } from '../../book/furnishing/reportings';
import type { Db } from '../../book/open-book';
import type { Format } from '../../domain/bureau/format';
import { FORMATS } from '../../domain/bureau/formats';
import type { BureauRules, Reporting } from '../../domain/bureau/reporting';
import type { FileRequest } from './contract';

/** What every step of a cycle stands on. */
export interface CycleFile {
  readonly db: Db;
  readonly row: FileRow;
  readonly reporting: Reporting;
  readonly rules: BureauRules;
  readonly format: Format;
}

/** Throws BUREAU_FILE_UNKNOWN, BUREAU_REPORTING_UNKNOWN. */
export async function cycleFile(db: Db, { file, reporting: name }: FileRequest): Promise<CycleFile> {
  const row = await fileOf(db, file);
  const { settings, rules } = await reportingOf(db, name);
  return { db, row, reporting: settings, rules, format: FORMATS[settings.format] };
}

/** A file that was sent, or had nothing to say, is not worked on again. */
export const isOver = ({ row }: CycleFile): boolean => row.status === 'sent' || row.status === 'nothing';
