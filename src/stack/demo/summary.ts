import Table from 'cli-table3';
import { byContact, type ContactCount } from '../../book/figures';
import type { Db } from '../../book/open-book';
import { formatMoney } from '../../domain/money';
import type { Instant, Minor } from '../../domain/units';
import { endsAt, recoveredAt, type End } from './ends';
import type { Till } from './players';

/** What came of a show by its last moment, by the book; beside it what the people paid and the mailbox holds. */
export interface Summary {
  readonly accounts: number;
  /** Open ones by stage, closed ones by outcome. */
  readonly ends: readonly End[];
  /** Accounts that were in a stage at any time. */
  readonly reached: Readonly<Record<string, number>>;
  readonly recovered: Minor;
  readonly paidByPeople: Minor;
  readonly made: readonly { readonly channel: string; readonly count: number }[];
  readonly refused: readonly Refused[];
  /** Messages in the mailbox, and how many of them went out after the last moment. */
  readonly mailbox: Mailed;
  readonly after: Mailed;
}
type Mailed = Readonly<Record<'email' | 'sms', number>>;

export interface Refused {
  readonly channel: string;
  readonly answer: string;
  readonly rule: string;
  readonly count: number;
}

const MOST_RULES = 10;

/** @param last the show's last moment: accounts that are ahead have lived on, and that does not count */
export async function summarise(
  db: Db,
  last: Instant,
  people: { readonly till: Till; readonly mailbox: Mailed },
): Promise<Summary> {
  const { ends, closings } = await endsAt(db, last);
  const [recovered, contacts, ever, reached] = await Promise.all([
    recoveredAt(db, last, closings),
    byContact(db, last),
    byContact(db),
    stagesReached(db, last),
  ]);
  const sent = made(contacts);
  const everSent = made(ever);
  const after = (channel: string): number => countOf(everSent, channel) - countOf(sent, channel);
  return {
    accounts: ends.reduce((sum, end) => sum + end.accounts, 0),
    ends,
    reached,
    recovered,
    paidByPeople: people.till.upTo(last, closings),
    made: sent,
    refused: refused(contacts),
    mailbox: people.mailbox,
    after: { sms: after('sms'), email: after('email') },
  };
}

function countOf(made: Summary['made'], channel: string): number {
  return made.find((contact) => contact.channel === channel)?.count ?? 0;
}

async function stagesReached(db: Db, last: Instant): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('decisions')
    .select(['account', 'args'])
    .where('code', '=', 'stage-enter')
    .where('at', '<=', last)
    .execute();
  const accounts = new Map<string, Set<string>>();
  for (const { account, args } of rows) {
    const stage = String(args['stage']);
    accounts.set(stage, (accounts.get(stage) ?? new Set()).add(account));
  }
  return Object.fromEntries([...accounts].map(([stage, of]) => [stage, of.size]));
}

/** Attempts that went out, or that nobody can say did not. */
function made(contacts: readonly ContactCount[]): Summary['made'] {
  const counts = new Map<string, number>();
  for (const { channel, status, count } of contacts) {
    if (status !== 'accepted' && status !== 'unknown') continue;
    const name = status === 'unknown' ? `${channel}, end unknown` : channel;
    counts.set(name, (counts.get(name) ?? 0) + Number(count));
  }
  return [...counts].map(([channel, count]) => ({ channel, count }));
}

function refused(contacts: readonly ContactCount[]): Refused[] {
  return contacts
    .filter(({ answer }) => answer !== 'allow')
    .map(({ channel, answer, rule, count }) => ({ channel, answer, rule: rule ?? '', count: Number(count) }))
    .sort((a, b) => b.count - a.count);
}

/** The summary for people, as it stands at the end of a show. */
export function tables(summary: Summary): string {
  const yuan = (amount: Minor): string => formatMoney(amount, 'CNY');
  const stages = table(
    ['stage or outcome', 'accounts', 'past due, CNY'],
    summary.ends.map(({ name, accounts, pastDue }) => [name, accounts, yuan(pastDue)]),
  );
  const sent = table(
    ['contacts made', 'count'],
    summary.made.map(({ channel, count }) => [channel, count]),
  );
  const stopped = table(
    ['contacts refused by the gate', 'channel', 'answer', 'count'],
    shown(summary.refused).map(({ rule, channel, answer, count }) => [rule, channel, answer, count]),
  );
  const reached = Object.entries(summary.reached).map(([stage, count]) => `${stage} ${count}`);
  return [
    stages,
    `Stages that accounts went through: ${reached.join(', ')}`,
    `Money recovered: ${yuan(summary.recovered)} CNY`,
    sent,
    stopped,
    `In the mailbox: ${summary.mailbox.sms} text messages, ${summary.mailbox.email} mails${beyond(summary.after)}`,
  ].join('\n');
}

function beyond({ sms, email }: Mailed): string {
  return sms + email === 0 ? '' : `; ${sms + email} of them after the last day, by accounts that were ahead`;
}

/** The commonest, and the rest as one. */
function shown(refused: readonly Refused[]): readonly Refused[] {
  const rest = refused.slice(MOST_RULES);
  const count = rest.reduce((sum, row) => sum + row.count, 0);
  const others = { channel: '', answer: '', rule: `${rest.length} others`, count };
  return rest.length === 0 ? refused : [...refused.slice(0, MOST_RULES), others];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const made = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) made.push(row.map(String));
  return made.toString();
}
