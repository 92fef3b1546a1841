import type { FigureRow } from '../../book/morning/flow';
import { RESULT_CODES, VISIT_CODES } from '../../domain/account/result-codes';

/** Nobody took the call. */
const UNANSWERED: readonly string[] = ['NA', 'BUSY', 'OFF', 'INV'];
/** Ends of a visit that met nobody, or not the person. */
const NOT_MET: readonly string[] = ['moved', 'not-there', 'deceased'];

const codeOf = (row: Pick<FigureRow, 'part'>): string => row.part.slice(row.part.indexOf('/') + 1);

export function isAnswered(row: Pick<FigureRow, 'figure' | 'part'>): boolean {
  return row.figure === 'results' && !UNANSWERED.includes(codeOf(row));
}

export function isRightParty(row: Pick<FigureRow, 'figure' | 'part'>): boolean {
  const code = codeOf(row);
  if (row.figure === 'visits')
    return (VISIT_CODES as readonly string[]).includes(code) && !NOT_MET.includes(code);
  return row.figure === 'results' && (RESULT_CODES as Record<string, { rpc: boolean }>)[code]?.rpc === true;
}
