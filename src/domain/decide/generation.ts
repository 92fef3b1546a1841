/**
 * The number of this decision core. An account keeps the generation that its run started with; a change that can alter
 * a decision is written as `account.generation >= n ? new : old`, raises this number, and takes hold at the next
 * continue-as-new. Old branches go when no run carries them.
 */
export const GENERATION = 3;

/** From here on a moment at which nothing would be done sets no timer (wake.ts). */
export const LOOKS_AHEAD = 2;

/** From here on money and holds that begin on a later day wake the account on that day (wake.ts). */
export const WAKES_AHEAD = 2;

/** From here on a step of no stage is left out when nothing is past due (hindrance.ts). */
export const ASKS_FOR_DEBTS_ONLY = 2;

/** From here on a notice whose day was lost by a change of path or of the oldest debt is caught up (occurrence.ts). */
export const REGAINS_NOTICES = 2;

/** From here on what a hold put off may go as soon as the hold is gone, however it went (decide.ts). */
export const FOLLOWS_RELEASE = 2;

/** From here on a promise has no money that was there before it, and none that has not come yet (promise/judge.ts). */
export const OWN_MONEY = 2;

/** From here on a promise of what is no longer owed is cancelled, not broken (decide.ts). */
export const NOTHING_TO_KEEP = 2;

/** From here on a notice that was never handed over is tried again (record-result.ts). */
export const TRIES_NOTICES_AGAIN = 2;

/** From here on contacts that a payment crossed are marked, and who was never late has no history of it (crossed.ts). */
export const MARKS_CROSSED = 2;

/** From here on a run may grow longer before it continues as new (workflows/account.ts). */
export const LONGER_RUNS = 2;

/** From here on what was stopped by a switch and missed its day goes by the strategy's own missed rule (hindrance.ts). */
export const MISSED_WHILE_STOPPED = 3;
/** From here on no promise is judged broken while the host's snapshot has the account no more (decide.ts). */
export const LEFT_IS_NOT_BROKEN = 3;

/** From here on a segment may fall at a new cycle, by the strategy's own rule (segment-fall.ts). */
export const SEGMENTS_FALL = 3;

/** From here on the same step left out again for the same reason is summed up in its note (record.ts). */
export const SUMS_UP_SKIPS = 3;

/** From here on a message whose activity failed is asked for again: the book knows what went out (workflows/perform.ts). */
export const ASKS_THE_BOOK_AGAIN = 3;

/** From here on a promise whose money the bank takes back is marked as broken on that day (account/reversal.ts). */
export const RETURN_BREAKS = 3;

/** From here on an account in a stage is not closed as cured: a pre-due list may have picked it again (decide.ts). */
export const STAGED_IS_NOT_CURED = 3;

/** From here on host figures that are late open an account that was closed as cured (account/reopening.ts). */
export const OPENS_LATE_AGAIN = 3;

/** From here on a step that another account's contact did is remembered with that contact (record-result.ts). */
export const SPEAKS_TOGETHER = 3;

/** From here on arrears of the host that fall due only later wake the account when they do (wake.ts). */
export const HOST_ARREARS_AHEAD = 3;

/** From here on claims and debits are known one by one, and contact rests for them (quiet/silence.ts). */
export const KNOWS_PAYMENTS_IN_TIME = 3;

/** From here on money that counts from an earlier day corrects what was concluded meanwhile (look-back.ts). */
export const LOOKS_BACK = 3;

/**
 * From here on a promise may have parts, stand beside others and be given by another party; its days stand still under
 * a hold that stops the count, no money fills two, and each way it ends leaves a mark of its own (account/promise.ts).
 */
export const PROMISES_WHOLE = 3;

/**
 * From here on a dispute may name items, the same one that was rejected freezes nothing, and its days do not count for
 * the ladder afterwards either (account/dispute.ts, delinquency/standing.ts).
 */
export const DISPUTES_WHOLE = 3;

/** From here on an account folded anew in a rehearsal is not earlier than the figures that it has (workflows/account.ts). */
export const FOLDED_UP_TO_FIGURES = 3;

/** From here on an account keeps no more facts of the host than it has room for (account/facts-kept.ts). */
export const KEEPS_FEW_FACTS = 3;
/** From here on a death does not hold what a step tells the heirs (hindrance.ts). */
export const TELLS_HEIRS = 3;
/** From here on the books of a loan that was given whole are kept, and a loan may be called in (ledger/of-account.ts). */
export const KEEPS_LEDGER = 3;
/** From here on what was agreed rests collection, and is watched and judged (agreement/judge.ts). */
export const AGREES = 3;

/** From here on a hold may be of some parts of the debt, and a fact may end one by itself (account/hold.ts). */
export const HOLDS_WHOLE = 3;
/** From here on a fact that needs the staff is taken from the book only (workflows/inbox.ts). */
export const STAFF_IN_THE_BOOK = 3;
/** From here on the record of another segment says what made it (decide.ts). */
export const SAYS_SEGMENTS = 3;
/** From here on a run hands less to the next one: nothing that is empty, nor how a promise was given (account/lean.ts). */
export const CARRIES_LESS = 3;
