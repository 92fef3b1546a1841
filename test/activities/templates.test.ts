import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_LETTERHEAD } from '../../src/activities/templates/letterhead';
import { messageValues } from '../../src/activities/templates/message-values';
import { TemplateStore } from '../../src/activities/templates/template-store';
import { wording } from '../../src/activities/templates/wording';
import type { AgreementTerms } from '../../src/domain/agreement/agreement';
import { standing } from '../../src/domain/delinquency/standing';
import { account, at, owes } from '../support/small-account';
import { smallStrategy } from '../support/small-strategy';

const FOLDER = join(__dirname, '..', '..', 'templates');
const FILES = ['zh', 'en'].flatMap((language) =>
  readdirSync(join(FOLDER, language)).map((file) => {
    const [template = '', tone = '', channel = ''] = file.split('.');
    return { language, template, tone: Number(tone.slice(1)), channel };
  }),
);

describe('the words that ship with it', () => {
  const store = new TemplateStore(FOLDER, 'zh');
  const strategy = smallStrategy([]);
  const owing = account('2026-03-01', [
    owes('o1', '2026-03-01', 120_000),
    owes('o2', '2026-04-01', 98_765),
    {
      kind: 'promise',
      id: 'p1',
      at: at('2026-03-08'),
      promise: 'p1',
      amount: 120_000,
      date: '2026-03-12',
      method: 'transfer',
      givenBy: 'debtor',
      channel: 'call',
    },
  ]);
  // Texts about what was agreed are for accounts that agreed on it.
  const terms = { from: '2026-03-08', affordable: 20_000, reviewOn: '2026-06-08' } as const;
  const settled: AgreementTerms = {
    kind: 'settlement',
    debt: 218_765,
    parts: [
      ['2026-03-04', 50_000],
      ['2026-03-20', 50_000],
    ],
    waived: { costs: 0, 'late-charge': 0, 'penalty-interest': 0, interest: 0, principal: 118_765 },
  };
  const agreed = account('2026-03-01', [
    owes('o1', '2026-03-01', 120_000),
    owes('o2', '2026-04-01', 98_765),
    {
      kind: 'agreement',
      id: 'h1',
      at: at('2026-03-02'),
      agreement: 'h1',
      terms: { kind: 'hardship', ...terms },
    },
    { kind: 'agreement', id: 's1', at: at('2026-03-02'), agreement: 's1', terms: settled },
  ]);
  const breached = account('2026-03-01', [
    owes('o1', '2026-03-01', 120_000),
    {
      ...{ kind: 'agreement', id: 'b1', at: at('2026-02-02'), agreement: 'b1' },
      terms: {
        kind: 'plan',
        parts: [
          ['2026-02-10', 50_000],
          ['2026-03-01', 50_000],
          ['2026-04-01', 20_000],
        ],
      },
    },
  ]);
  const OF_AGREEMENTS: Readonly<Record<string, typeof owing>> = {
    'instalment-reminder': agreed,
    'instalment-missed': agreed,
    counselling: agreed,
    'settlement-letter': agreed,
    'settlement-broken': agreed,
    'plan-breached': breached,
  };
  const values = (language: string, about = owing, heir?: { readonly estate: number | null }) =>
    messageValues({
      ...(heir === undefined ? {} : { heir }),
      account: about,
      standing: standing(about, strategy.counting, '2026-03-10'),
      strategy,
      now: at('2026-03-10'),
      language,
      name: '张伟',
      lenderNumber: '6225880000001234',
      letterhead: EXAMPLE_LETTERHEAD,
    });

  it.each(FILES)('$language $template T$tone $channel says all that it names', (file) => {
    const about = OF_AGREEMENTS[file.template];
    // An heir's text is the one that knows the estate; its figures are tested with the parties.
    const heir = file.template.startsWith('estate-') ? { estate: 300_000 } : undefined;
    const said = store.render(file, (language) => values(language, about, heir));
    expect(said.language).toBe(file.language);
    expect(said.body).not.toMatch(/\{\{|\}\}|undefined|NaN/);
    // Every message names how to pay or object, and a person to reach.
    expect(said.body).toContain(EXAMPLE_LETTERHEAD.phone);
    if (file.channel === 'email') expect(said.subject).toBeTruthy();
    if (file.channel === 'sms') expect(said.body).not.toContain('张伟');
    expect(said.body).not.toContain('6225880000001234');
  });

  it('says the same steps in both languages', () => {
    const names = (language: string) =>
      FILES.filter((file) => file.language === language).map((f) =>
        [f.template, f.tone, f.channel].join('.'),
      );
    expect(names('en')).toEqual(names('zh'));
  });

  it('never takes a harder tone, and serves an unknown language with its own', () => {
    expect(() =>
      store.render({ language: 'zh', template: 'pay-reminder', tone: 0, channel: 'sms' }, values),
    ).toThrow(expect.objectContaining({ code: 'TEMPLATE_MISSING' }));
    const french = store.render(
      { language: 'fr', template: 'pay-reminder', tone: 4, channel: 'sms' },
      values,
    );
    expect(french.language).toBe('zh');
    expect(french.body).toContain('2,187.65元');
  });

  it('says nothing in the name of a lender without a letterhead', () => {
    const nameless = (language: string) => {
      const { phone: _phone, payLink: _payLink, bank: _bank, ...rest } = values(language);
      return rest;
    };
    expect(() =>
      store.render({ language: 'zh', template: 'pay-reminder', tone: 1, channel: 'sms' }, nameless),
    ).toThrow(expect.objectContaining({ code: 'TEMPLATE_INCOMPLETE' }));
  });

  it('writes money and days as the language does, without a float between', () => {
    const zh = wording('zh-CN', 'CNY', 'Asia/Shanghai');
    const en = wording('en-GB', 'JPY', 'Asia/Tokyo');
    expect(zh.money(123_456_789)).toBe('1,234,567.89');
    expect(zh.money(9_007_199_254_740_991)).toBe('90,071,992,547,409.91');
    expect(zh.money(5)).toBe('0.05');
    expect(en.money(1_200)).toBe('1,200');
    expect(zh.day('2026-03-04')).toBe('2026年3月4日');
    expect(en.dayOf('2026-03-04T15:30:00.000Z')).toBe('5 March 2026');
  });
});
