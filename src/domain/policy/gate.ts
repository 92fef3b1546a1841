import type { AccountState, Hold } from '../account/state';
import { addDays } from '../calendar/day';
import { instantOf, localDate } from '../calendar/zone';
import type { Standing } from '../delinquency/standing';
import type { Step, Strategy } from '../strategy/strategy';
import type { Instant, Zone } from '../units';
import type { VisitKnown } from '../visit/leave';
import { barred } from './bars';
import { askLaw, type PolicyKnown } from './law';
import { earliest } from './moment';
import type { PolicyAnswer } from './pack/answer';
import type { Place } from './pack/words';
import { saidBy, voiceToday, type ContactMade } from './together';
import type { Wish } from './wish';

/** What is to go out: one step to one person on one channel, now. */
export interface Question {
  readonly step: Step;
  readonly channel: string;
  readonly now: Instant;
  /** Left out where nobody chooses one: a call takes its own. */
  readonly tone?: number | null;
}

/** What is known when it is asked, read under the locks of the person and the account. */
export interface Known {
  readonly open: boolean;
  readonly account: AccountState;
  readonly standing: Standing;
  /** The person's own zone; null when it is not known: then it must be a good moment wherever the packs hold. */
  readonly zone: Zone | null;
  readonly hasEndpoint: boolean;
  /** Holds of this person alone, on an account that goes on with others. Left out: none. */
  readonly partyHolds?: readonly Hold[];
  /** Contacts of the person's day that named this account, made for another one. Left out: none. */
  readonly named?: readonly ContactMade[];
  /** Contacts of the person's day for other accounts that did not name this one. Left out: none. */
  readonly elsewhere?: readonly ContactMade[];
  /** The person stands on the account in a role that may be asked or told this. Left out: its own person does. */
  readonly addressed?: boolean;
  /** The person has refused the channel. Left out: not. */
  readonly refused?: boolean;
  /** The account's path; null when it is not known: then the rules of every path hold. */
  readonly path: string | null;
  /** When the right person was last spoken to, on any of the person's accounts. */
  readonly spokenAt: Instant | null;
  /** Attempts to reach the person that count: of every account, whoever made them. */
  readonly attempts: readonly PastAttempt[];
  /** What the person asked for: when, where and how not. Left out: nothing. */
  readonly wishes?: readonly Wish[];
  /** Where it would reach the person; null: not known. Left out: at home, as every number of the person's own does. */
  readonly place?: Place | null;
  /** Of a visit: who sets out, and where to. Left out where no team does. */
  readonly visit?: VisitKnown;
  /** What the lender itself has stopped or holds back; null: nothing. Left out where nothing can be. */
  readonly stopped?: Stopped | null;
  /** What the packs need. Left out where the lender names none. */
  readonly policy?: PolicyKnown;
}
/** A switch, old data or an unusual volume stands in the way of all that is like this, until people act. */
export interface Stopped {
  readonly rule: string;
  /** When to ask again. */
  readonly until: Instant;
}
export interface PastAttempt {
  readonly at: Instant;
  readonly channel: string;
}

/** What the packs said, for the evidence; left out where none was asked. */
interface ByLaw {
  readonly law?: PolicyAnswer;
}

export type GateAnswer = ByLaw & Answered;
type Answered =
  | { readonly gate: 'allow' }
  | {
      readonly gate: 'defer';
      readonly until: Instant;
      readonly rule: string;
      /** The lender's own stop, not a rule of time: what is missed under it goes by the strategy's missed rule. */
      readonly stopped?: true;
    }
  /** `channel`: only this one is refused, and another may be free. */
  | { readonly gate: 'block'; readonly rule: string; readonly channel?: true }
  /** Said today by a contact made for another account of the person. */
  | { readonly gate: 'spoken'; readonly rule: string; readonly contact: ContactMade }
  | { readonly gate: 'review'; readonly rule: string };

const LEAST_WAIT_MS = 1000;
/** House and packs take turns: whoever waits is asked again at the end of the wait. */
const MOST_TURNS = 200;

/**
 * The one gate. What bars the contact altogether speaks first; then the packs, of which any may refuse or ask a human;
 * then the rules of time of house and packs together, whose `until` is the earliest moment at which all of them agree
 * and at least a second ahead. `rule` names the one that spoke first.
 */
export function gate(question: Question, known: Known, strategy: Strategy): GateAnswer {
  const bar = barred(question, known, strategy);
  if (bar !== null) return bar;
  const said = saidBy(known.named ?? [], { ...question, tone: question.tone ?? null }, known.spokenAt);
  if (said !== null) return { gate: 'spoken', rule: 'spoken', contact: said };
  if (known.stopped) return { gate: 'defer', ...known.stopped, stopped: true };
  if (known.zone === null && known.policy === undefined) return { gate: 'review', rule: 'zone-unknown' };
  return inTime(question, known, strategy);
}

function inTime(question: Question, known: Known, strategy: Strategy): GateAnswer {
  const { now } = question;
  const first = askLaw(known.policy, now);
  const law = first.law === null ? {} : { law: first.law };
  if (first.says === 'block' || first.says === 'review') return refused(first, law);
  const zones = known.zone !== null ? [known.zone] : (first.law?.zones ?? []);
  // One voice a day: what that one left out speaks from the person's next day on, by all rules of time.
  const [own] = zones;
  const voice = voiceToday(known.elsewhere ?? [], question, known.spokenAt);
  const waits = voice !== null && own !== undefined;
  let at = waits ? instantOf(addDays(localDate(now, own), 1), '00:00', own) : now;
  let spoke: string | null = waits ? 'one-voice' : null;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const from = at;
    for (const zone of zones) {
      const house = earliest({ ...question, now: at }, zone, known, strategy.contact);
      if (house === null) return { gate: 'review', rule: 'no-moment', ...law };
      at = house.at;
      spoke ??= house.rule;
    }
    const said = at === now ? first : askLaw(known.policy, at);
    if (said.says === 'block' || said.says === 'review')
      return refused(said, said.law === null ? {} : { law: said.law });
    if (said.says === 'defer') {
      spoke ??= said.rule;
      at = said.until;
    } else if (at === from) {
      if (at === now) return { gate: 'allow', ...law };
      const least = new Date(Date.parse(now) + LEAST_WAIT_MS).toISOString();
      return { gate: 'defer', until: at > least ? at : least, rule: spoke ?? 'hours', ...law };
    }
  }
  return { gate: 'review', rule: 'no-moment', ...law };
}

type Refused = Extract<ReturnType<typeof askLaw>, { readonly says: 'block' | 'review' }>;

function refused({ says, rule, channel }: Refused, law: ByLaw): GateAnswer {
  if (says === 'review') return { gate: 'review', rule, ...law };
  return { gate: 'block', rule, ...(channel ? { channel } : {}), ...law };
}
