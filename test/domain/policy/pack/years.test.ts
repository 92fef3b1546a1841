import { simulateYear, type Year } from './simulated-year';

/** Any number of them by `npm run bench policy-years -- --years N`. */
const YEARS = 2_000;

it(`allows no contact that breaks a rule in ${YEARS} made-up years`, () => {
  const sum = { asked: 0, allowed: 0, deferred: 0, blocked: 0, reviewed: 0 };
  for (let seed = 1; seed <= YEARS; seed += 1) {
    const year = simulateYear(seed);
    for (const key of Object.keys(sum) as (keyof Year)[]) sum[key] += year[key];
  }
  // Years in which something happens: each of the answers is met often; a person is asked in some fifteen of a thousand.
  expect(sum.asked / YEARS).toBeGreaterThan(120);
  for (const key of ['allowed', 'deferred', 'blocked', 'reviewed'] as const)
    expect([key, sum[key] / sum.asked > 0.005]).toEqual([key, true]);
}, 600_000);
