import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import {
  condition,
  defineSignal,
  makeContinueAsNewFunc,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES, type SearchAttributeName } from '../../src/domain/account/attributes';
import type { Sizes } from './sizes';

export const STEPS = 20;
export const STEPS_A_STAGE = 5;
export const MESSAGES = 8;

export interface BareActivities {
  /** @param n the number of the step, from 0; the closing write is one more */
  act(ref: string, n: number, pad: string): Promise<string>;
}
export interface BareInput {
  readonly ref: string;
  readonly sizes: Sizes;
  readonly begun: boolean;
  readonly steps: number;
  readonly told: number;
  readonly pad: string;
}

const { act } = proxyActivities<BareActivities>({ startToCloseTimeout: '2 minutes' });

/**
 * A life of the bench without an engine in it: the same timers, activities, signals, continue-as-news, search
 * attributes and memo, with payloads of the same sizes, and nothing decided.
 */
export async function bare(input: BareInput): Promise<void> {
  const { ref, sizes } = input;
  let { steps, told } = input;
  setHandler(defineSignal<[string]>('message'), () => {
    told += 1;
  });
  const rest = (): Promise<void> => sleep(1_000, { summary: padding(sizes.timerSummary) });
  const perform = (n: number, size: number): Promise<string> =>
    act.executeWithOptions({ summary: padding(sizes.stepSummary) }, [ref, n, padding(size)]);
  const enterStage = (): Promise<never> => {
    const begin = makeContinueAsNewFunc<typeof bare>({
      memo: { title: padding(sizes.memo) },
      typedSearchAttributes: attributes(),
    });
    return begin({ ref, sizes, begun: true, steps, told, pad: padding(sizes.next - OWN_BYTES) });
  };

  if (!input.begun) {
    await rest();
    return enterStage();
  }
  for (;;) {
    await perform(steps, sizes.request);
    steps += 1;
    if (steps === STEPS) break;
    await rest();
    if (steps % STEPS_A_STAGE === 0) return enterStage();
  }
  await condition(() => told >= MESSAGES);
  await perform(STEPS, sizes.closing);
}

/** What the input takes besides its padding. */
const OWN_BYTES = 230;

export function padding(size: number): string {
  return 'x'.repeat(Math.max(0, size - 2));
}

function attributes(): SearchAttributePair[] {
  return (Object.keys(SEARCH_ATTRIBUTES) as SearchAttributeName[]).map((name) =>
    SEARCH_ATTRIBUTES[name] === 'DATETIME'
      ? { key: defineSearchAttributeKey(name, 'DATETIME'), value: new Date(0) }
      : { key: defineSearchAttributeKey(name, 'KEYWORD'), value: 'a value' },
  );
}
