import type { Pack } from '../../policy/pack/pack';
import { capProblems } from './check-caps';
import { channelProblems } from './check-channels';
import { debitProblems } from './check-debits';
import { offerProblems } from './check-offers';
import { lawProblems } from './check-law';
import { policyProblems } from './check-policy';
import { pathProblems } from './check-paths';
import { templateProblems, type TemplateNames } from './check-templates';
import { compile, type Compiled } from './compile';
import { inOrder } from './problem';
import type { Checking } from './checking';

export interface CheckOptions {
  /** Names of the texts there are, such as `zh/pay-reminder.T1.sms`; left out, texts are not looked for. */
  readonly templates?: TemplateNames;
  /** The packs that a strategy names, with those that they stand on; left out, none is asked. */
  readonly packs?: (names: readonly string[]) => readonly Pack[];
}

/**
 * Everything that is wrong with a document, in its order: what keeps it from running, and what a careful reader would
 * stop at. A document with an error must not be published; a warning is for the strategy team to judge.
 */
export function checkStrategy(text: string, file: string, options: CheckOptions = {}): Compiled {
  const compiled = compile(text, file);
  const { strategy, document, places } = compiled;
  if (strategy === null || document === null) return compiled;
  const on: Checking = { strategy, document, places };
  const problems = inOrder([
    ...pathProblems(on),
    ...channelProblems(on),
    ...lawProblems(on),
    ...debitProblems(on),
    ...offerProblems(on),
    ...capProblems(on),
    ...(options.packs === undefined || strategy.policy === undefined
      ? []
      : policyProblems(on, options.packs(strategy.policy.packs))),
    ...(options.templates === undefined ? [] : templateProblems(on, options.templates)),
  ]);
  const wrong = problems.some(({ severity }) => severity === 'error');
  return { ...compiled, strategy: wrong ? null : strategy, problems };
}
