import { apply } from '../../account/apply';
import { begin } from '../../account/begin';
import type { Enrolment } from '../../account/enrolment';
import type { AccountEvent } from '../../account/events';
import { everyMovement } from '../../account/refold';
import type { AccountState } from '../../account/state';
import { addDays } from '../../calendar/day';
import { instantOf } from '../../calendar/zone';
import type { Instant, IsoDate } from '../../units';

/**
 * The account as it stood at the end of its local day, by everything that is known now. Money counts by its value date,
 * however late it was told, so all of it is folded; the host's figures count by their own moment; what was said or
 * decided counts from when it was. Every movement stands by itself, none is carried as a sum.
 */
export function accountOn(enrolment: Enrolment, facts: readonly AccountEvent[], day: IsoDate): AccountState {
  const end = instantOf(addDays(day, 1), '00:00', enrolment.terms.zone);
  const known = facts.filter((event) => isKnown(event, end));
  const brought = enrolment.events.filter((event) => isKnown(event, end));
  const folded = known.reduce(apply, begin({ ...enrolment, events: brought }));
  const movements = everyMovement(folded, [...brought, ...known]);
  return { ...folded, owed: { ...folded.owed, movements } };
}

function isKnown(event: AccountEvent, end: Instant): boolean {
  switch (event.kind) {
    case 'host-update':
      return event.figures.asOf < end;
    case 'payment':
    case 'refund':
    case 'adjustment':
    case 'charge':
    case 'payout':
    case 'loan':
    case 'reversal':
    case 'obligation':
      return true;
    default:
      return event.at < end;
  }
}
