import { step } from './step';

/** Whether a number or address is the person's own or that of the work: who asks not to be reached at work is not. */
export const wishes = step(`alter table endpoints add place text check (place in ('home', 'work'))`);
