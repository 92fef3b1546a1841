import type { IsoDate } from '../../../units';
import { maxDate } from '../../../calendar/day';
import type { HeaderValues } from '../layout/header';
import type { TrailerValues } from '../layout/trailer';
import { layoutOf, partsOf, type DataRecord, type FileRecord } from '../record';
import type { ReadRecord } from '../read/read-record';
import { Counts } from '../write/counts';
import { flat, type EarlierFile } from './earlier';
import type { Finding, RuleId } from './finding';
import type { Fault, Surroundings } from './rule';
import { RULES } from './rules/all';
import { formFaults } from './rules/form';
import { headerFaults, trailerFaults } from './rules/frame';
import { valueClass } from './value-class';

export interface CheckOptions {
  /** Nothing may be dated later; null when nobody knows what day it is. */
  readonly today?: IsoDate | null;
  /** The file that was sent before: what must not change between two is then looked at (M2, M3, M10 to M13). */
  readonly earlier?: EarlierFile;
  /** Account numbers with an open dispute, by the lender's own list (M11). */
  readonly disputed?: ReadonlySet<string>;
}

/**
 * Checks a file record by record, as it is read. Holds the account numbers seen, to tell one that comes twice, and
 * nothing else of the records.
 */
export class FileCheck {
  private readonly counts = new Counts();
  private readonly seen = new Set<string>();
  private header: HeaderValues | null = null;
  private trailer: TrailerValues | null = null;
  private length: number | null = null;
  private uneven = false;
  private last: ReadRecord | null = null;
  private unreadable = false;

  constructor(private readonly options: CheckOptions = {}) {}

  /** What is wrong with the next record. */
  record(read: ReadRecord): Finding[] {
    const { raw, record } = read;
    const findings = read.flaws.map(({ code, args = {} }) => ({
      ...{
        code,
        rule: 'S' as const,
        severity: 'error' as const,
        record: raw.number,
        offset: raw.offset,
        args,
      },
      ...{ segment: null, field: null, at: null, value: null },
    })) as Finding[];
    if (raw.flaws.some(({ code }) => code === 'BUREAU_LINE_BLANK')) return findings;
    if (record === null) this.unreadable = true;
    if (this.last === null && record?.kind !== 'header')
      findings.push(place(read, 'S', 'BUREAU_HEADER_MISSING'));
    if (this.trailer !== null) findings.push(place(read, 'S', 'BUREAU_AFTER_TRAILER'));
    this.last = read;
    if (record === null) return findings;
    this.lengths(read, findings);
    partsOf(record).forEach((part, i) => {
      for (const { rule, field, code, args, severity } of formFaults(part, raw.text, read.starts[i] ?? 0))
        findings.push(found(read, rule, { field: field.name, code, args, severity, appendage: i - 1 }));
    });
    for (const [rule, fault] of this.faults(record)) findings.push(found(read, rule, fault));
    return findings;
  }

  /** What is wrong with the file as a whole, when its last record has been seen. */
  end(): Finding[] {
    if (this.trailer !== null || this.last === null) return [];
    return [place(this.last, 'S', 'BUREAU_TRAILER_MISSING')];
  }

  /** What was counted, whatever the trailer says. */
  get counted(): TrailerValues {
    return this.counts.values();
  }

  get told(): TrailerValues | null {
    return this.trailer;
  }

  get reported(): HeaderValues | null {
    return this.header;
  }

  private *faults(record: FileRecord): Generator<readonly [RuleId, Fault]> {
    if (record.kind === 'header') {
      if (this.header !== null) yield ['S', { field: 'recordIdentifier', code: 'BUREAU_HEADER_AGAIN' }];
      this.header ??= record.header.values;
      for (const fault of headerFaults(record.header.values, this.options.today ?? null)) yield ['F', fault];
    } else if (record.kind === 'trailer') {
      this.trailer ??= record.trailer.values;
      // Totals of a file of which a part could not be read are wrong of themselves.
      if (!this.unreadable && record.trailer.unread === undefined)
        for (const fault of trailerFaults(record.trailer.values, this.counted)) yield ['T', fault];
    } else {
      this.counts.add(record);
      if (this.again(record)) yield ['S', { field: 'consumerAccountNumber', code: 'BUREAU_ACCOUNT_TWICE' }];
      yield* this.account(record);
    }
  }

  private *account(record: DataRecord): Generator<readonly [RuleId, Fault]> {
    const { base, appendages } = record;
    const { unread } = base;
    const around = this.surroundings(record);
    for (const rule of RULES) {
      if (unread !== undefined && rule.reads.some((field) => unread[field] !== undefined)) continue;
      for (const fault of rule.find(base.values, appendages, around, record)) yield [rule.id, fault];
    }
  }

  private surroundings({ base }: DataRecord): Surroundings {
    const { activityDate = null, dateCreated = null } = this.header ?? {};
    const { earlier, disputed } = this.options;
    const number = base.values.consumerAccountNumber;
    return {
      activityDate,
      latest:
        activityDate !== null && dateCreated !== null ? maxDate(activityDate, dateCreated) : activityDate,
      earlier: earlier?.find(number),
      disputed: disputed?.has(number),
    };
  }

  /** An account stands in a file once; numbers are kept as short texts of their own. */
  private again({ base }: DataRecord): boolean {
    const number = base.values.consumerAccountNumber;
    if (number === '') return false;
    if (this.seen.has(number)) return true;
    this.seen.add(flat(number));
    return false;
  }

  /** Fixed blocks: said once, at the first record that differs. */
  private lengths(read: ReadRecord, findings: Finding[]): void {
    const has = read.raw.text.length;
    this.length ??= has;
    if (has === this.length || this.uneven) return;
    this.uneven = true;
    const args = { has, first: this.length };
    findings.push({ ...place(read, 'S', 'BUREAU_LENGTHS_DIFFER'), args, severity: 'warning' });
  }
}

function place({ raw }: ReadRecord, rule: RuleId, code: Finding['code']): Finding {
  return {
    ...{ code, rule, severity: 'error', record: raw.number, offset: raw.offset, args: {} },
    ...{ segment: null, field: null, at: null, value: null },
  };
}

function found(read: ReadRecord, rule: RuleId, fault: Fault): Finding {
  const { raw, record, starts } = read;
  const index = (fault.appendage ?? -1) + 1;
  const parts = record === null ? [] : partsOf(record);
  const part = parts[index];
  const start = starts[index] ?? 0;
  const field = part === undefined ? undefined : layoutOf(part.id).byName.get(fault.field);
  const earlier = parts.slice(0, index).filter(({ id }) => id === part?.id).length;
  return {
    ...place(read, rule, fault.code),
    severity: fault.severity ?? 'error',
    segment: part === undefined ? null : earlier === 0 ? part.id : `${part.id}#${earlier + 1}`,
    field: fault.field,
    at: field === undefined ? null : start + field.at,
    value: part === undefined || field === undefined ? null : valueClass(part.id, field, raw.text, start),
    args: fault.args ?? {},
  };
}
