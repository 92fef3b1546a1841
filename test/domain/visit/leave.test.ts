import { visitBar, type VisitKnown } from '../../../src/domain/visit/leave';
import { placeRank, PLACE_KINDS } from '../../../src/domain/visit/limits';
import type { AccountState } from '../../../src/domain/account/state';

const TODAY = '2026-04-10';
const PAIR = [
  { ref: 'f-1', identification: 'ID-1' },
  { ref: 'f-2', identification: 'ID-2' },
];
const HOME = { kind: 'home', verifiedOn: '2026-01-01', offLimits: null } as const;

const account = (facts = {}, marks = {}, visits = 0) =>
  ({ facts, marks, counts: { visits } }) as unknown as AccountState;
const bar = (known: Partial<VisitKnown>, of = account()) =>
  visitBar({ party: PAIR, place: HOME, ...known }, of, TODAY);

describe('a team that sets out', () => {
  it('may go when two people with identification go to a place that is verified', () => {
    expect(bar({})).toBeNull();
    expect(bar({ place: null })).toBeNull();
  });

  it.each([
    ['nobody', []],
    ['one person', PAIR.slice(0, 1)],
    ['one person named twice', [PAIR[0]!, { ref: 'f-1', identification: 'ID-9' }]],
  ])('may not as %s', (_who, party) => expect(bar({ party })).toBe('visit:alone'));

  it('may not where one of them shows nothing', () => {
    expect(bar({ party: [PAIR[0]!, { ref: 'f-2', identification: '' }] })).toBe('visit:identification');
  });

  it('goes to no place that is off limits, unverified for a year, or a workplace nobody asked for', () => {
    expect(bar({ place: { ...HOME, offLimits: 'refused entry' } })).toBe('visit:off-limits');
    expect(bar({ place: { ...HOME, verifiedOn: '2025-03-01' } })).toBe('visit:address-unverified');
    expect(bar({ place: { ...HOME, kind: 'work' } })).toBe('visit:workplace');
    expect(bar({ place: { ...HOME, kind: 'work' } }, account({ visit_asked: true }))).toBeNull();
  });

  it.each(['plan_kept', 'complaint', 'ill', 'bereaved_30d', 'address_unverified'])('not where %s', (fact) => {
    expect(bar({}, account({ [fact]: true }))).toBe(`visit:${fact.replaceAll('_', '-')}`);
    expect(bar({}, account({ [fact]: false }))).toBeNull();
  });

  it('not after a threat, not to where nobody lives any more, and no fourth time', () => {
    expect(bar({}, account({}, { threatened: '2024-01-01' }))).toBe('visit:threatened');
    expect(bar({}, account({}, { moved: '2026-02-01' }))).toBe('visit:moved');
    expect(bar({}, account({}, { moved: '2025-12-01' }))).toBeNull();
    expect(bar({}, account({}, {}, 2))).toBeNull();
    expect(bar({}, account({}, {}, 3))).toBe('visit:most');
  });

  it('goes to the stated home first, and to the workplace last', () => {
    const kinds = [null, ...PLACE_KINDS].reverse().sort((a, b) => placeRank(a) - placeRank(b));
    expect(kinds).toEqual(['home', 'delivery', 'register', null, 'work']);
  });
});
