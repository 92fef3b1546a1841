/** What a figure counts. `amount` is in minor units of one currency; currencies are never added up. */
export type Unit = 'accounts' | 'amount' | 'count' | 'percent' | 'people' | 'promises' | 'minutes' | 'ratio';

export interface Definition {
  readonly title: string;
  readonly means: string;
  readonly unit: Unit;
}

const of = (title: string, unit: Unit, means: string): Definition => ({ title, unit, means });

/**
 * Every figure of the reports, each defined by one sentence (ladders 14.1), which is printed beside it. "The day" is
 * the last closed day, the one before the morning of the report.
 */
export const DEFINITIONS = {
  'files-missing': of(
    'files missing',
    'count',
    'days of the last seven on which a file of that feed was due by the settings of its watched folder, and none was taken',
  ),
  // Stock
  'stock-accounts': of('accounts', 'accounts', 'open accounts at the close of the day'),
  'stock-past-due': of('past due', 'amount', 'unpaid parts whose due date lies before the day, at its close'),
  'stock-balance': of('balance', 'amount', 'everything owed at the close of the day, due or not'),
  held: of(
    'under a hold',
    'accounts',
    'open accounts with a hold of that kind in force at the close of the day',
  ),
  'promises-open': of('open promises', 'accounts', 'open accounts with a promise that is not judged yet'),
  'agreements-open': of(
    'agreements running',
    'count',
    'plans, settlements, waivers and other relief of open accounts, by kind, that were agreed by the close of the day and neither paid, broken, over nor taken back by then',
  ),
  untouched: of(
    'without an attempt in 7 days',
    'accounts',
    'late open accounts for which no attempt was made on the day or the six days before it',
  ),
  ownerless: of(
    'without an owner',
    'accounts',
    'accounts in negotiation or field-visit whose person no member of staff owns who is there, as they last reported',
  ),
  // Flow
  'entry-rate': of(
    'entry rate',
    'percent',
    "accounts that became late in the 30 days up to the day ÷ accounts that fell due in them by the host's files",
  ),
  'host-due': of('accounts due', 'accounts', "accounts that fell due in those 30 days by the host's files"),
  'flow-through': of(
    'flow-through',
    'percent',
    'product of the rolls M1 to M6: what of the balance in M1 becomes loss at the pace of this month',
  ),
  enrolled: of('enrolled', 'accounts', 'accounts that came into the book not late'),
  'taken-over': of('taken over late', 'accounts', 'accounts that were late when they came into the book'),
  late: of('newly late', 'accounts', 'accounts that became past due beyond grace and tolerance'),
  cured: of(
    'cured',
    'accounts',
    'late accounts with nothing late any more, after contact with a person or a visit',
  ),
  'self-cured': of(
    'self-cured',
    'accounts',
    'late accounts with nothing late any more before any human contact or visit',
  ),
  worse: of('worse', 'accounts', 'late accounts that went to a higher bucket'),
  better: of('better', 'accounts', 'late accounts that went to a lower bucket and are still late'),
  'written-off': of('written off', 'accounts', 'accounts that were written off; the debt lives on'),
  'exit-settled': of('settled', 'accounts', 'accounts closed because a settlement was kept'),
  'exit-sold': of('sold', 'accounts', 'accounts closed because the debt was sold'),
  'exit-closed': of(
    'closed otherwise',
    'accounts',
    'accounts closed because nothing is owed or it is given up',
  ),
  'exit-cured': of(
    'left after the watch days',
    'accounts',
    'cured accounts closed when their watch days were over',
  ),
  reopened: of('reopened', 'accounts', 'closed accounts that were opened again, as when money came back'),
  roll: of(
    'roll',
    'percent',
    'of the balance in the bucket at the start of the cycles (a loan: months) that ended this month, what was in a higher one at the start of the next; both ends from snapshots',
  ),
  'roll-back': of('roll-back', 'percent', 'of that balance, what was in a lower bucket but still late'),
  cure: of('cure', 'percent', 'of that balance, what had nothing late any more or had left the book'),
  'roll-target': of('roll target', 'percent', 'the roll that the capacity document sets as target'),
  'roll-number': of('roll by number', 'percent', 'the roll by number of accounts instead of balance'),
  'roll-running': of(
    'roll to date',
    'percent',
    'of the balance in the bucket at the start of the cycles that are running, what stands in a higher one now',
  ),
  'gap-accounts': of(
    'stop-roll gap',
    'accounts',
    'accounts whose bucket rises within so many days if nothing is paid, without an open promise',
  ),
  'gap-past-due': of('stop-roll gap, past due', 'amount', 'what is past due on those accounts'),
  // Yesterday
  attempts: of(
    'attempts',
    'count',
    'contacts that went out or may have gone out; what was certainly not sent counts nowhere',
  ),
  delivered: of('delivered', 'count', 'attempts of the day whose receipt says delivered'),
  undelivered: of('undelivered', 'count', 'attempts of the day whose receipt says anything else'),
  'attempts-unknown': of(
    'end unknown',
    'count',
    'attempts of the day of which nobody knows whether they went out',
  ),
  answered: of('answered', 'count', 'results of calls in which anybody answered'),
  rpc: of(
    'right-party contacts',
    'count',
    'results in which the right person was on the line, and visits that met the person',
  ),
  'promises-made': of('promises made', 'promises', 'promises accepted, with date, amount and way to pay'),
  'promises-made-amount': of('promised', 'amount', 'sum of the promises accepted'),
  'promises-kept': of(
    'promises kept',
    'promises',
    'promises judged as kept by date, kept within grace, or overpaid',
  ),
  'promises-partial': of(
    'promises kept in part',
    'promises',
    'promises of which half or more came in by the end of grace',
  ),
  'promises-broken': of(
    'promises broken',
    'promises',
    'promises judged as broken, and kept ones whose money came back that day',
  ),
  'agreements-made': of('agreements made', 'count', 'offers that became agreements on the day, by kind'),
  waived: of(
    'given up',
    'amount',
    'what the offers accepted or approved on the day give up if they are kept, by the role that agreed',
  ),
  'waiver-budget': of(
    'waiver budget used',
    'percent',
    "given up or held for an approval in the month ÷ the role's budget of the month; what was broken or void is given back",
  ),
  payments: of('payments', 'count', 'payments posted that became known on the day'),
  'payments-amount': of('paid', 'amount', 'sum of those payments; what came back later is a line of its own'),
  reversals: of('payments taken back', 'count', 'payments returned or charged back on the day'),
  'reversals-amount': of('taken back', 'amount', 'sum of the payments taken back'),
  announced: of(
    'announced payments',
    'count',
    'payments announced and not posted: they rest contact and cure nothing',
  ),
  'late-reasons': of('reasons for being late', 'count', 'reason codes given after right-party contacts'),
  cost: of(
    'cost of treatment',
    'amount',
    'attempts by channel and talks with the right person, each at the cost of the capacity document',
  ),
  worked: of('accounts worked', 'accounts', 'accounts for which anything was attempted on the day'),
  penetration: of('penetration', 'percent', 'accounts worked ÷ late accounts at the close of the day'),
  intensity: of('intensity', 'ratio', 'attempts ÷ accounts worked'),
  'contact-rate': of('contact rate', 'percent', 'answered ÷ attempts, of calls and visits'),
  'rpc-rate': of('right-party rate', 'percent', 'right-party contacts ÷ attempts, of calls and visits'),
  'promise-rate': of('promise rate', 'percent', 'promises made ÷ right-party contacts'),
  'credited-share': of('share credited', 'percent', 'money credited there ÷ all money of the days'),
  // Today
  'seats-used': of(
    'people and machines',
    'percent',
    'minutes or pieces that the plan of the day asks for ÷ what can be done, before the cut',
  ),
  appointments: of('appointments', 'count', 'call-backs and follow-up visits that were agreed for the day'),
  'promises-broken-before': of(
    'promises broken the day before',
    'promises',
    'promises judged as broken on the last closed day',
  ),
  planned: of('planned', 'count', 'steps that the core says come due, by the last plan made for the day'),
  'planned-cut': of(
    'cut',
    'count',
    'planned steps above capacity: to a cheaper channel, to another day, or left out',
  ),
  'promises-due': of('promises due today', 'promises', 'open promises for the day of the report'),
  'promises-due-amount': of('due by promise', 'amount', 'sum of those promises'),
  'tasks-due': of('work for people', 'count', 'open tasks whose day has come, by kind'),
  // Conduct
  'gate-block': of('refused by the gate', 'count', 'contacts that the gate blocked, by rule'),
  'gate-defer': of('deferred by the gate', 'count', 'contacts that the gate put off, by rule'),
  'gate-review': of('left to a person', 'count', 'contacts that the gate could not decide by rule'),
  'near-cap': of(
    'people near a cap',
    'people',
    'people with at most one attempt left of a cap of three or more',
  ),
  complaints: of('complaints', 'count', 'complaints told and complaint holds set on the day'),
  'complaints-open': of(
    'complaints open',
    'accounts',
    'open accounts with a complaint hold in force at the close of the day',
  ),
  'complaint-rate': of(
    'complaints per 10,000 contacts',
    'ratio',
    'complaints of the 30 days up to the day ÷ attempts of those days × 10,000',
  ),
  'due-3-days': of(
    'complaints and disputes due in 3 days',
    'count',
    'complaint holds that end, and open tasks of disputed or complaining accounts that fall due, within three days',
  ),
  disputes: of('disputes raised', 'count', 'disputes raised on the day'),
  'disputes-open': of(
    'disputes open',
    'count',
    'disputes raised by the close of the day and not resolved by then',
  ),
  'opt-outs': of('opt-outs', 'count', 'people who asked on the day not to be contacted'),
  'notices-undelivered': of(
    'notices undelivered',
    'count',
    'letters and notices known on the day not to have arrived',
  ),
  // Agencies and law
  placed: of('placed with agencies', 'accounts', 'open accounts under a placement at the close of the day'),
  'recall-7-days': of(
    'placements to recall this week',
    'accounts',
    'open accounts whose placement ends within seven days of the morning',
  ),
  'agency-silent': of(
    'agencies below service',
    'accounts',
    'accounts under a placement for ten days or more of which no result, payment or promise was told since',
  ),
  'agency-placed': of(
    'placed',
    'amount',
    'balance of the batch at the close of the day on which it was placed',
  ),
  'agency-liquidation': of(
    'agency liquidation',
    'percent',
    'money credited to the placement with a value date within so many days of it ÷ balance placed; an age is shown when all of the batch has reached it',
  ),
  'limitation-90-days': of(
    'limitation under 90 days',
    'accounts',
    'open accounts whose claim ends within 90 days: as the lender says, else three years after the due date or what last interrupted it',
  ),
  'cases-waiting': of('cases waiting', 'count', 'legal cases drafted and not decided by a person'),
  'work-7-days': of(
    'due within 7 days',
    'count',
    'open tasks of agencies and law that fall due within seven days',
  ),
  // Vintage, kept, cost
  'ever-30': of(
    'ever 30+',
    'percent',
    'of the accounts of the cohort, those that had been 30 days past due by that age',
  ),
  'ever-60': of(
    'ever 60+',
    'percent',
    'of the accounts of the cohort, those that had been 60 days past due by that age',
  ),
  'ever-90': of(
    'ever 90+',
    'percent',
    'of the accounts of the cohort, those that had been 90 days past due by that age',
  ),
  liquidation: of(
    'liquidation',
    'percent',
    'payments, less what came back, with a value date within so many days of entry ÷ balance at entry',
  ),
  'kept-rate': of(
    'kept rate',
    'percent',
    'promises kept, kept in grace or overpaid ÷ promises judged, by number',
  ),
  'kept-rate-amount': of(
    'kept rate by amount',
    'percent',
    'what was paid for promises judged, at most what was promised, ÷ what was promised',
  ),
  received: of(
    'received',
    'amount',
    'payments that became known in the period, less what was taken back in it',
  ),
  credited: of(
    'credited',
    'amount',
    'payments by value date in the period that did not come back by its end, each once: to the last talk, visit or agency within the days of the strategy, else unprompted; before-us stood on the account when it came into the book',
  ),
  'credited-payments': of('payments credited', 'count', 'the same, by number'),
  'cost-of-a-unit': of(
    'cost of a unit',
    'ratio',
    'all treatment cost ÷ money received, both of the period; says nothing about what would have come anyway',
  ),
} as const satisfies Readonly<Record<string, Definition>>;

export type FigureName = keyof typeof DEFINITIONS;

export const FIGURES: Readonly<Record<FigureName, Definition>> = DEFINITIONS;
