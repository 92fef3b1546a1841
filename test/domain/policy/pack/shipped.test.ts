import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packNames, policiesFolder, readCalendars, readPack } from '../../../../src/book/policy/shipped';
import { CHINA } from '../../../../src/domain/calendar/business';
import {
  checkJsonSchema,
  holidaysJsonSchema,
  policyJsonSchema,
} from '../../../../src/domain/policy/pack/document/json-schema';
import { problemText } from '../../../../src/domain/strategy/document/problem';

it('ships a pack for each jurisdiction', () => {
  expect(packNames()).toEqual([
    'au-debt-collection',
    'cn-consumer-credit',
    'de-consumer-credit',
    'id-consumer-finance',
    'in-retail-loans',
    'uk-consumer-credit',
    'us-federal',
    'us-ma',
  ]);
});

it.each(packNames())('%s loads', (name) => {
  const { pack, problems } = readPack(name);
  expect(problems.map(problemText)).toEqual([]);
  expect(pack?.name).toBe(name);
});

it('keeps the same days of China as the core', () => {
  const years = readCalendars().get('CN')?.years ?? {};
  expect(Object.keys(years)).toEqual(Object.keys(CHINA));
  for (const [year, { closed, workingWeekends }] of Object.entries(CHINA)) {
    expect([...(years[year]?.closed ?? [])].sort()).toEqual([...closed].sort());
    expect([...(years[year]?.workingWeekends ?? [])].sort()).toEqual([...workingWeekends].sort());
  }
});

it.each([
  ['policies/policy.schema.json', policyJsonSchema],
  ['policies/holidays.schema.json', holidaysJsonSchema],
  ['schemas/policy-check.schema.json', checkJsonSchema],
])('%s is what the documents are read by', (file, made) => {
  expect(JSON.parse(readFileSync(join(policiesFolder(), '..', file), 'utf8'))).toEqual(JSON.parse(made()));
});
