import type { Insertable, Selectable } from 'kysely';
import type { Span } from '../../domain/morning/span';
import type { Tables } from '../tables';

type SpanRow = Selectable<Tables['reportSpans']>;

export function spanRow(account: string, span: Span): Insertable<Tables['reportSpans']> {
  const { from, to, ...rest } = span;
  return { account, fromDay: from, toDay: to, ...rest };
}

/** With its fields in the order in which a projection makes them, so that the two compare as text. */
export function spanOf(row: SpanRow): Span {
  return {
    from: row.fromDay,
    to: row.toDay,
    bucket: row.bucket,
    dpd: row.dpd,
    pastDue: row.pastDue,
    balance: row.balance,
    stage: row.stage,
    segment: row.segment,
    holds: row.holds,
    promised: row.promised,
    writtenOff: row.writtenOff,
    contacted: row.contacted,
    ended: row.ended,
    rollsOn: row.rollsOn,
    cycle: row.cycle,
    startBucket: row.startBucket,
    startBalance: row.startBalance,
  };
}
