import type { IsoDate } from '../../../../units';
import type { HeaderValues } from '../../layout/header';
import type { TrailerValues } from '../../layout/trailer';
import type { Fault } from '../rule';

const PROGRAMS = [
  'innovisProgramIdentifier',
  'equifaxProgramIdentifier',
  'experianProgramIdentifier',
  'transUnionProgramIdentifier',
] as const satisfies readonly (keyof HeaderValues)[];

/** The header: for at least one bureau, and of a period that is over. `today` is null where nobody knows it. */
export function headerFaults(values: HeaderValues, today: IsoDate | null): Fault[] {
  const faults: Fault[] = [];
  if (PROGRAMS.every((name) => values[name] === ''))
    faults.push({ field: 'equifaxProgramIdentifier', code: 'BUREAU_PROGRAM_MISSING', severity: 'warning' });
  for (const field of ['activityDate', 'dateCreated'] as const) {
    const day = values[field];
    if (day !== null && today !== null && day > today) faults.push({ field, code: 'BUREAU_DATE_FUTURE' });
  }
  return faults;
}

/** T: each total of the trailer against what was counted. */
export function trailerFaults(told: TrailerValues, counted: TrailerValues): Fault[] {
  return (Object.keys(counted) as (keyof TrailerValues)[])
    .filter((field) => told[field] !== counted[field])
    .map((field) => ({
      field,
      code: 'BUREAU_TOTAL_WRONG',
      args: { says: told[field], counted: counted[field] },
    }));
}
