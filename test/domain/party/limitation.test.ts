import { limitationOf } from '../../../src/domain/party/limitation';
import { mayBeAddressed, PARTY_RIGHTS } from '../../../src/domain/party/rights';
import { PARTY_ROLES } from '../../../src/domain/party/roles';

describe('the limitation of each party', () => {
  const due = '2026-03-25';
  test('runs three years from the due date, or from the last thing that interrupted it', () => {
    expect(limitationOf('main', { stated: null, due, interrupted: [] })).toBe('2029-03-25');
    const interrupted = ['2026-09-01', '2026-05-02'];
    expect(limitationOf('joint', { stated: null, due, interrupted })).toBe('2029-09-01');
    // What happened before it was due does not shorten it.
    expect(limitationOf('main', { stated: null, due, interrupted: ['2025-01-01'] })).toBe('2029-03-25');
  });
  test('a leap day has its day in other years too', () => {
    expect(limitationOf('main', { stated: null, due: '2024-02-29', interrupted: [] })).toBe('2027-02-28');
    expect(limitationOf('main', { stated: null, due: '2024-02-29', interrupted: [] }, 4)).toBe('2028-02-29');
  });
  test('is what the lender says, and for whoever does not owe never reckoned', () => {
    expect(limitationOf('guarantor', { stated: '2026-09-25', due, interrupted: [due] })).toBe('2026-09-25');
    for (const role of ['guarantor', 'heir', 'representative', 'supplementary'] as const)
      expect(limitationOf(role, { stated: null, due, interrupted: [due] })).toBeNull();
    expect(limitationOf('main', { stated: null, due: null, interrupted: [] })).toBeNull();
  });
});

describe('what each party may be asked and told', () => {
  test('nobody is asked who may not be told, and a supplementary holder is a third party', () => {
    for (const role of PARTY_ROLES) {
      const { asked, told } = PARTY_RIGHTS[role];
      expect(asked && !told).toBe(false);
      expect(mayBeAddressed(role, 'contact') && !mayBeAddressed(role, 'notice')).toBe(false);
    }
    expect(PARTY_RIGHTS.supplementary).toMatchObject({ asked: false, told: false, notices: 'none' });
    expect(mayBeAddressed('heir', 'notice')).toBe(true);
    expect(mayBeAddressed('heir', 'contact')).toBe(false);
  });
});
