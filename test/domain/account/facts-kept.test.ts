import fc from 'fast-check';
import { apply } from '../../../src/domain/account/apply';
import { FACT_NAME, FACT_TEXT, MOST_FACTS } from '../../../src/domain/account/facts-kept';
import type { AccountState } from '../../../src/domain/account/state';
import type { Scalar } from '../../../src/domain/units';
import { account, at, fresh } from '../../support/small-account';

type Told = Record<string, Scalar>;
const tell = (state: AccountState, facts: Told): AccountState =>
  apply(state, { kind: 'facts', id: fresh(), at: at('2026-03-01'), facts });

const anyFacts = fc.dictionary(
  fc.string({ maxLength: 80 }),
  fc.oneof(fc.string({ maxLength: 80 }), fc.integer(), fc.boolean()),
  { maxKeys: 60 },
);

it('keeps what was told as long as there is room, and known names always anew', () => {
  fc.assert(
    fc.property(fc.array(anyFacts, { maxLength: 5 }), (times) => {
      const state = times.reduce<AccountState>(tell, account('2026-03-01', []));
      const kept = Object.entries(state.facts);
      expect(kept.length).toBeLessThanOrEqual(MOST_FACTS);
      for (const [name, value] of kept) {
        expect(name.length).toBeLessThanOrEqual(FACT_NAME);
        expect(String(value).length).toBeLessThanOrEqual(FACT_TEXT);
        const last = times.filter(
          (told) => Object.hasOwn(told, name) && String(told[name]).length <= FACT_TEXT,
        );
        expect(value).toBe(last.at(-1)?.[name]);
      }
    }),
  );
});

it('leaves an account of an earlier generation what it was told', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`f${k}`, k]));
  const early = { ...account('2026-03-01', []), generation: 2 };
  expect(Object.keys(tell(early, many).facts)).toHaveLength(60);
  expect(Object.keys(tell({ ...early, generation: 3 }, many).facts)).toHaveLength(MOST_FACTS);
});
