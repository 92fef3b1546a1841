/** How a fact's values are written and compared. Money stands in minor units once it is compiled. */
export type FactType = 'money' | 'number' | 'days' | 'flag' | 'text';

export interface FactMeaning {
  readonly type: FactType;
  readonly means: string;
}

/** Facts that the engine knows about every account. A flag that nobody set is not set; any other unknown fails its test. */
export const FACTS: Readonly<Record<string, FactMeaning>> = {
  product: { type: 'text', means: 'credit_card or consumer_loan' },
  digit: { type: 'number', means: '00 to 99, stable for the person: experiments cut along it' },
  past_due: { type: 'money', means: 'what is unpaid and past its due date' },
  askable: { type: 'money', means: 'past due less what is disputed' },
  balance: { type: 'money', means: 'everything that is owed' },
  oldest_due_amount: { type: 'money', means: 'what is unpaid of the oldest part' },
  next_amount: { type: 'money', means: 'what falls due next' },
  dpd: { type: 'days', means: 'days past due as the ladder counts them' },
  contract_dpd: { type: 'days', means: 'days past due by the contract, never shortened' },
  cycles: { type: 'number', means: 'number of parts not covered' },
  bucket: { type: 'number', means: 'M-number, by cycles or by days as the strategy counts' },
  worst_bucket: { type: 'number', means: 'highest M-number in this episode' },
  tone_floor: { type: 'number', means: 'tone below which nothing is said any more in this episode, 0 to 4' },
  late: { type: 'flag', means: 'past due beyond grace and tolerance' },
  in_grace: { type: 'flag', means: 'past due, and still within grace' },
  days_to_due: { type: 'days', means: 'days until the next due date' },
  segment: { type: 'text', means: 'segment the account is in' },
  path: { type: 'text', means: 'path the account takes' },
  stage: { type: 'text', means: 'stage the account is in' },
  days_in_stage: { type: 'days', means: 'days since the stage began' },
  written_off: { type: 'flag', means: 'written off in the books; the debt lives on' },
  promises_broken_60d: { type: 'number', means: 'promises broken in the last 60 days' },
  promises_broken_90d: { type: 'number', means: 'promises broken in the last 90 days' },
  promises_broken_6m: { type: 'number', means: 'promises broken in the last 180 days' },
  pay_now_only: { type: 'flag', means: 'too many promises were broken: no promise is taken any more' },
  promise_open: { type: 'flag', means: 'a promise is open' },
  disputed: { type: 'flag', means: 'a dispute is open' },
  contacts: { type: 'number', means: 'attempts to reach the person' },
  rpc_count: { type: 'number', means: 'conversations with the right person' },
  visits: { type: 'number', means: 'visits made' },
  unanswered: { type: 'number', means: 'attempts since anybody answered' },
  days_since_rpc: { type: 'days', means: 'days since the last conversation with the right person' },
  ability: {
    type: 'text',
    means: 'low, middle or high, from income, utilisation and budget as far as known',
  },
  willingness: { type: 'text', means: 'low, middle or high, from contacts, promises and refusals' },
  quadrant: {
    type: 'text',
    means:
      'able-willing, able-unwilling, unable-willing, unable-unwilling or unknown; low is one side of each',
  },
  'facts.late_reason': { type: 'text', means: 'why the person is late, as said in the last conversation' },
  autopay: { type: 'flag', means: 'what is due is debited from an account' },
  pre_due_list: { type: 'flag', means: 'the host picked the account to be reminded before it is due' },
  early_warning: { type: 'flag', means: 'the host sees signs that it will be late' },
};

/** Families of facts: `mark.hardship`, `days_since.hardship`, `done.C20`, `hold.deceased`. */
export const FACT_FAMILIES: Readonly<Record<string, FactMeaning>> = {
  mark: { type: 'flag', means: 'something happened that steps are anchored to' },
  days_since: { type: 'days', means: 'days since it happened' },
  score: { type: 'number', means: 'the last score of the model of that name' },
  score_age: { type: 'days', means: 'days since the day that the last score of that model is of' },
  done: { type: 'flag', means: 'the step of that name was done' },
  hold: { type: 'flag', means: 'a hold of that type is in force' },
};

/**
 * Events that leave their day behind, for `mark:NAME` anchors, `mark.NAME` and `days_since.NAME`. A delivery leaves
 * STEP.delivered, STEP.undelivered or STEP.arrived; the result of a task or of a host's work leaves STEP.RESULT.
 */
export const MARKS: Readonly<Record<string, string>> = {
  contact: 'the last contact went out',
  rpc: 'a conversation with the right person',
  'debit-result': 'the result of a debit came in',
  'debit-paid': 'a debit was paid',
  'debit-failed': 'a debit failed',
  'debit-missing': 'the result of a debit did not come in time',
  promised: 'a promise was accepted',
  'promise-broken': 'a promise was broken',
  'promise-partial': 'a promise was kept in part, half or more',
  'promise-kept': 'a promise was kept, in whatever way',
  'promise-full': 'a promise was kept in time',
  'promise-kept-late': 'a promise was kept within its grace',
  'promise-overpaid': 'more was paid than was promised',
  'promise-arrears': 'a promise was kept, and something is past due all the same',
  'promise-bounced': 'the money for a kept promise came back',
  'pay-on-behalf': 'somebody else said that he will pay',
  hardship: 'the person cannot pay',
  intention: 'the person will pay, without date or amount',
  'paid-claim': 'the person says it is paid, and contact rests for it',
  disputed: 'the person disputes the debt',
  refused: 'the person refuses to pay',
  cease: 'the person asks not to be contacted',
  'call-back': 'the day on which the person asked to be called',
  vulnerable: 'illness or distress was heard',
  representative: 'someone claims to act for the person',
  'said-dead': 'the person was said to have died',
  inbound: 'the person called or wrote',
  'invalid-number': 'a number is invalid',
  'wrong-number': "a number is somebody else's",
  'third-party': 'a third party answered',
  unreachable: 'no way is left to reach the person',
  visited: 'a visit was made',
  'agreed-plan': 'a plan was agreed on at a visit',
  moved: 'a visit found that the person has moved',
  'not-there': 'a visit found nobody',
  threatened: 'a visiting team was threatened',
  'follow-up': 'the day that was agreed on at a visit',
  segment: 'the account came into its segment',
};
