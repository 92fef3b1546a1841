import type { Identity } from '../../../../src/domain/bureau/identity';
import { METRO2 } from '../../../../src/domain/bureau/metro2/format';
import { dataRecord, type Consumer } from '../../../../src/domain/bureau/metro2/derive/data-record';
import { fieldsOf } from '../../../../src/domain/bureau/metro2/derive/from-snapshot';
import { takeSnapshot } from '../../../../src/domain/bureau/cut-off/take-snapshot';
import type { AccountEvent } from '../../../../src/domain/account/events';
import { at, owes, pays, TERMS } from '../../../support/small-account';

const COUNTING = {
  ...{ grace: { days: 3, counting: 'threshold' as const }, tolerance: 0, bucketBy: 'days' as const },
  ...{ watchDays: 30, pendingDays: 3 },
};
const CARD = { portfolio: 'R', accountType: '18', months: null };
const WHO: Identity = {
  ...{ surname: 'Sample', firstName: 'Anna', middleName: '', generation: '' },
  ...{ socialSecurityNumber: '900000001', nationalId: '', birthDate: '1980-02-03' },
  ...{
    line1: '1 Example Street',
    line2: '',
    city: 'Springfield',
    state: 'IL',
    zip: '62701-1234',
    country: 'US',
  },
  phone: '',
};
const AROUND = { identification: 'BANK0001', number: 'A-1', corrects: false, soldTo: '' };

function snapshot(facts: readonly AccountEvent[], on = '2026-03-31') {
  const terms = { ...TERMS, openedOn: '2024-05-01' };
  const enrolment = { terms, facts: { credit_limit: 500_000 }, enteredOn: '2026-01-01', events: [] };
  return takeSnapshot({ enrolment, facts, counting: COUNTING }, on, '2026-02-28');
}
const one = (more: Partial<Consumer> = {}, identity: Partial<Identity> = {}): Consumer => ({
  ...{ identity: { ...WHO, ...identity }, part: 'joint', became: null, chapter: null },
  ...more,
});

test('who lives with the first stands in J1, who does not in J2, each with what became of them', () => {
  const { fields } = fieldsOf(snapshot([owes('o1', '2026-02-01', 50_000)]), null, CARD, null);
  const record = dataRecord(
    fields,
    [
      one(),
      one({ part: 'authorised-user' }, { line1: '9 Other Road', socialSecurityNumber: '900000003' }),
      one({ became: 'deceased', chapter: 13 }, { socialSecurityNumber: '900000002' }),
    ],
    AROUND,
  );
  expect(record.base.values).toMatchObject({ ecoaCode: '2', zipCode: '627011234', accountStatus: '71' });
  expect(record.appendages).toMatchObject([
    { id: 'J1', values: { ecoaCode: 'X', consumerInformationIndicator: 'D' } },
    { id: 'J2', values: { ecoaCode: '3', firstLineAddress: '9 OTHER ROAD' } },
  ]);
});

test('a name without a Latin letter and a person whom nobody knows are said by code and field, never by value', () => {
  const { fields } = fieldsOf(snapshot([owes('o1', '2026-02-01', 50_000)]), null, CARD, null);
  const facts = { fields, number: 'A-1', corrects: false, on: '2026-03-31', before: null, disputed: false };
  const reporting = { identification: 'BANK0001', soldTo: '' } as Parameters<typeof METRO2.check>[1];
  const codes = (consumers: readonly Consumer[]) => METRO2.check({ ...facts, consumers }, reporting).codes;
  expect(codes([one()])).toEqual([]);
  expect(codes([one({}, { surname: '王' })])).toEqual(['BUREAU_FIELD_MISSING surname']);
  expect(codes([one({}, { socialSecurityNumber: '', birthDate: null })])).toEqual([
    'BUREAU_PERSON_UNKNOWN dateBirth',
  ]);
  expect(codes([])).toEqual(['BUREAU_IDENTITY_MISSING']);
});

test('money counts by its value date, what was said from when it was, and a hold shortens nothing', () => {
  const owed = owes('o1', '2026-02-01', 50_000);
  const late = { ...pays('2026-03-10', 50_000), at: at('2026-04-05') } as AccountEvent;
  const hold: AccountEvent = {
    ...{ kind: 'hold', id: 'h1', hold: 'h1', type: 'pause', from: '2026-02-10', at: at('2026-02-10') },
  };
  const said: AccountEvent = {
    ...{ kind: 'dispute-raised', id: 'd1', dispute: 'd1', reason: 'not-mine', at: at('2026-04-02') },
  };
  expect(snapshot([owed, hold, said])).toMatchObject({ dpd: 58, pastDue: 50_000, disputes: [] });
  expect(snapshot([owed, late])).toMatchObject({
    dpd: 0,
    balance: 0,
    paid: 50_000,
    lastPayment: '2026-03-10',
  });
  expect(snapshot([owed, hold, said], '2026-04-30').disputes).toMatchObject([{ id: 'd1', open: true }]);
});

test('what came back as if it had never been: the day of first delinquency is that of the oldest part', () => {
  const owed = owes('o1', '2026-01-01', 50_000);
  const paid = pays('2026-01-05', 50_000);
  const back: AccountEvent = {
    ...{ kind: 'reversal', id: 'r1', of: paid.id, reason: 'returned', at: at('2026-03-05') },
  };
  const told = (facts: readonly AccountEvent[]) => fieldsOf(snapshot(facts), null, CARD, null).fields;
  expect(told([owed, paid]).dateFirstDelinquency).toBeNull();
  expect(told([owed, paid, back])).toMatchObject({ accountStatus: '78', dateFirstDelinquency: '2026-01-31' });
});
