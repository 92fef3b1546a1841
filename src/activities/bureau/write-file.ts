import { join } from 'node:path';
import { markEnd, markMade } from '../../book/furnishing/files';
import { snapshotsOf } from '../../book/furnishing/snapshots';
import { putTold, recordsAfter, sumsOf } from '../../book/furnishing/told';
import type { Db } from '../../book/open-book';
import type { FormatWriter } from '../../domain/bureau/format';
import { localDate } from '../../domain/calendar/zone';
import { ForbearError } from '../../domain/errors/forbear-error';
import type { Instant } from '../../domain/units';
import { beating, type Beat } from './beat';
import { consumersOf } from './consumers';
import type { FileMade, FileRequest } from './contract';
import { cycleFile, isOver, type CycleFile } from './cycle-file';
import { writeWhole } from './whole-file';

const PAGE = 500;

/**
 * The file, streamed from what is kept of it and from the book's people, whole under its name or not there. Who can no
 * longer be told of, such as somebody erased since, is put aside. Memory does not grow with the accounts.
 */
export async function writeBureauFile(db: Db, request: FileRequest, now: Instant): Promise<FileMade> {
  const cycle = await cycleFile(db, request);
  const { row, reporting, format } = cycle;
  const { name } = row;
  if (isOver(cycle)) {
    const { records, aside, bytes, hash } = row;
    return { name, records: records ?? 0, aside: aside ?? 0, bytes: bytes ?? 0, hash: hash ?? '' };
  }
  return beating(async (beat) => {
    const sums = await sumsOf(db, row.id);
    if (sums.records === 0) {
      await markEnd(db, row.id, 'nothing', null);
      return { name, records: 0, aside: sums.aside, bytes: 0, hash: '' };
    }
    const createdOn = localDate(now, reporting.zone);
    const writer = format.writer(reporting, { on: row.onDate, createdOn, longest: sums.longest });
    const encoding = reporting.format === 'metro2' ? 'latin1' : 'utf8';
    const whole = await writeWhole(join(reporting.keep, name), pieces(cycle, writer, beat), encoding);
    const { bytes, hash } = whole ?? { bytes: 0, hash: '' };
    const { records, aside } = await sumsOf(db, row.id);
    await markMade(db, row.id, {
      records,
      aside,
      bytes,
      hash,
      length: reporting.format === 'metro2' ? sums.longest : null,
    });
    return { name, records, aside, bytes, hash };
  });
}

async function* pieces(cycle: CycleFile, writer: FormatWriter, beat: Beat): AsyncGenerator<string> {
  const { db, row, reporting } = cycle;
  yield writer.head();
  let done = 0;
  for (let after = ''; ;) {
    const page = await recordsAfter(db, row.id, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    const accounts = page.map(({ account }) => account);
    const kept = await snapshotsOf(db, reporting.name, row.month, accounts);
    const asked = accounts.map((account) => ({ account, snapshot: kept.get(account) ?? NOBODY }));
    const consumers = await consumersOf(db, asked, row.since, row.onDate);
    for (const { account, number, fields, corrects, why } of page) {
      try {
        const who = consumers.get(account) ?? [];
        yield writer.data({ fields, number, consumers: who, corrects });
      } catch (error) {
        if (!(error instanceof ForbearError) || !error.code.startsWith('BUREAU_')) throw error;
        const codes = [error.code];
        await putTold(db, row.id, [{ account, state: 'aside', ...NOTHING, codes, why }]);
      }
    }
    beat.say((done += page.length));
    after = last.account;
  }
  yield writer.tail();
}

const NOTHING = { fields: null, told: null, length: null, corrects: false } as const;
const NOBODY = { deceased: false, parties: {} } as const;
