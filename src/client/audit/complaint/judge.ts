import type { Db } from '../../../book/open-book';
import { addDays } from '../../../domain/calendar/day';
import { localDate, localTime } from '../../../domain/calendar/zone';
import { sameDayLater, LIMITATION_YEARS } from '../../../domain/party/limitation';
import { formatMoney } from '../../../domain/money';
import type { Minor } from '../../../domain/units';
import type { ComplaintKind, Finding, Verdict } from './kinds';
import { contactsOf, factsOfAll, rulesSaid, type Contact, type Fact } from './read';
import { stopsOf, type StopSaid } from './stops';
import { reportsOf } from './reports';

type Said = readonly [Verdict, string];
type Judge = (contact: Contact) => Said;

/** Answers a complaint contact by contact, out of the book alone. A person's accounts, or the one that is meant. */
export async function judgeComplaint(
  db: Db,
  kind: ComplaintKind,
  { accounts, person }: { readonly accounts: readonly string[]; readonly person: string },
): Promise<readonly Finding[]> {
  if (kind === 'reported-unannounced') return reportsOf(db, accounts);
  const contacts = await contactsOf(db, accounts);
  const facts = await factsOfAll(db, accounts);
  const rules = await rulesSaid(db);
  const judges: Readonly<Record<Exclude<ComplaintKind, 'reported-unannounced'>, () => Promise<Judge>>> = {
    'not-mine': async () => notMine(facts, await rolesOn(db, accounts)),
    'paid-already': () => Promise.resolve(paidAlready(facts)),
    'too-often': () => Promise.resolve(tooOften(contacts, (one) => rules(one, ['cap', 'cooldown']))),
    'at-night': () => Promise.resolve(atNight((one) => rules(one, ['window', 'preference']))),
    'others-told': async () =>
      othersTold(facts, await rolesOn(db, accounts), (one) => rules(one, ['third-party', 'conduct'])),
    'after-stop': async () => afterStop(await stopsOf(db, person, facts)),
    'suit-too-old': () => Promise.resolve(suitTooOld(facts)),
  };
  const judge = await judges[kind]();
  return contacts.map((contact) => {
    const [verdict, why] = judge(contact);
    return { ...{ at: contact.at, account: contact.account, what: sayContact(contact) }, verdict, why };
  });
}

const money = ({ currency }: Contact, amount: Minor = 0): string => formatMoney(amount, currency);

const sayContact = ({ step, channel, agency }: Contact): string =>
  `${step} by ${channel}${agency === null ? '' : ` of the agency ${agency}`}`;

/** It has what is complained of: allowed where the gate said why, else a person must look. */
function touched({ gate, agency }: Contact, why: (gate: NonNullable<Contact['gate']>) => string): Said {
  if (gate !== null) return ['allowed', why(gate)];
  return [
    'unexplained',
    agency === null ? 'no answer of the gate is kept' : 'an agency made it without the gate',
  ];
}

function notMine(facts: readonly Fact[], roles: readonly RoleOn[]): Judge {
  return (contact) => {
    const role = roleAt(roles, contact);
    if (role === null) return ['unexplained', 'the person stood on the account in no role'];
    const open = disputesAt(facts, contact);
    if (open.length === 0) return ['in-order', `nothing was disputed; the person stood on it as ${role}`];
    const what = `disputed since ${open.join(', ')}`;
    return touched(
      contact,
      ({ known }) =>
        `${what}; ${money(contact, known?.askable)} of ${money(contact, known?.pastDue)} ${contact.currency} past due was not${contact.purpose === 'notice' ? ', and it was a notice that the law wants' : ''}`,
    );
  };
}

function disputesAt(facts: readonly Fact[], { account, at }: Contact): readonly string[] {
  const open = new Map<string, string>();
  for (const { account: its, event } of facts) {
    if (its !== account || event.at > at) continue;
    if (event.kind === 'dispute-raised') open.set(event.dispute, event.at);
    if (event.kind === 'dispute-resolved') open.delete(event.dispute);
  }
  return [...open.values()];
}

function paidAlready(facts: readonly Fact[]): Judge {
  return (contact) => {
    const day = localDate(contact.at, contact.zone);
    const late = facts.find(
      ({ account, event, receivedAt }) =>
        account === contact.account &&
        event.kind === 'payment' &&
        event.valueDate <= day &&
        (event.at > contact.at || receivedAt > contact.reservedAt),
    );
    if (late !== undefined)
      return touched(
        contact,
        () => `a payment of that day or before was told to the book at ${late.receivedAt}, after the contact`,
      );
    const { pastDue, seq } = contact.gate?.known ?? {};
    if (pastDue === undefined) return touched(contact, () => 'the gate kept no amount');
    const upTo = `with the journal to ${String(seq ?? 0)}`;
    if (pastDue > 0)
      return ['in-order', `${money(contact, pastDue)} ${contact.currency} was past due ${upTo}`];
    return touched(contact, () => `nothing was past due ${upTo}; it was to ${contact.purpose ?? 'remind'}`);
  };
}

function tooOften(
  contacts: readonly Contact[],
  rules: (gate: NonNullable<Contact['gate']>) => string,
): Judge {
  return (contact) => {
    const { person, zone, at } = contact;
    const day = localDate(at, zone);
    // In their order: two of one moment are two.
    const before = contacts.slice(0, contacts.indexOf(contact) + 1).filter((one) => one.person === person);
    const today = before.filter((one) => localDate(one.at, zone) === day).length;
    const week = before.filter((one) => localDate(one.at, zone) > addDays(day, -7)).length;
    const count = `number ${String(today)} of the day and ${String(week)} of seven days`;
    if (today <= 1 && week <= 7) return ['in-order', count];
    return touched(contact, (gate) => `${count}, let go ${rules(gate)}`);
  };
}

function atNight(rules: (gate: NonNullable<Contact['gate']>) => string): Judge {
  return (contact) => {
    const time = localTime(contact.at, contact.zone);
    const there = `${time} in ${contact.zone}`;
    if (time >= '08:00' && time < '21:00') return ['in-order', there];
    return touched(contact, (gate) => `${there}, let go ${rules(gate)}`);
  };
}

function othersTold(
  facts: readonly Fact[],
  roles: readonly RoleOn[],
  rules: (gate: NonNullable<Contact['gate']>) => string,
): Judge {
  return (contact) => {
    const role = roleAt(roles, contact);
    const taken = facts.find(
      ({ account, event }) =>
        account === contact.account &&
        event.kind === 'contact-outcome' &&
        event.step === contact.step &&
        event.code === 'TP' &&
        event.at >= contact.at &&
        event.at < nextDay(contact.at),
    );
    const where = contact.place === 'work' ? ' at work' : '';
    if (role === null) return ['unexplained', 'it went to somebody who stood on the account in no role'];
    if (contact.person === contact.main && where === '' && taken === undefined)
      return ['in-order', 'it went to the debtor'];
    const who = contact.person === contact.main ? 'the debtor' : `a ${role} party`;
    return touched(
      contact,
      (gate) =>
        `it went to ${who}${where}${taken === undefined ? '' : ', and somebody else answered'}, let go ${rules(gate)}`,
    );
  };
}

const nextDay = (at: string): string => new Date(Date.parse(at) + 86_400_000).toISOString();

function afterStop(stops: readonly StopSaid[]): Judge {
  return (contact) => {
    const standing = stops.filter(
      ({ at, until, covers }) =>
        at <= contact.at && (until === null || contact.at <= until) && covers(contact),
    );
    const [stop] = standing;
    if (stop === undefined) return ['in-order', 'nothing that was asked spoke against it'];
    if (stop.recordedAt > contact.reservedAt)
      return touched(
        contact,
        () => `${stop.said} was told to the book at ${stop.recordedAt}, after the contact`,
      );
    if (contact.purpose === 'notice' && contact.channel === 'letter')
      return touched(contact, () => `${stop.said}; a notice that the law wants goes by letter all the same`);
    return ['unexplained', `${stop.said} since ${stop.at}`];
  };
}

/** A letter in the formal tone is what may threaten. [house] */
const FORMAL = 4;

function suitTooOld(facts: readonly Fact[]): Judge {
  return (contact) => {
    if ((contact.tone ?? 0) < FORMAL) return ['in-order', 'it was not in the formal tone'];
    const own = facts.filter(({ account, event }) => account === contact.account && event.at <= contact.at);
    const days = own.flatMap(({ event }): string[] => {
      if (event.kind === 'obligation') return [event.due];
      if (event.kind === 'host-update')
        return event.figures?.oldestDue == null ? [] : [event.figures.oldestDue];
      return event.kind === 'payment' ? [event.valueDate] : [];
    });
    const from = days.sort().at(-1);
    if (from === undefined) return touched(contact, () => 'when the debt fell due is not in the journal');
    const last = sameDayLater(from, 12 * LIMITATION_YEARS);
    const day = localDate(contact.at, contact.zone);
    if (day <= last) return ['in-order', `counted from ${from} the claim lasted to ${last} at least`];
    return ['unexplained', `three years from ${from} were over; look at the clock of the law that holds`];
  };
}

interface RoleOn {
  readonly account: string;
  readonly person: string;
  readonly role: string;
  readonly since: string;
  readonly until: string | null;
}

function rolesOn(db: Db, accounts: readonly string[]): Promise<RoleOn[]> {
  if (accounts.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('parties')
    .select(['account', 'person', 'role', 'since', 'until'])
    .where('account', 'in', [...accounts])
    .execute();
}

function roleAt(roles: readonly RoleOn[], { account, person, main, at, zone }: Contact): string | null {
  if (person === main) return 'main';
  const day = localDate(at, zone);
  return (
    roles.find(
      (one) =>
        one.account === account &&
        one.person === person &&
        one.since <= day &&
        (one.until === null || day <= one.until),
    )?.role ?? null
  );
}
