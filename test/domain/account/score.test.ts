import { readFileSync } from 'node:fs';
import { apply } from '../../../src/domain/account/apply';
import type { ScoreTold } from '../../../src/domain/account/events';
import { readEvent } from '../../../src/domain/account/read-event';
import { situation } from '../../../src/domain/decide/situation';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { playTrace } from '../../../src/lab/trace';
import { readTrace } from '../../../src/lab/trace-document';
import { account, at, fresh } from '../../support/small-account';
import { smallStrategy } from '../../support/small-strategy';

const told = (model: string, value: number, on: string, hour = 10): ScoreTold => ({
  kind: 'score',
  id: fresh(),
  at: at('2026-03-20', hour),
  model,
  value,
  on,
});
const scoresOf = (...events: ScoreTold[]) => account('2026-01-01', events).scores;

describe('a score from outside', () => {
  it('is kept by its model and the day that it is of', () => {
    const events = [
      told('risk-3', 40, '2026-03-01'),
      told('risk-3', 55, '2026-03-15'),
      told('ability', 7, '2026-03-02'),
    ];
    expect(scoresOf(...events)).toMatchObject({
      'risk-3': { value: 55, on: '2026-03-15' },
      ability: { value: 7, on: '2026-03-02' },
    });
    expect(scoresOf(...[...events].reverse())).toEqual(scoresOf(...events));
    const twice = [told('m', 1, '2026-03-01', 9), told('m', 2, '2026-03-01', 11)];
    expect(scoresOf(...twice)).toEqual(scoresOf(...[...twice].reverse()));
    expect(scoresOf(...twice)?.['m']?.value).toBe(2);
  });

  it('of the thirteenth model drives out the oldest', () => {
    const many = Array.from({ length: 13 }, (_unused, i) =>
      told(`m${i}`, i, `2026-03-${String(i + 1).padStart(2, '0')}`),
    );
    const kept = Object.keys(scoresOf(...many) ?? {});
    expect(kept).toHaveLength(12);
    expect(kept).not.toContain('m0');
  });

  it('is what conditions read, with its age', () => {
    const state = [told('risk-3', 40, '2026-03-01')].reduce(apply, account('2026-01-01', []));
    const { facts } = situation(state, smallStrategy([]), at('2026-03-20'));
    expect(['score.risk-3', 'score_age.risk-3', 'score.other', 'score.constructor'].map(facts)).toEqual([
      40,
      19,
      null,
      null,
    ]);
  });

  it.each([
    ['a model that is no name', { model: 'Risk 3' }],
    ['a value that is not whole', { value: 0.5 }],
    ['no day', { on: '2026-02-30' }],
  ])('is set aside with %s', (_name, change) => {
    const payload = { ...told('risk', 1, '2026-03-01'), ...change };
    expect('refused' in readEvent('score', payload)).toBe(true);
    expect('refused' in readEvent('score', told('risk', 1, '2026-03-01'))).toBe(false);
  });
});

it('moves the segment up at once, and down not for a small move', () => {
  const text = readFileSync('strategies/standard-card.yaml', 'utf8')
    .replaceAll('facts.score', 'score.risk-3')
    .replaceAll('facts: score.risk-3', 'fact: score.risk-3');
  const strategy = strategyOf(text, 'risk.yaml');
  const story = (...lines: string[]): string =>
    [
      'forbear: trace/1',
      'strategy: risk',
      'account: { facts: { worst_bucket_12m: 0, working_number: true } }',
      'start: 2026-03-20',
      'until: 2026-05-10',
      'days:',
      '  2026-03-20:',
      ...['march', 'april', 'may'].map(
        (month, i) => `    - { obligation: 300.00, id: ${month}, due: 2026-0${i + 3}-25 }`,
      ),
      '    - { score: 48, model: risk-3 }',
      '  2026-04-02:',
      '    - expect: { segment: M }',
      ...lines,
    ].join('\n');
  const play = (...lines: string[]) => playTrace(readTrace(story(...lines), 'x').trace(strategy), strategy);

  const near = play(
    '  2026-04-10:',
    '    - { score: 52, model: risk-3 }',
    '  2026-04-27:',
    '    - expect: { segment: M }',
  );
  expect(near.failed).toEqual([]);
  const far = play(
    '  2026-04-10:',
    '    - { score: 60, model: risk-3 }',
    '  2026-04-27:',
    '    - expect: { segment: L }',
  );
  expect(far.failed).toEqual([]);
  expect(far.days.flatMap(({ happened }) => happened.map(({ why }) => why)).join('\n')).toContain(
    'the score moved by 12',
  );
  const down = play(
    '  2026-04-10:',
    '    - { score: 19, model: risk-3 }',
    '  2026-04-11:',
    '    - expect: { segment: H }',
  );
  expect(down.failed).toEqual([]);
});
