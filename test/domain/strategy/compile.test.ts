import { readFileSync } from 'node:fs';
import { compile } from '../../../src/domain/strategy/document/compile';
import { problemText } from '../../../src/domain/strategy/document/problem';

const NAMES = ['standard-card', 'consumer-loan', 'first-steps'];

test.each(NAMES)('%s compiles without an error', (name) => {
  const { strategy, problems } = compile(readFileSync(`strategies/${name}.yaml`, 'utf8'), `${name}.yaml`);
  expect(problems.map(problemText)).toEqual([]);
});
