import type { AccountRow } from '../../book/accounts';
import type { Db } from '../../book/open-book';
import { strategyByHash } from '../../book/strategies';
import { timelineOf, type TimelineEntry } from '../../book/timeline';
import { entries, upTo } from '../../client/account-now';
import { localDate } from '../../domain/calendar/zone';
import { refold } from '../../domain/decide/refold';
import { standing } from '../../domain/delinquency/standing';
import type { Instant, Minor } from '../../domain/units';

/** Where accounts were at a moment: open ones by stage, closed ones by outcome. */
export interface Ends {
  readonly ends: readonly End[];
  /** When each account was closed, of those that were. */
  readonly closings: ReadonlyMap<string, Instant>;
}
export interface End {
  readonly name: string;
  readonly accounts: number;
  readonly pastDue: Minor;
}

/**
 * Where every account stood at a moment of its own, from the book: accounts that were quicker have lived on since, and
 * on a busy machine by more.
 */
export async function endsAt(db: Db, moment: Instant): Promise<Ends> {
  const ends = new Map<string, End>();
  const closings = new Map<string, Instant>();
  for (const row of await db.selectFrom('accounts').selectAll().orderBy('ref').execute()) {
    const { name, pastDue, closedAt } = await endOf(db, row, moment);
    if (closedAt !== null) closings.set(row.ref, closedAt);
    const before = ends.get(name) ?? { name, accounts: 0, pastDue: 0 };
    ends.set(name, { name, accounts: before.accounts + 1, pastDue: before.pastDue + pastDue });
  }
  return { ends: [...ends.values()].sort((a, b) => rank(a.name) - rank(b.name)), closings };
}

type Ended = Omit<End, 'accounts'> & { readonly closedAt: Instant | null };

async function endOf(db: Db, row: AccountRow, moment: Instant): Promise<Ended> {
  const timeline = (await timelineOf(db, row.ref)).filter((entry) => entry.at <= moment);
  const closed = timeline.find((entry) => closing(entry) !== null);
  if (closed !== undefined)
    return { name: `closed: ${closing(closed) ?? ''}`, pastDue: 0, closedAt: closed.at };
  const strategy = await strategyByHash(db, row.strategy);
  const { state } = upTo(moment, refold(row.enrolment, entries(timeline), strategy), strategy);
  const { pastDue } = standing(state, strategy.counting, localDate(moment, row.zone));
  return { name: state.stage ?? CURRENT, pastDue, closedAt: null };
}

function closing(entry: TimelineEntry): string | null {
  if (entry.what !== 'decision') return null;
  const action = entry.action as { do?: unknown; reason?: unknown } | null;
  return action?.do === 'close' ? String(action.reason) : null;
}

const CURRENT = 'nothing past due';
const ORDER = [CURRENT, 'pre-due', 'reminder', 'negotiation', 'field-visit', 'agency', 'legal', 'recovery'];

function rank(name: string): number {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
}

/** Money that came in for collection up to a moment: not what people pay after their account was closed. In fen. */
export async function recoveredAt(
  db: Db,
  moment: Instant,
  closings: ReadonlyMap<string, Instant>,
): Promise<Minor> {
  const rows = await db
    .selectFrom('journal')
    .select(['account', 'at', 'body'])
    .where('kind', 'in', ['payment', 'reversal'])
    .where('at', '<=', moment)
    .execute();
  const back = new Set(
    rows.flatMap(({ account, body }) => (body.kind === 'reversal' ? [`${account} ${body.of}`] : [])),
  );
  let sum = 0;
  for (const { account, at, body } of rows) {
    if (body.kind !== 'payment' || body.pending === true || back.has(`${account} ${body.id}`)) continue;
    if (at <= (closings.get(account) ?? moment)) sum += body.amount;
  }
  return sum;
}
