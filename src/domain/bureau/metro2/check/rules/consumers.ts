import type { Appendage } from '../../record';
import type { BaseValues } from '../../layout/base';
import { isTold } from '../../write/counts';
import type { Fault, Rule } from '../rule';

type Consumer = Pick<BaseValues, 'socialSecurityNumber' | 'dateBirth' | 'ecoaCode'>;

/** M9: a person is known by the social security number or by the date of birth; an authorised user by the latter. */
export const consumers: Rule = {
  id: 'M9',
  reads: ['socialSecurityNumber', 'dateBirth', 'ecoaCode'],
  find(base, appendages) {
    const faults = unknown(base);
    appendages.forEach((part, index) => {
      if (!isConsumer(part)) return;
      if (part.unread?.['socialSecurityNumber'] !== undefined || part.unread?.['dateBirth'] !== undefined)
        return;
      faults.push(...unknown(part.values).map((fault) => ({ ...fault, appendage: index })));
    });
    return faults;
  },
};

function isConsumer(part: Appendage): part is Extract<Appendage, { id: 'J1' | 'J2' }> {
  return part.id === 'J1' || part.id === 'J2';
}

/** A business has neither; a consumer who is taken off the account needs none. */
function unknown({ socialSecurityNumber, dateBirth, ecoaCode }: Consumer): Fault[] {
  if (dateBirth !== null || ecoaCode === 'W' || ecoaCode === 'Z') return [];
  if (ecoaCode === '3') return [{ field: 'dateBirth', code: 'BUREAU_BIRTH_MISSING' }];
  return isTold(socialSecurityNumber) ? [] : [{ field: 'dateBirth', code: 'BUREAU_PERSON_UNKNOWN' }];
}
