import { answersFor, heirLimitation, type HeirFacts } from '../../../src/domain/party/estate';

test('an heir answers for the debt up to the estate, and for nothing beyond it', () => {
  expect(answersFor(50_000, 20_000)).toBe(20_000);
  expect(answersFor(50_000, 80_000)).toBe(50_000);
  expect(answersFor(50_000, 0)).toBe(0);
  expect(answersFor(50_000, null)).toBe(50_000);
});

describe('the limitation against an heir', () => {
  const heir: HeirFacts = {
    ...{
      stated: null,
      due: '2026-03-25',
      before: [],
      since: '2026-09-01',
      interrupted: [],
      died: '2026-07-01',
    },
  };
  const last = (more: Partial<HeirFacts> = {}) => heirLimitation({ ...heir, ...more });

  test('is that of the debt, with what interrupted it while the debtor lived', () => {
    expect(last()).toBe('2029-03-25');
    expect(last({ before: ['2026-06-15'] })).toBe('2029-06-15');
    // What is told to a dead number interrupts nothing.
    expect(last({ before: ['2026-12-15'] })).toBe('2029-03-25');
  });
  test('leaves six months from the day on which somebody is known who inherits', () => {
    expect(last({ since: '2028-09-25' })).toBe('2029-03-25');
    expect(last({ since: '2028-09-26' })).toBe('2029-03-26');
    expect(last({ since: '2030-08-31' })).toBe('2031-02-28');
  });
  test('begins anew with a demand that reached this heir in time, not with one that came late', () => {
    expect(last({ interrupted: ['2027-01-10'] })).toBe('2030-01-10');
    expect(last({ interrupted: ['2029-03-26'] })).toBe('2029-03-25');
    expect(last({ interrupted: ['2029-03-01', '2032-02-01'] })).toBe('2035-02-01');
  });
  test('what had run out before the death stays so; what the lender says goes first', () => {
    expect(last({ died: '2029-04-01', since: '2029-05-01' })).toBe('2029-03-25');
    expect(last({ stated: '2027-12-31' })).toBe('2027-12-31');
    expect(last({ due: null })).toBeNull();
  });
});
