import type { Step } from '../strategy';
import { problem, type Checking } from './checking';
import type { Problem } from './problem';

/** `zh/pay-reminder.T1.sms`, for each text there is. */
export type TemplateNames = ReadonlySet<string>;

/** Channels whose words are written in a template; a caller or a visitor finds his own. The app says what a text message says. */
const WRITTEN: Readonly<Record<string, string>> = { sms: 'sms', email: 'email', letter: 'letter' };

/** Texts that a step names and that do not exist, in each of the document's languages. */
export function templateProblems(on: Checking, names: TemplateNames): readonly Problem[] {
  return on.strategy.steps.flatMap((step, index) => {
    return wanted(step, on.document.languages)
      .filter(({ language, template, tone, channel }) => !hasText(names, language, template, tone, channel))
      .map((text) => {
        const args = { step: step.name, ...text, tone: `T${text.tone}` };
        return problem(on, 'error', 'STRATEGY_TEMPLATE_MISSING', args, ['steps', index, 'template']);
      });
  });
}

interface Wanted {
  readonly language: string;
  readonly template: string;
  readonly tone: number;
  readonly channel: string;
}

function wanted(step: Step, languages: readonly string[]): readonly Wanted[] {
  const { template, channels = [] } = step;
  if (template === undefined) return [];
  const tones = [...new Set([step.tone ?? 0, ...Object.values(step.toneBy ?? {})])];
  const written = channels.flatMap((channel) => WRITTEN[channel] ?? []);
  return languages.flatMap((language) =>
    written.flatMap((channel) => tones.map((tone) => ({ language, template, tone, channel }))),
  );
}

/** A text without a tone serves every tone. */
function hasText(
  names: TemplateNames,
  language: string,
  template: string,
  tone: number,
  channel: string,
): boolean {
  return (
    names.has(`${language}/${template}.T${tone}.${channel}`) ||
    names.has(`${language}/${template}.${channel}`)
  );
}
