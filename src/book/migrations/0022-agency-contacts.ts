import { step } from './step';

/** Contacts that an agency made and told of: they stand among the attempts, so that every account's caps see them. */
export const agencyContacts = step('alter table attempts add column agency text');
