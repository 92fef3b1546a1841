import { layout } from './field';

/** Another consumer on the account, at the same address as the one in the base segment. */
export const J1 = layout({ id: 'J1', mark: 'J1', length: 100, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['reserved1', 3, 1, 'reserved', '-'],
  ['surname', 4, 25, 'text', 'Y', '', '!'],
  ['firstName', 29, 20, 'text', 'Y', '', '!'],
  ['middleName', 49, 20, 'text', 'A', '', '!'],
  ['generationCode', 69, 1, 'text', 'A', '', '!'],
  ['socialSecurityNumber', 70, 9, 'digits', '-', '', '!'],
  ['dateBirth', 79, 8, 'date', '-', '', '!'],
  ['telephoneNumber', 87, 10, 'digits', '-', '', '!'],
  ['ecoaCode', 97, 1, 'text', 'Y'],
  ['consumerInformationIndicator', 98, 2, 'text', 'A'],
  ['reserved2', 100, 1, 'reserved', '-'],
]);

/** Another consumer on the account, at an address of their own. */
export const J2 = layout({ id: 'J2', mark: 'J2', length: 200, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['reserved1', 3, 1, 'reserved', '-'],
  ['surname', 4, 25, 'text', 'Y', '', '!'],
  ['firstName', 29, 20, 'text', '-', '', '!'],
  ['middleName', 49, 20, 'text', 'A', '', '!'],
  ['generationCode', 69, 1, 'text', 'A', '', '!'],
  ['socialSecurityNumber', 70, 9, 'digits', '-', '', '!'],
  ['dateBirth', 79, 8, 'date', '-', '', '!'],
  ['telephoneNumber', 87, 10, 'digits', '-', '', '!'],
  ['ecoaCode', 97, 1, 'text', 'Y'],
  ['consumerInformationIndicator', 98, 2, 'text', 'A'],
  ['countryCode', 100, 2, 'text', '-', '', '!'],
  ['firstLineAddress', 102, 32, 'text', 'Y', '', '!'],
  ['secondLineAddress', 134, 32, 'text', 'A', '', '!'],
  ['city', 166, 20, 'text', 'Y', '', '!'],
  ['state', 186, 2, 'text', 'Y', '', '!'],
  ['zipCode', 188, 9, 'text', 'Y', '', '!'],
  ['addressIndicator', 197, 1, 'text', '-'],
  ['residenceCode', 198, 1, 'text', '-'],
  ['reserved2', 199, 2, 'reserved', '-'],
]);
