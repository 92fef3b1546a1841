import type { Scalar } from '../units';
import type { Why } from './decision';

/**
 * Every reason the core can give, as a sentence for people. `{name}` is filled from the why-record's arguments.
 * Records carry the code and the arguments only, so that histories stay small.
 */
export const REASONS = {
  'step-due': '{title} is due: {offset} from {anchor}.',
  'step-late': '{title} was due on {dueOn} and is caught up by its own rule.',
  'step-first': '{title} goes first: the law wants it before what follows.',
  'step-ready': '{title} was put off and may go now.',
  chase: 'No outcome of {step} by {until}: a supervisor is asked.',
  'skip-condition': '{step} is left out: {condition} does not hold.',
  'skip-held': '{step} is left out: a {hold} hold stops it.',
  'skip-promise': '{step} is left out: a promise for {date} is open.',
  'skip-pending': '{step} is left out: a payment is announced until {until}.',
  'skip-claimed': '{step} is left out: the person says that it is paid, until {until}.',
  'skip-complained': '{step} is left out: a complaint rests contact until {until}.',
  'skip-debit': '{step} is left out: the result of the debit is not known.',
  'skip-debited': '{step} is left out: the debit was made, and may be posted until {until}.',
  'claim-rests': 'The person says that it is paid: contact rests until {until}, and somebody looks for it.',
  'claim-again':
    'The person says again that it is paid: since {on}, less than {days} days ago, that rests nothing.',
  'debit-missing': 'Nothing was heard of the debit of {due} in {days} business days: a person is asked.',
  'wait-debit': 'The result of the debit of {due} is awaited until {on}.',
  'skip-paid': '{step} is left out: nothing is past due.',
  'skip-disputed': '{step} is left out: the whole debt is disputed.',
  'skip-late': '{step} was due on {dueOn}, which has passed; its rule is not to catch up.',
  'skip-stage': '{step} was due on {dueOn}; the account has left its stage.',
  'skip-worth': '{step} is not worth its cost of {cost} for {pastDue} past due.',
  crossed: '{step} of {on} crossed a payment that counts from before it: it was not needed.',
  'look-back': 'Money counts from {from}, before it was told: what was concluded since is looked at again.',
  'promise-kept-after-all':
    'The promise of {amount} for {date} was kept: the money counts from within its days.',
  'episode-in-time': 'What was paid counts from within the grace: the account was never late.',
  'put-off': '{step} waits: {because}.',
  segment: 'The account is in segment {segment} and takes path {path}.',
  'segment-because': 'The account is in segment {segment} and takes path {path}, no more {from}: {because}.',
  'segment-fall': 'At the new cycle segment {segment} fits; the account falls to path {path}: {because}.',
  review: 'At the new cycle segment {fits} fits; the account stays in {segment}.',
  'stage-enter': 'Stage {stage}: {dpd} days past due on path {path}.',
  'stage-leave': 'The account left stage {from}: {pastDue} past due, {dpd} days.',
  'episode-start': 'An episode began: {pastDue} past due since {due}.',
  'episode-cured': 'Nothing is past due beyond tolerance; {watchDays} days of watch run.',
  'episode-again': 'Late again within the watch days: the same episode goes on.',
  'episode-re-anchored': 'The oldest unpaid due date is now {due}; steps count from it.',
  'promise-kept': 'The promise of {amount} for {date} was kept.',
  'promise-kept-late': 'The promise of {amount} for {date} was kept within its grace.',
  'promise-partial': 'Of the promise of {amount} for {date}, {paid} was paid.',
  'promise-overpaid': 'The promise of {amount} for {date} was kept with {paid}.',
  'promise-broken': 'The promise of {amount} for {date} was broken: {paid} was paid by {until}.',
  'promise-cancelled': 'The promise of {amount} for {date} has nothing left to keep: nothing is past due.',
  'promise-accepted': 'The promise of {amount} by {date} is accepted.',
  'promise-needs-terms': 'A promise needs a date, an amount and a way to pay; this is noted as an intention.',
  'promise-third-party': "A third party's word is noted; only the person who owes can promise.",
  'promise-past': 'The date {date} has passed.',
  'promise-too-far': 'The date {date} is after {latest}, the last day that may be promised.',
  'promise-crosses-due':
    'The date {date} is after the next due date {nextDue}, which the amount does not cover.',
  'promise-too-small': 'The amount {amount} is less than {least}, the least that may be promised.',
  'promise-pay-now': '{count} promises were broken in {days} days: only paying now is offered.',
  'promise-open': 'A promise of {amount} for {date} is open, and no more than {most} may be at once.',
  'promise-agreed': 'A {kind} agreed on {since} is kept: its dates are what is promised.',
  'promise-too-many-parts': 'It has {parts} parts; {most} is the most that a promise may have.',
  'promise-no-rest': 'There is no rest of that promise that could be promised once more.',
  'skip-agreement': '{step} is left out: a {kind} agreed on {since} is kept.',
  'wait-agreement': 'The {kind} is looked at on {on}.',
  'agreement-kept': 'The {kind} is kept: nothing is missing.',
  'agreement-over': 'The {kind} is over: its days have passed.',
  'plan-missed': 'Instalment {n} of {of} was missed; the plan goes on.',
  'plan-breached':
    '{missed} instalments were missed: the plan is breached, and is good again if paid by {until}.',
  'plan-repaired': 'What was missed of the plan has come: it goes on.',
  'plan-broken':
    'The plan is broken: {missed} instalments were missed. The ladder goes on where its due dates put it.',
  'plan-done': 'The plan is paid.',
  'settlement-done': 'The settlement is paid: {waived} is given up, and nothing more is owed.',
  'settlement-broken':
    'The settlement is broken: the whole debt of {debt} is owed again, less what was paid since.',
  'waiver-done': 'The rest has come: {waived} is given up.',
  'waiver-void': 'The rest did not come by its day: the waiver of {waived} is void.',
  'offer-closed': 'The account is closed.',
  'offer-nothing-due': 'Nothing is past due.',
  'offer-not-offered': 'The strategy offers no {kind} on path {path}.',
  'offer-condition': 'The offer {rule} is not open: {condition} does not hold.',
  'offer-over-debt': 'The amount {amount} is more than the debt of {debt}.',
  'offer-under-due': 'The amount {amount} does not cover what is past due: {pastDue}.',
  'offer-too-long': 'The {kind} is too long: at most {longest} {unit}.',
  'offer-counts': 'There are no plans of {count} instalments, but of {counts}.',
  'offer-rate': 'A rate of {rate} a year is above {highest}.',
  'offer-first':
    'The first instalment, {instalment} on {first}, does not fit: by {by}, and at least {least}.',
  'offer-instalment-small': 'An instalment of {instalment} is below {least}, the least there is.',
  'offer-impossible': 'That cannot be agreed: {reason}.',
  'offer-replanned': 'The plan was made anew {times} times already.',
  'offer-replan': 'The running plan is made anew after {kept} kept instalments.',
  'offer-replan-early':
    'Only {kept} of {wanted} instalments were kept: making the plan anew needs proof, and {by} to approve.',
  'offer-again': 'A plan of {since} was broken: a second one of the same debt needs {by} to approve.',
  'offer-plan-fits': '{count} instalments from {first}, the first of {instalment}: {total} in all ({rule}).',
  'offer-fits': 'The {kind} is within the rule {rule}.',
  'offer-once': 'There was a {kind} on {on}: once in {days} days.',
  'offer-no-settlement':
    '{amount} settles nothing of a debt of {debt}: it is the whole, or leaves costs unpaid.',
  'offer-dates': 'The days must lie from {day} on and follow one another.',
  'offer-settle-by': 'A settlement is paid by {by}, in at most {most} parts.',
  'offer-able': 'At {affordable} a month the whole debt of {debt} is paid in {months} months: no settlement.',
  'offer-settlement-fits': '{amount} for the debt of {debt}; {waived} is given up once it has come ({rule}).',
  'offer-components':
    'The host did not say what of the debt is charges and interest: nothing can be given up.',
  'offer-waives-all': '{amount} is all that is past due, {pastDue}: that is no waiver.',
  'offer-waiver-open': 'A waiver is open already.',
  'offer-late': '{by} is too late: the rest must come by {latest}.',
  'offer-waiver-fits': '{amount} is given up if {paid} comes by {by}.',
  'offer-review': 'The review must lie after {day}.',
  'offer-hardship': 'The household can carry {affordable} a month; it is looked at again on {on}.',
  'offer-rested': 'Contact has rested for counselling once already.',
  'offer-relief': 'Nothing is left to pay with: relief, not a plan.',
  'offer-approval': '{by} must approve it.',
  'offer-answered': 'The offer {offer} of a {kind} was answered: {answer}.',
  'offer-unknown': 'Nobody of the staff asked for this offer.',
  'offer-later': 'The book could not be asked; ask again.',
  'waiver-within-authority': 'It is within the authority of whoever asks.',
  'waiver-needs-checker': 'It is so much, or of the principal, that a second person must check it.',
  'waiver-beyond-authority': 'It is beyond the share that the role may give up.',
  'waiver-beyond-cap': 'It is beyond what the role may give up in a case and 12 months.',
  'waiver-beyond-budget': "It is beyond what is left of the role's budget this month.",
  'waiver-one-a-year': 'The person had a waiver in the last 12 months.',
  'waiver-asked-again': 'It was asked for less than 30 days ago: asking again does not raise the offer.',
  'waiver-nothing-to-give-up': 'There is not so much that can be given up.',
  'waiver-nobody-may': 'Nobody may give up so much on this account.',
  'promise-nothing-due': 'Nothing is past due.',
  'promise-closed': 'The account is closed.',
  'campaign-ended': 'The campaign {step} ended without a result.',
  'close-cured': 'Nothing was past due for {watchDays} days: the account is cured.',
  'close-asked': 'The account was closed as {reason}.',
  'wait-step': 'Next: {title} on {on}.',
  'wait-stage': 'Next: stage {stage} may begin on {on}.',
  'wait-promise': 'A promise for {date} is judged on {on}.',
  'wait-hold': 'A {hold} hold ends on {until}.',
  'wait-hold-begins': 'A {hold} hold begins on {from}.',
  'wait-value': 'Money that was told counts from {on}.',
  'wait-watch': 'The watch days end on {on}.',
  'wait-task': 'An outcome of {step} is awaited until {on}.',
  'wait-due': 'The next part falls due on {due}.',
  'wait-put-off': '{step} may go on {on}.',
  'wait-nothing': 'Nothing is due; the account waits for news.',
  'wait-circle': 'The strategy turns in a circle here: the account looks again tomorrow.',
} as const;

export type Reason = keyof typeof REASONS;

/** A why-record; only the arguments that are known are kept. */
export function why(code: Reason, args: Readonly<Record<string, Scalar | null | undefined>> = {}): Why {
  const known: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(args))
    if (value !== null && value !== undefined) known[name] = value;
  return { code, args: known };
}

/** The sentence of a why-record. An argument that is missing shows as its name, a code of an older core as itself. */
export function sentence(record: Why): string {
  const says = record.code === 'segment' && record.args['because'] !== undefined;
  const text: string = REASONS[says ? 'segment-because' : (record.code as Reason)] ?? record.code;
  const filled = text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(record.args[name] ?? name));
  return filled.replace(/(?<![\d.,-])1 days\b/g, '1 day');
}
