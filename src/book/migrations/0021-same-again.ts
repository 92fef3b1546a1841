import { step } from './step';

/** A file that is byte for byte that of another day and was taken all the same; the currency of money that waits. */
export const sameAgain = step(
  `alter table feeds
    add column same_as text references feeds,
    add column same_by text`,
  'alter table host_facts add column currency text',
);
