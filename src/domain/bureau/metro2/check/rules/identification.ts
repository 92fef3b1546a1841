import { isTold } from '../../write/counts';
import type { Fault, Rule } from '../rule';

const FIELD = 'identificationNumber';
const SHORTEST = 5;

/** M10: the furnisher's own number, the same month by month; an account's number without a person's in it. */
export const identification: Rule = {
  id: 'M10',
  reads: [FIELD, 'consumerAccountNumber', 'socialSecurityNumber'],
  find(base, appendages, { earlier }) {
    const { identificationNumber: id, consumerAccountNumber: account, socialSecurityNumber: ssn } = base;
    const faults: Fault[] = [];
    if (id.length < SHORTEST || /^(0+|9+)$/.test(id))
      faults.push({ field: FIELD, code: 'BUREAU_IDENTIFICATION_EMPTY', args: { shortest: SHORTEST } });
    const before = earlier?.identificationNumber ?? id;
    // It is told under the old number once, with the new one in L1; the month after, the new one is the known one.
    if (before !== id) faults.push({ field: FIELD, code: 'BUREAU_IDENTIFICATION_CHANGED' });
    const numbers = [
      ssn,
      ...appendages.map((part) =>
        part.id === 'J1' || part.id === 'J2' ? part.values.socialSecurityNumber : '',
      ),
    ];
    if (numbers.some((number) => isTold(number) && account.replaceAll(/[- ]/g, '').includes(number)))
      faults.push({ field: 'consumerAccountNumber', code: 'BUREAU_ACCOUNT_NUMBER_PERSONAL' });
    return faults;
  },
};
