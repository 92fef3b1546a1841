import { step } from './step';

/** What the lender's system is asked to pay back, in minor units of the account's currency; null: nothing of money. */
export const payouts = step(`alter table host_actions add column amount bigint check (amount > 0)`);
