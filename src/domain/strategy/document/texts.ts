/** Values that a text may name, and what each is. The lender's letterhead gives the first four. */
export const TEXT_VALUES: Readonly<Record<string, string>> = {
  bank: "the lender's name as people know it",
  phone: 'where a person is reached who can help, and who takes objections',
  ownerAlias: 'what the owner of the account is called; never a real name',
  payLink: 'page to pay on',
  ref: "the book's own opaque reference",
  name: "the person's name: in letters only",
  last4: "last four characters of the lender's own number",
  currency: 'three capital letters',
  dpd: 'days past due by the contract',
  cycles: 'number of parts past due',
  today: 'the day of writing',
  pastDue: 'what is past due and not disputed',
  oldestAmount: 'what is unpaid of the oldest part',
  min: 'the minimum or instalment that is due next, else what is past due',
  nextAmount: 'what falls due next',
  total: 'everything that is owed',
  balance: 'the same as total',
  due: 'the oldest unpaid due date, else the next one',
  nextDue: 'the next due date',
  graceEnd: 'last day on which a payment still counts as on time',
  reportDate: 'the day for which the bureau is told',
  offerUntil: 'last day of an offer',
  payUntil: 'fifteen days from today',
  promiseDate: 'the day that was promised',
  promiseAmount: 'the amount that was promised',
  estate: 'to an heir only: that he answers with the estate, and with how much where it is known',
  instalmentDue: 'the day of the next instalment',
  instalmentAmount: 'what is missing of the instalments up to the next one',
  instalmentMissing: 'what is missing of instalments that are past',
  repairUntil: 'last day on which a breached plan is made good',
  settlementAmount: 'what settles the debt',
  settlementUntil: 'by when it settles the debt',
  settlementDebt: 'the whole debt of a settlement',
  settlementWaived: 'what a settlement gives up',
  affordable: 'what a household in hardship can carry a month',
  reviewDate: 'when a hardship is looked at again',
};

/** What a text to an heir may name beside the words on the estate: nothing in it asks for payment. */
const TO_HEIRS: readonly string[] = [
  'bank',
  'phone',
  'ref',
  'name',
  'last4',
  'currency',
  'today',
  'total',
  'balance',
];

/** Values that stay unknown for some accounts, so that only some texts may name them. */
const BY_CHANNEL: Readonly<Record<string, readonly string[]>> = { name: ['letter'] };

/** What no text may say: threats, others, shame, what is not sure to happen (ladders 3.7). In small letters. */
export const FORBIDDEN_PHRASES: readonly string[] = [
  ...[
    '坐牢',
    '拘留',
    '逮捕',
    '抓捕',
    '公安',
    '报警',
    '警察',
    '刑事',
    '诈骗',
    '老赖',
    '失信被执行人',
    '后果自负',
    '最后通牒',
  ],
  ...['家人', '亲属', '同事', '单位领导', '通讯录', '上门催收', '全家', '丢脸', '无赖', '立即还款否则'],
  ...['police', 'arrest', 'prison', 'jail', 'criminal', 'fraudster', 'shame', 'your family', 'your employer'],
  ...['your neighbours', 'final warning', 'last chance', 'or else', 'deadbeat', 'immediately or'],
];

/** Words of a stronger tone: a service message does not speak of consequences, a friendly one not of law. */
export const TOO_STRONG: Readonly<Record<string, readonly string[]>> = {
  T0: ['逾期', '起诉', '诉讼', '法院', 'past due', 'overdue', 'court', 'lawsuit'],
  T1: ['起诉', '诉讼', '法院', '征信', 'court', 'lawsuit', 'credit bureau'],
};

export interface TextFault {
  readonly text: string;
  readonly fault:
    'value-unknown' | 'value-not-here' | 'phrase-forbidden' | 'too-strong' | 'lacks' | 'full-name';
  readonly what: string;
}

/** What is wrong with a text of the name `zh/pay-reminder.T1.sms`. */
export function textFaults(name: string, body: string): readonly TextFault[] {
  const [, tone = '', channel = ''] = /\.(T\d)\.(\w+)$/.exec(name) ?? [];
  const small = body.toLowerCase();
  const fault = (kind: TextFault['fault'], what: string): TextFault => ({ text: name, fault: kind, what });
  const values = valuesOf(body);
  const toHeir = values.includes('estate');
  return [
    ...values
      .filter((value) => TEXT_VALUES[value] === undefined)
      .map((value) => fault('value-unknown', value)),
    ...values
      .filter((value) => BY_CHANNEL[value]?.includes(channel) === false)
      .map((value) => fault('value-not-here', value)),
    ...values
      .filter((value) => toHeir && value !== 'estate' && !TO_HEIRS.includes(value))
      .map((value) => fault('value-not-here', value)),
    ...FORBIDDEN_PHRASES.filter((phrase) => small.includes(phrase)).map((phrase) =>
      fault('phrase-forbidden', phrase),
    ),
    ...(TOO_STRONG[tone] ?? [])
      .filter((word) => small.includes(word))
      .map((word) => fault('too-strong', word)),
    ...(toHeir ? ['phone', 'bank'] : ['payLink', 'phone', 'bank'])
      .filter((value) => !values.includes(value))
      .map((value) => fault('lacks', value)),
    ...(/异议|object/.test(small) ? [] : [fault('lacks', 'how to object')]),
  ];
}

function valuesOf(body: string): readonly string[] {
  return [...new Set([...body.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? ''))];
}
