import { EarlierFile } from '../../domain/bureau/metro2/check/earlier';
import { FileCheck } from '../../domain/bureau/metro2/check/check-file';
import type { Finding } from '../../domain/bureau/metro2/check/finding';
import type { TrailerValues } from '../../domain/bureau/metro2/layout/trailer';
import type { IsoDate } from '../../domain/units';
import { pieces, recordsIn } from './records';

export interface BureauCheckOptions {
  /** The file that was sent before. */
  readonly before?: string;
  /** A file with the account numbers under dispute, one a line. */
  readonly disputed?: string;
  /** Findings that are kept; all are counted. */
  readonly most: number;
  readonly today: IsoDate;
  readonly onProgress?: (progress: { readonly bytes: number; readonly records: number }) => void;
}

export interface BureauCheck {
  readonly file: string;
  /** Header and trailer too. */
  readonly records: number;
  readonly activityDate: IsoDate | null;
  readonly errors: number;
  readonly warnings: number;
  readonly byCode: Readonly<Record<string, number>>;
  /** The first ones, in the order of the file. */
  readonly findings: readonly Finding[];
  readonly leftOff: number;
  /** What was counted, and what the trailer says; null without a trailer that can be read. */
  readonly counted: TrailerValues;
  readonly trailer: TrailerValues | null;
}

/**
 * Checks a Metro 2 file of any size. Never throws for what stands in a record. Errors FILE_UNREADABLE, and those of a
 * file that is no Metro 2 file of the character format (BUREAU_NOT_METRO2, BUREAU_PACKED …), with the file named.
 */
export async function checkBureauFile(file: string, options: BureauCheckOptions): Promise<BureauCheck> {
  const check = new FileCheck({
    today: options.today,
    ...(options.before === undefined ? {} : { earlier: await earlierFile(options.before) }),
    ...(options.disputed === undefined ? {} : { disputed: await numbersIn(options.disputed) }),
  });
  const kept: Finding[] = [];
  const byCode: Record<string, number> = {};
  let errors = 0;
  let warnings = 0;
  let records = 0;
  const note = (finding: Finding) => {
    byCode[finding.code] = (byCode[finding.code] ?? 0) + 1;
    if (finding.severity === 'error') errors += 1;
    else warnings += 1;
    if (kept.length < options.most) kept.push(finding);
  };
  const counting = recordsIn(file, (bytes) => options.onProgress?.({ bytes, records }));
  for await (const read of counting) {
    records = Math.max(records, read.raw.number);
    check.record(read).forEach(note);
  }
  check.end().forEach(note);
  return {
    ...{ file, records, errors, warnings, byCode, findings: kept },
    activityDate: check.reported?.activityDate ?? null,
    leftOff: errors + warnings - kept.length,
    counted: check.counted,
    trailer: check.told,
  };
}

async function earlierFile(file: string): Promise<EarlierFile> {
  const earlier = new EarlierFile();
  for await (const { record } of recordsIn(file)) if (record?.kind === 'data') earlier.add(record);
  return earlier;
}

async function numbersIn(file: string): Promise<ReadonlySet<string>> {
  let text = '';
  for await (const piece of pieces(file)) text += piece;
  return new Set(
    text
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}
