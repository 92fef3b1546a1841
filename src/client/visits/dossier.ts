import type { Db } from '../../book/open-book';
import { personOf } from '../../book/people';
import { strategyByHash } from '../../book/strategies';
import { timelineOf } from '../../book/timeline';
import { visitsOf } from '../../book/visits';
import type { Promised } from '../../domain/account/state';
import { localDate } from '../../domain/calendar/zone';
import { refold } from '../../domain/decide/refold';
import { standing } from '../../domain/delinquency/standing';
import { activeHolds } from '../../domain/hold/active';
import { rulesFor } from '../../domain/promise/rules';
import type { Currency, Instant, IsoDate, Minor } from '../../domain/units';
import { entries, upTo } from '../account-now';
import type { DayVisit } from './visits-of-day';

/** What a team reads before it sets out. Personal: written to where the caller says, and never to a log. */
export interface Dossier {
  readonly task: string;
  readonly purpose: string;
  readonly name: string | null;
  readonly language: string;
  readonly address: string;
  readonly made: IsoDate;
  readonly accounts: readonly DossierAccount[];
  readonly visits: readonly { readonly on: IsoDate; readonly result: string | null }[];
  /** Codes of what a team must know before it rings: holds, marks and facts. */
  readonly risks: readonly string[];
}

export interface DossierAccount {
  readonly ref: string;
  readonly currency: Currency;
  readonly pastDue: Minor;
  readonly disputed: Minor;
  readonly balance: Minor;
  readonly dpd: number;
  readonly oldestDue: IsoDate | null;
  readonly stage: string | null;
  readonly contacts: number;
  readonly talks: number;
  readonly promises: readonly Pick<Promised, 'amount' | 'date' | 'status'>[];
  /** The latest day that a promise may name, and its least amount; null where none is taken. */
  readonly offer: { readonly latest: number; readonly least: string } | null;
}

const LAST_PROMISES = 6;
const MARKS = [
  'threatened',
  'moved',
  'not-there',
  'refused',
  'vulnerable',
  'hardship',
  'said-dead',
  'representative',
];
const FACTS = ['complaint', 'ill', 'bereaved_30d', 'plan_kept', 'visit_asked', 'address_unverified'];

/** Gathers what is known of the person of a visit, over all accounts that are open, as the journals say it now. */
export async function dossierOf(db: Db, { task, place }: DayVisit, now: Instant): Promise<Dossier> {
  const person = await personOf(db, task.person);
  const open = await db
    .selectFrom('accounts')
    .selectAll()
    .where('person', '=', task.person)
    .where('status', '=', 'open')
    .orderBy('ref')
    .execute();
  const risks = new Set<string>();
  const accounts: DossierAccount[] = [];
  const visits: { on: IsoDate; result: string | null }[] = [];
  for (const row of open) {
    const strategy = await strategyByHash(db, row.strategy);
    const folded = refold(row.enrolment, entries(await timelineOf(db, row.ref)), strategy);
    const { state } = upTo(now, folded, strategy);
    const today = localDate(now, row.zone);
    const stands = standing(state, strategy.counting, today);
    const rules = rulesFor(strategy, row.path);
    for (const { type } of activeHolds(state.holds, today)) risks.add(`hold:${type}`);
    for (const name of MARKS) if (state.marks[name] !== undefined) risks.add(name);
    for (const name of FACTS) if (state.facts[name] === true) risks.add(name.replaceAll('_', '-'));
    for (const made of await visitsOf(db, row.ref))
      if (made.task !== task.id) visits.push({ on: localDate(made.setOutAt, row.zone), result: made.result });
    accounts.push({
      ...{ ref: row.ref, currency: row.currency, pastDue: stands.pastDue, balance: stands.balance },
      ...{ disputed: stands.pastDue - stands.askable, dpd: stands.contractDpd, oldestDue: stands.oldestDue },
      ...{ stage: row.stage, contacts: state.counts.contacts, talks: state.counts.rpc },
      promises: state.promises
        .slice(-LAST_PROMISES)
        .map(({ amount, date, status }) => ({ amount, date, status })),
      offer: rules.horizonDays === 0 ? null : { latest: rules.horizonDays, least: rules.least },
    });
  }
  const purpose = (task.inputs as { readonly title?: unknown } | null)?.title;
  return {
    ...{ task: task.id, purpose: typeof purpose === 'string' ? purpose : task.step },
    ...{ name: person.name, language: person.language, address: place.value },
    ...{ made: localDate(now, person.zone ?? 'UTC'), accounts, visits, risks: [...risks].sort() },
  };
}
