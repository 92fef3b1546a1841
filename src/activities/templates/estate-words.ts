import type { Currency } from '../../domain/units';

/** What an heir has from the estate and how much of the debt he answers for at most, as the language writes amounts. */
export interface Worth {
  readonly worth: string;
  readonly most: string;
}

/** How a language says how far an heir answers for a debt (China, Civil Code 1161). */
const WORDS = {
  zh: {
    known: ({ worth, most }: Worth, currency: string) =>
      `按我们的记录,您所得遗产的价值为${worth}${currency},您对上述债务承担的金额不超过${most}${currency}。`,
    limit: '继承人仅在所得遗产实际价值范围内清偿债务,超出部分无须清偿;放弃继承的,无须清偿。',
  },
  en: {
    known: ({ worth, most }: Worth, currency: string) =>
      `As far as we know, what you have from the estate is worth ${currency} ${worth}, and you answer for ${currency} ${most} of this debt at most. `,
    limit:
      'An heir answers for a debt with what the estate is worth and with nothing beyond it; whoever renounces the inheritance owes nothing.',
  },
} as const;

/** The sentence that every text to an heir has; `worth` is null where the estate is not known. */
export function estateWords(language: string, worth: Worth | null, currency: Currency): string {
  const zh = language.startsWith('zh');
  const { known, limit } = zh ? WORDS.zh : WORDS.en;
  const name = zh && currency === 'CNY' ? '元' : currency;
  return `${worth === null ? '' : known(worth, name)}${limit}`;
}
