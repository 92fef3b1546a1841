import { fail } from '../../../errors/forbear-error';
import type { Identity } from '../../identity';
import { appendage, baseSegment, type Appendage, type DataRecord } from '../record';
import type { BaseValues } from '../layout/base';
import { fitText } from '../write/fit-text';
import { consumerInformation, ecoaCode, type Part } from './consumer';
import type { AccountFields } from './furnish';
import type { Chapter } from './consumer';

/** A person on the account, with their part in it. The first is the one of the base segment. Personal. */
export interface Consumer {
  readonly identity: Identity;
  readonly part: Part;
  readonly became: 'deceased' | 'terminated' | 'deleted' | null;
  /** Of a person who is bankrupt by themselves; null otherwise. */
  readonly chapter: Chapter | null;
}

export interface Around {
  readonly identification: string;
  /** The lender's own number of the account. */
  readonly number: string;
  /** Corrects what was told of the same period. */
  readonly corrects: boolean;
  /** Who bought it, of a sold account; empty leaves the segment out. */
  readonly soldTo: string;
}

/** An account's fields and its people as a record. Errors BUREAU_VALUE_UNFIT (a telephone or a number with a digit lost). */
export function dataRecord(
  fields: AccountFields,
  consumers: readonly Consumer[],
  { identification, number, corrects, soldTo }: Around,
): DataRecord {
  const [main, ...others] = consumers;
  if (main === undefined) return fail('BUREAU_IDENTITY_MISSING');
  const base: Partial<BaseValues> = {
    ...fields,
    ...namesOf(main),
    ...addressOf(main.identity),
    identificationNumber: identification,
    consumerAccountNumber: number,
    correctionIndicator: corrects ? '1' : '',
    // Its own month by month in the fields; of a person who is bankrupt alone it stands beside that person.
    consumerInformationIndicator: fields.consumerInformationIndicator,
  };
  const sold = fields.accountStatus === '05' && soldTo !== '';
  return {
    kind: 'data',
    base: baseSegment(base),
    appendages: [
      ...others.filter((one) => isSame(one.identity, main.identity)).map(together),
      ...others.filter((one) => !isSame(one.identity, main.identity)).map(apart),
      ...(sold ? [appendage('K2', { purchasedIndicator: '2', purchasedName: fitText(soldTo, 30) })] : []),
    ],
  };
}

function namesOf({ identity, part, became }: Consumer) {
  return {
    surname: fitText(identity.surname, 25),
    firstName: fitText(identity.firstName, 20),
    middleName: fitText(identity.middleName, 20),
    generationCode: fitText(identity.generation, 1),
    socialSecurityNumber: identity.socialSecurityNumber,
    dateBirth: identity.birthDate,
    telephoneNumber: identity.phone,
    ecoaCode: ecoaCode(part, became),
  };
}

function addressOf(identity: Identity) {
  return {
    countryCode: fitText(identity.country, 2),
    firstLineAddress: fitText(identity.line1, 32),
    secondLineAddress: fitText(identity.line2, 32),
    city: fitText(identity.city, 20),
    state: fitText(identity.state, 2),
    zipCode: fitText(identity.zip, 10).replaceAll('-', '').slice(0, 9),
  };
}

function together(one: Consumer): Appendage {
  return appendage('J1', { ...namesOf(one), consumerInformationIndicator: ownCode(one) });
}

function apart(one: Consumer): Appendage {
  const values = { ...namesOf(one), ...addressOf(one.identity) };
  return appendage('J2', { ...values, consumerInformationIndicator: ownCode(one) });
}

function ownCode({ chapter }: Consumer): string {
  return consumerInformation(
    { bankruptcy: chapter === null ? null : { chapter, stage: 'petition' }, lost: false },
    '',
  );
}

/** Who lives at the same address stands in the shorter segment. */
function isSame(one: Identity, other: Identity): boolean {
  const place = ({ line1, line2, city, zip }: Identity) => [line1, line2, city, zip].join('\n').toUpperCase();
  return place(one) === place(other);
}
