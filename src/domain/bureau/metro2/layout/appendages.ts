import { layout, type ValuesOf } from './field';
import { J1, J2 } from './consumers';

/** Original creditor: where a collection agency or a buyer of debts reports. */
export const K1 = layout({ id: 'K1', mark: 'K1', length: 34, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['originalCreditorName', 3, 30, 'text', 'Y'],
  ['creditorClassification', 33, 2, 'digits', 'Y'],
]);

/** Purchased from, or sold to. */
export const K2 = layout({ id: 'K2', mark: 'K2', length: 34, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['purchasedIndicator', 3, 1, 'digits', 'Y'],
  ['purchasedName', 4, 30, 'text', 'Y'],
  ['reserved', 34, 1, 'reserved', '-'],
]);

/** A mortgage's other numbers. */
export const K3 = layout({ id: 'K3', mark: 'K3', length: 40, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['agencyIdentifier', 3, 2, 'digits', 'A'],
  ['accountNumber', 5, 18, 'text', 'A', '', '!'],
  ['mortgageIdentificationNumber', 23, 18, 'text', '-', '', '!'],
]);

/** Balloon or deferred payment. */
export const K4 = layout({ id: 'K4', mark: 'K4', length: 30, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['specializedPaymentIndicator', 3, 2, 'digits', 'Y'],
  ['deferredPaymentStartDate', 5, 8, 'date', 'A'],
  ['balloonPaymentDueDate', 13, 8, 'date', 'A'],
  ['balloonPaymentAmount', 21, 9, 'number', 'A'],
  ['reserved', 30, 1, 'reserved', '-'],
]);

/** The account's number, or the furnisher's, is another one from now on. */
export const L1 = layout({ id: 'L1', mark: 'L1', length: 54, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['changeIndicator', 3, 1, 'digits', 'Y'],
  ['newConsumerAccountNumber', 4, 30, 'text', 'A', '', '!'],
  ['newIdentificationNumber', 34, 20, 'text', 'A'],
  ['reserved', 54, 1, 'reserved', '-'],
]);

/** Employment of the consumer in the base segment. */
export const N1 = layout({ id: 'N1', mark: 'N1', length: 146, source: 'both' }, [
  ['segmentIdentifier', 1, 2, 'mark', 'Y'],
  ['employerName', 3, 30, 'text', 'Y', '', '!'],
  ['firstLineEmployerAddress', 33, 32, 'text', '-', '', '!'],
  ['secondLineEmployerAddress', 65, 32, 'text', '-', '', '!'],
  ['employerCity', 97, 20, 'text', '-', '', '!'],
  ['employerState', 117, 2, 'text', '-', '', '!'],
  ['zipCode', 119, 9, 'text', '-', '', '!'],
  ['occupation', 128, 18, 'text', 'A', '', '!'],
  ['reserved', 146, 1, 'reserved', '-'],
]);

/** The appendages in the order in which they follow the base segment. J1 and J2 may come again, the others once. */
export const APPENDAGES = { J1, J2, K1, K2, K3, K4, L1, N1 } as const;

export type AppendageId = keyof typeof APPENDAGES;
export const APPENDAGE_ORDER = Object.keys(APPENDAGES) as readonly AppendageId[];
export type AppendageValues<Id extends AppendageId> = ValuesOf<(typeof APPENDAGES)[Id]>;

export function isAppendage(id: string): id is AppendageId {
  return Object.hasOwn(APPENDAGES, id);
}

export const mayRepeat = (id: AppendageId): boolean => id === 'J1' || id === 'J2';
