import { parse } from 'csv-parse/sync';
import { inTransaction, type Db } from '../../book/open-book';
import { putPlace, visitPlaces } from '../../book/places';
import { isIsoDate } from '../../domain/calendar/day';
import { fail, ForbearError, type Where } from '../../domain/errors/forbear-error';
import type { Instant } from '../../domain/units';
import { PLACE_KINDS, type PlaceKind } from '../../domain/visit/limits';
import { findPerson } from '../people';

type Row = Readonly<Record<string, string | undefined>>;

/**
 * Keeps where addresses lie and what is known of them, from a table: all rows or none. An empty cell leaves what was
 * known; `off_limits` is a reason, and `-` opens the place again. Answers how many rows.
 * Throws VISIT_PLACE, VISIT_NO_ADDRESS and PERSON_UNKNOWN with the line.
 */
export function takePlaces(
  db: Db,
  text: string,
  file: string,
  said: { readonly by: string | null; readonly at: Instant },
): Promise<number> {
  const rows = rowsOf(text, file);
  return inTransaction(db, async (tx) => {
    for (const { record, info } of rows) {
      const where = { file, line: info.lines };
      const { who = '', address } = record;
      if (who.trim() === '') wrong('who is missing', where);
      const { ref } = await whom(tx, who.trim(), where);
      const places = await visitPlaces(tx, ref);
      const line = address?.replace(/\s+/g, ' ').trim() ?? '';
      const place = line === '' ? places[0] : places.find(({ value }) => value === line);
      if (place === undefined) fail('VISIT_NO_ADDRESS', { who: ref }, where);
      await putPlace(tx, { endpoint: place.ref, ...cellsOf(record, where), ...said });
    }
    return rows.length;
  });
}

async function whom(db: Db, who: string, where: Where) {
  try {
    return await findPerson(db, who);
  } catch (error) {
    throw error instanceof ForbearError ? new ForbearError(error.code, error.args, where) : error;
  }
}

function rowsOf(text: string, file: string): { record: Row; info: { lines: number } }[] {
  try {
    const columns = (names: string[]) => names.map((name) => name.trim().toLowerCase());
    return parse(text, { columns, bom: true, info: true, skip_empty_lines: true });
  } catch (error) {
    const { lines: line } = error as { lines?: number };
    return wrong('it cannot be read', line === undefined ? { file } : { file, line });
  }
}

function cellsOf(record: Row, where: Where) {
  const cell = (name: string) => record[name]?.trim() ?? '';
  const [kind, verifiedOn, offLimits] = [cell('kind'), cell('verified_on'), cell('off_limits')];
  if (kind !== '' && !PLACE_KINDS.some((one) => one === kind))
    wrong(`kind is none of ${PLACE_KINDS.join(', ')}`, where);
  if (verifiedOn !== '' && !isIsoDate(verifiedOn)) wrong('verified_on is no day such as 2026-04-10', where);
  return {
    ...pointOf(cell('latitude'), cell('longitude'), where),
    ...(kind === '' ? {} : { kind: kind as PlaceKind }),
    ...(verifiedOn === '' ? {} : { verifiedOn }),
    ...(offLimits === '' ? {} : { offLimits: offLimits === '-' ? null : offLimits }),
  };
}

function pointOf(lat: string, lon: string, where: Where): { latitude?: number; longitude?: number } {
  if (lat === '' && lon === '') return {};
  const [latitude, longitude] = [lat, lon].map((text) => (text === '' ? NaN : Number(text))) as [
    number,
    number,
  ];
  if (!(Math.abs(latitude) <= 90)) wrong('latitude is not in degrees', where);
  if (!(Math.abs(longitude) <= 180)) wrong('longitude is not in degrees', where);
  return { latitude, longitude };
}

const wrong = (reason: string, where: Where): never => fail('VISIT_PLACE', { reason }, where);
