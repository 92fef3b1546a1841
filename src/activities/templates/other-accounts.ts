import type { Other } from '../../book/family';
import { wording } from './wording';

/** How a language lists other accounts, and the sentence that is added where a text does not list them itself. */
const WORDS = {
  zh: {
    one: (last4: string, amount: string, currency: string) => `尾号${last4}逾期${amount}${currency}`,
    between: '、',
    also: (list: string) => `您另有账户逾期:${list},请一并处理。`,
    gap: '',
  },
  en: {
    one: (last4: string, amount: string, currency: string) => `ending ${last4}: ${amount} ${currency}`,
    between: '; ',
    also: (list: string) => `Also past due on your other accounts, ${list}.`,
    gap: ' ',
  },
} as const;

/**
 * The person's other accounts with what is past due on each, masked, in the language of the text: empty when there are
 * none. Each amount stands by itself with its currency; two are never added.
 */
export function listOthers(named: readonly Other[], language: string): string {
  const words = wordsOf(language);
  return named
    .map(({ row, standing }) => {
      const amount = wording(language, row.currency, row.zone).money(standing.askable);
      return words.one(row.lenderNumber.slice(-4), amount, currencyIn(language, row.currency));
    })
    .join(words.between);
}

/** The text with the other accounts in it: a contact that speaks for them must name them, whoever wrote the text. */
export function namingOthers(body: string, list: string, language: string, channel: string): string {
  if (list === '' || body.includes(list)) return body;
  const { also, gap } = wordsOf(language);
  return `${body}${channel === 'email' || channel === 'letter' ? '\n\n' : gap}${also(list)}`;
}

const wordsOf = (language: string) => (language.startsWith('zh') ? WORDS.zh : WORDS.en);

const currencyIn = (language: string, currency: string): string =>
  language.startsWith('zh') ? (currency === 'CNY' ? '元' : currency) : currency;
