import type { NewParty } from '../../../book/parties';
import { endMandate } from '../../../book/mandates';
import { personOf, type NewPerson } from '../../../book/people';
import { addDays, isIsoDate } from '../../../domain/calendar/day';
import { isZone, localDate } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import type { PartyRole } from '../../../domain/party/roles';
import type { IsoDate, Zone } from '../../../domain/units';
import { findPerson, mandateWhom } from '../../people';
import type { CommonOptions, Context } from '../context';
import { endpointsOf } from '../endpoints';

export interface AddOptions extends CommonOptions {
  readonly person: string;
  readonly name?: string;
  readonly language: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  readonly country?: string;
  readonly limitation?: string;
  readonly zone?: string;
  readonly from?: string;
  readonly estate?: string;
  readonly everyAccount?: boolean;
  readonly checkedBy?: string;
}

/** Somebody who acts for the person, on all accounts by one command: what is added to one only may be forgotten on the next. */
export async function addEverywhere(
  context: Context,
  text: string,
  role: NewParty['role'],
  options: AddOptions,
): Promise<void> {
  const { checkedBy } = options;
  if (role !== 'representative')
    fail('OPTION_WRONG', { option: '--every-account', wanted: 'left out, but for a representative' });
  if (checkedBy === undefined) return fail('OPTION_WRONG', { option: '--checked-by', wanted: 'given' });
  return context.withClient(options, async (client) => {
    const { ref, zone } = await findPerson(client.book.db, text);
    const { lender } = await personOf(client.book.db, ref);
    const since = options.from === undefined ? localDate(client.now(), zone) : day('--from', options.from);
    const given = await mandateWhom(client, { ref, zone }, personFrom(options, lender, zone), {
      since,
      checkedBy,
    });
    context.answer(
      options,
      { person: ref, representative: given.representative, role, since, accounts: given.accounts },
      () =>
        `${given.representative} acts for ${ref} since ${since}: ${given.accounts.join(', ') || 'no account yet'}, and every later one.`,
    );
  });
}

/** The party as the command line describes it, in the account's zone where no other is said. Throws OPTION_WRONG. */
export function personFrom(options: AddOptions, lender: string, own: Zone): NewPerson {
  const { name, language, zone = own } = options;
  if (!isZone(zone)) fail('OPTION_WRONG', { option: '--zone', wanted: 'a time zone such as Asia/Shanghai' });
  return {
    ...{ lender, lenderPerson: options.person },
    ...(name === undefined ? {} : { name }),
    ...{ language, zone, endpoints: endpointsOf(options) },
  };
}

export interface EndOptions extends CommonOptions {
  readonly lastDay?: string;
  readonly everyAccount?: boolean;
}

/** Ends it on all of them. */
export async function endEverywhere(
  context: Context,
  text: string,
  who: string,
  role: PartyRole,
  options: EndOptions,
): Promise<void> {
  if (role !== 'representative')
    fail('OPTION_WRONG', { option: '--every-account', wanted: 'left out, but for a representative' });
  return context.withClient(options, async (client) => {
    const { db } = client.book;
    const [whom, acting] = [await findPerson(db, text), await findPerson(db, who)];
    const { lastDay } = options;
    const last =
      lastDay === undefined ? addDays(localDate(client.now(), whom.zone), -1) : day('--last-day', lastDay);
    const accounts = await endMandate(db, whom.ref, acting.ref, last);
    context.answer(
      options,
      { person: whom.ref, representative: acting.ref, until: last, accounts },
      () => `${acting.ref} acted for ${whom.ref} until ${last}.`,
    );
  });
}

/** Throws OPTION_WRONG. */
export const day = (option: string, text: string): IsoDate =>
  isIsoDate(text) ? text : fail('OPTION_WRONG', { option, wanted: 'a real day as YYYY-MM-DD' });
