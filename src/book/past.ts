import { sql, type Transaction } from 'kysely';
import { localDate } from '../domain/calendar/zone';
import type { PastAttempt } from '../domain/policy/gate';
import type { Wish } from '../domain/policy/wish';
import { speaksTogether } from '../domain/policy/together';
import type { Step, Strategy } from '../domain/strategy/strategy';
import type { Instant, IsoDate } from '../domain/units';
import { countedAttempts, countedFrom, longestCap, triesOf, type AttemptRow } from './attempts';
import { readAtOnce } from './compiled-once';
import { conversations } from './conversations';
import { contactsOfDay, dayAround, type ContactRow, type Family } from './family';
import type { JournalRow } from './fold';
import { hostDataRow } from './host-data';
import type { Db } from './open-book';
import { endpointsInUse, type Endpoint } from './people';
import { lookAhead, servedBy, type LawRead } from './policy/ask';
import type { EVER } from './policy/ledger';
import { isTold, ledgerReads, sinceOf, type ToldRow } from './policy/ledger';
import { packsListed } from './policy/packs';
import type { ReserveRequest } from './reserve-request';
import { strategyByHash } from './strategies';
import { stopsInForce, volumeDay, type StopsRead } from './switches';
import type { Tables } from './tables';
import { dayRow, sumOf } from './volume';
import { volumeRule } from './volume-rules';
import { wishesIn } from './wishes';

/** What a reservation needs to know besides the locked rows: all of one moment, read in one statement. */
export interface Past {
  /** Every try of the same occurrence, the latest first. */
  readonly tries: readonly AttemptRow[];
  readonly endpoints: readonly Endpoint[];
  /** The person's last word on the channel refuses it. */
  readonly hasRefused: boolean;
  /** What the person asked for and has not taken back. */
  readonly wishes: readonly Wish[];
  /** Contacts of the person's own day, the latest first. */
  readonly day: readonly ContactRow[];
  /** When the right person was last spoken to. */
  readonly spokenAt: Instant | null;
  readonly stops: StopsRead;
  /** All but the packs, which depend on the account's own day. */
  readonly law: Omit<LawRead, 'packs'>;
  /** The journal of a locked account, in its order. */
  journalOf(account: string): readonly JournalRow[];
  /** Attempts that count towards caps over so many days. */
  countedOver(days: number): readonly PastAttempt[];
}

interface Wanted {
  readonly person: string;
  readonly account: string;
  readonly step: string;
  readonly anchor: IsoDate;
  readonly n: number;
  readonly now: Instant;
  readonly dayFrom: Instant;
  readonly dayTo: Instant;
  readonly capFrom: Instant;
  readonly since: Instant | typeof EVER;
  readonly folded: readonly string[];
  readonly notices: readonly string[];
  readonly firstContacts: boolean;
  readonly lender: string;
  readonly channel: string;
  readonly volumeDay: IsoDate;
}

const read = readAtOnce((db: Db, of: Wanted) => {
  const volume = { lender: of.lender, channel: of.channel, day: of.volumeDay };
  return {
    tries: triesOf(db, of),
    endpoints: endpointsInUse(db, of.person),
    day: contactsOfDay(db, of.person, of.dayFrom, of.dayTo),
    spoken: conversations(db, of.person, of.now),
    counted: countedAttempts(db, of.person, of.capFrom),
    stops: stopsInForce(db),
    hostData: hostDataRow(db, of.lender),
    counts: sumOf(db, volume),
    days: dayRow(db, volume),
    rules: volumeRule(db, volume),
    stands: db.selectFrom('parties').select(['account', 'role', 'until']).where('person', '=', of.person),
    journal: db
      .selectFrom('journal')
      .select(['account', 'kind', 'seq', 'body', 'at', 'receivedAt'])
      .where(sql<boolean>`account = any(${of.folded}::text[])`)
      .orderBy('account')
      .orderBy('seq'),
    ...ledgerReads(db, of),
  };
});

/** Reads it, as far back as any rule of the accounts that may be spoken of can look. */
export async function readPast(
  tx: Transaction<Tables>,
  family: Family,
  of: {
    readonly request: ReserveRequest;
    readonly step: Step;
    readonly strategy: Strategy;
    readonly now: Instant;
  },
): Promise<Past> {
  const { person, row } = family;
  const { request, step, now } = of;
  const { channel, occurrence } = request;
  const together = speaksTogether(step, channel) ? family.others : [];
  const strategies = [of.strategy];
  for (const other of together) strategies.push(await strategyByHash(tx, other.strategy));
  const known = await packsListed(tx, family.packs, localDate(now, row.zone));
  const looks = strategies.map((one) =>
    lookAhead(one, known, { step, channel, isMain: row.person === person.ref }),
  );
  const attemptDays = Math.max(...looks.map((look) => look.attemptDays));
  const happenings = new Set(looks.flatMap((look) => [...look.happenings]));
  const volume = volumeDay({ row, channel, now });
  const [dayFrom, dayTo] = dayAround(person, row.zone, now);
  const accounts = [row, ...together];
  const found = await read(tx, {
    ...{ person: person.ref, account: request.account, now, dayFrom, dayTo, channel },
    ...{ step: occurrence.step, anchor: occurrence.anchor, n: occurrence.n },
    ...{ lender: row.lender, volumeDay: volume.day },
    capFrom: countedFrom(now, Math.max(...strategies.map(longestCap))),
    since: sinceOf(now, { attemptDays, happenings }),
    folded: accounts.map(({ ref }) => ref),
    notices: strategies.flatMap((one) => [...servedBy(one).keys()]),
    firstContacts: happenings.has('initial-communication'),
  });
  const told = found.journal
    .filter(({ kind }) => isTold(kind))
    .map((fact): ToldRow => {
      const its = accounts.find(({ ref }) => ref === fact.account) ?? row;
      return { ...fact, person: its.person, zone: its.zone };
    });
  const said = found.consents.findLast((one) => one.channel === channel)?.says;
  return {
    ...{ tries: found.tries, endpoints: found.endpoints, day: found.day, wishes: wishesIn(found.said) },
    hasRefused: said === 'refused',
    spokenAt: found.spoken[0]?.at ?? null,
    stops: {
      ...{ stops: found.stops, hostData: found.hostData },
      volume: { of: volume, counts: found.counts, days: found.days, rules: found.rules },
    },
    law: { ledger: { ...found, told: [...told, ...found.told] }, stands: found.stands },
    journalOf: (account) => found.journal.filter((fact) => fact.account === account),
    countedOver: (days) => {
      const from = countedFrom(now, days);
      return found.counted.filter(({ at }) => at >= from);
    },
  };
}
