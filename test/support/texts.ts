import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Strategy } from '../../src/domain/strategy/strategy';
import type { Received } from '../../src/stack/outside/received';

const FOLDER = join(__dirname, '..', '..', 'templates', 'zh');
const PAY_LINK = /https:\/\/pay\.example\/([\w-]+)/;

/**
 * Says of a message which account and step it is of, by its text alone: the book's own rows know nothing of a message
 * that went out twice. Each step must have a template of its own, with the pay link that names the account.
 */
export function reader(strategy: Strategy): (message: Received) => { ref: string; step: string } {
  const known = strategy.steps.flatMap((step) =>
    patterns(step.template ?? '').map((pattern) => ({ step: step.name, ...pattern })),
  );
  return (message) => {
    const found = known.filter(
      ({ channel, text }) =>
        channel === message.channel && text.test(message.text.replace(/\s+/g, ' ').trim()),
    );
    const steps = new Set(found.map(({ step }) => step));
    const [step] = steps;
    const ref = PAY_LINK.exec(message.text)?.[1];
    if (step === undefined || steps.size > 1 || ref === undefined) {
      throw new Error(`this message is of ${steps.size} steps: ${message.text}`);
    }
    return { ref, step };
  };
}

/** The texts of a template in every tone, as patterns. */
function patterns(template: string): { channel: string; text: RegExp }[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const named = /^([a-z0-9-]+)(?:\.T\d)?\.(sms|email)\.liquid$/.exec(file);
    if (named?.[1] !== template) return [];
    const body = readFileSync(join(FOLDER, file), 'utf8').replace(/^Subject:.*\n/, '');
    const parts = body
      .replace(/\s+/g, ' ')
      .trim()
      .split(/\{\{.*?\}\}|\{%.*?%\}/);
    const text = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^。]*?');
    return [{ channel: named[2] ?? '', text: new RegExp(`^${text}$`) }];
  });
}
