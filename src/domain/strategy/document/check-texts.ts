import { forbiddenIn } from '../../policy/forbidden-text';
import type { Pack } from '../../policy/pack/pack';
import type { IsoDate } from '../../units';
import { problem, type Checking } from './checking';
import type { Problem } from './problem';

/** A text of a template, with its name such as `zh/pay-reminder.T1.sms`. */
export interface TemplateText {
  readonly name: string;
  readonly channel: string;
  readonly text: string;
}

/** Texts that say what a pack forbids on the day of the check: each would be held back when it goes out. */
export function textProblems(
  on: Checking,
  packs: readonly Pack[],
  texts: (template: string) => readonly TemplateText[],
  day: IsoDate,
): readonly Problem[] {
  const { policy, product, steps } = on.strategy;
  if (policy === undefined) return [];
  return steps.flatMap((step, index) => {
    const channels = step.channels ?? [];
    return texts(step.template ?? step.name).flatMap(({ name, channel, text }) => {
      if (!channels.includes(channel)) return [];
      const found = forbiddenIn(text, packs, { role: policy.role, product, channel, day });
      if (found === null) return [];
      const args = { step: step.name, template: name, phrase: found.phrase, rule: found.rule };
      return [problem(on, 'error', 'STRATEGY_POLICY_TEXT', args, ['steps', index, 'step'])];
    });
  });
}
