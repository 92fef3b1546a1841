import type { Pack } from '../../policy/pack/pack';
import { capProblems } from './check-caps';
import { channelProblems } from './check-channels';
import { debitProblems } from './check-debits';
import { offerProblems } from './check-offers';
import { lawProblems } from './check-law';
import { policyProblems } from './check-policy';
import { textProblems, type TemplateText } from './check-texts';
import { pathProblems } from './check-paths';
import { templateProblems, type TemplateNames } from './check-templates';
import { compile, type Compiled } from './compile';
import { inOrder, type Problem } from './problem';
import type { Checking } from './checking';
import type { IsoDate } from '../../units';

export interface CheckOptions {
  /** Names of the texts there are, such as `zh/pay-reminder.T1.sms`; left out, texts are not looked for. */
  readonly templates?: TemplateNames;
  /** The packs that a strategy names, with those that they stand on; left out, none is asked. */
  readonly packs?: (names: readonly string[]) => readonly Pack[];
  /** The texts of a template in all languages, with the day whose rules hold; left out, none is read. */
  readonly texts?: { readonly of: (template: string) => readonly TemplateText[]; readonly day: IsoDate };
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
    ...forbidden(on, options),
    ...(options.templates === undefined ? [] : templateProblems(on, options.templates)),
  ]);
  const wrong = problems.some(({ severity }) => severity === 'error');
  return { ...compiled, strategy: wrong ? null : strategy, problems };
}

function forbidden(on: Checking, { packs, texts }: CheckOptions): readonly Problem[] {
  const { policy } = on.strategy;
  if (packs === undefined || texts === undefined || policy === undefined) return [];
  return textProblems(on, packs(policy.packs), texts.of, texts.day);
}
