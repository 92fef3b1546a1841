import { readdirSync, readFileSync } from 'node:fs';
import { checkStrategy } from '../../../src/domain/strategy/document/checks';
import { problemText } from '../../../src/domain/strategy/document/problem';

const TEXTS = new Set(
  ['zh', 'en'].flatMap((language) =>
    readdirSync(`templates/${language}`).map((file) => `${language}/${file.replace(/\.liquid$/, '')}`),
  ),
);

test.each(['standard-card', 'consumer-loan', 'first-steps'])('nothing is wrong with %s', (name) => {
  const file = `strategies/${name}.yaml`;
  const checked = checkStrategy(readFileSync(file, 'utf8'), file, { templates: TEXTS });
  expect(checked.problems.map(problemText)).toEqual([]);
});
