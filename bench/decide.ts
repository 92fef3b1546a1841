import { begin } from '../src/domain/account/begin';
import { apply } from '../src/domain/account/apply';
import type { AccountEvent } from '../src/domain/account/events';
import { advance } from '../src/domain/decide/advance';
import { record } from '../src/domain/decide/record';
import type { StepRequest } from '../src/activities/contract';
import type { Instant } from '../src/domain/units';
import { highestRisk } from './life/highest-risk';
import { answerTo, takenOver, type Script } from './life/script';
import { whole, type Row } from './support/row';

const SECONDS = 5;

/** Accounts of the highest risk through the whole decision core, by the standard card, until recovery a year later. */
export async function main(): Promise<Row[]> {
  live(highestRisk());
  const count = { lives: 0, steps: 0, decisions: 0 };
  const started = process.cpuUsage();
  const cpu = (): number => Object.values(process.cpuUsage(started)).reduce((a, b) => a + b, 0) / 1e6;
  while (cpu() < SECONDS) {
    const { steps, decisions } = live(highestRisk());
    count.lives += 1;
    count.steps += steps;
    count.decisions += decisions;
  }
  const took = cpu();
  return [
    { what: 'accounts lived, a year of the highest-risk path each', measured: whole(count.lives) },
    { what: 'steps of each', measured: whole(count.steps / count.lives) },
    { what: 'accounts a second', measured: (count.lives / took).toFixed(1) },
    { what: 'decisions a second', measured: whole(count.decisions / took) },
    { what: 'processor time of a decision', measured: `${((took * 1000) / count.decisions).toFixed(2)} ms` },
  ];
}

/** As the workflow lives it: wakes, is told what has happened, decides, and sleeps until the next moment. */
function live(script: Script): { steps: number; decisions: number } {
  const { strategy } = script;
  let account = begin(script.enrolment('a1'));
  let now: Instant = takenOver(script);
  let told = 0;
  const count = { steps: 0, decisions: 0 };
  for (;;) {
    const advanced = advance(account, strategy, now);
    count.decisions += 1;
    account = advanced.account;
    const { action } = advanced.decision;
    if (action.do === 'close') return count;
    if (action.do === 'wait') {
      if (action.until === null) throw new Error('the life of the bench came to rest');
      now = action.until;
      continue;
    }
    const step = action.do === 'step' && strategy.steps.find(({ name }) => name === action.occurrence.step);
    const request = { path: account.path ?? '', now } as StepRequest;
    const result = step ? answerTo(step, request, strategy.zone) : null;
    account = record(account, strategy, advanced.decision, result, now);
    if (!step) continue;
    count.steps += 1;
    for (const fact of script.told(step, now)) {
      told += 1;
      account = apply(account, { ...fact, id: `fact-${told}`, at: now, seq: told } as AccountEvent);
    }
  }
}
