import { step } from './step';

export const paymentsBeforeUs = step(
  // Money that an account had received before it came into the book is credited to nobody, and counted as such.
  'alter table payment_credits drop constraint payment_credits_credited_to_check',
  `alter table payment_credits add constraint payment_credits_credited_to_check
    check (credited_to in ('contact', 'visit', 'agency', 'unprompted', 'before-us'))`,
);
