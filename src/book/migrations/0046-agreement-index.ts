import { step } from './step';

/** The morning report counts agreements that run: few of many facts. */
export const agreementIndex = step(
  `create index journal_agreements on journal (account) where kind in ('agreement', 'agreement-ended')`,
);
