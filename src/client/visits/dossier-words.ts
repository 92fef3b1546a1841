/** Words of the dossier, in the languages of the teams. */
export interface DossierWords {
  readonly title: string;
  readonly confidential: string;
  readonly purpose: string;
  readonly person: string;
  readonly address: string;
  readonly made: string;
  readonly task: string;
  readonly debts: string;
  readonly account: string;
  readonly pastDue: string;
  readonly disputed: string;
  readonly balance: string;
  readonly days: string;
  readonly since: string;
  readonly stage: string;
  readonly history: string;
  readonly contacts: string;
  readonly talks: string;
  readonly promises: string;
  readonly visits: string;
  readonly none: string;
  readonly risks: string;
  readonly offers: string;
  readonly offer: (days: number, least: string) => string;
  readonly rules: string;
  readonly ruleList: readonly string[];
}

const zh: DossierWords = {
  title: '上门走访卷宗',
  confidential: '内部资料,仅供走访人员使用,不得留置或示于他人。',
  purpose: '目的',
  person: '姓名',
  address: '地址',
  made: '制作日期',
  task: '任务',
  debts: '债务',
  account: '账户',
  pastDue: '逾期金额',
  disputed: '争议金额',
  balance: '余额',
  days: '逾期天数',
  since: '最早到期日',
  stage: '阶段',
  history: '经过',
  contacts: '联系次数',
  talks: '本人通话',
  promises: '还款承诺',
  visits: '此前走访',
  none: '无',
  risks: '风险与注意',
  offers: '可以提出',
  offer: (days, least) => `还款承诺:最迟 ${days} 天内,最低金额:${least}`,
  rules: '出发前与到场时',
  ruleList: [
    '出发前须经系统放行(task start);两人同行,出示证件,全程录音录像。',
    '先核实身份;未经同意不得进入住所;不得向他人透露债务。',
    '如遇疾病、丧事、威胁或拒绝,立即结束并如实记录。',
  ],
};

const en: DossierWords = {
  title: 'Visit dossier',
  confidential: 'Confidential: for the visiting team alone. Not to be left behind or shown to anybody.',
  purpose: 'Purpose',
  person: 'Name',
  address: 'Address',
  made: 'Made on',
  task: 'Task',
  debts: 'Debts',
  account: 'Account',
  pastDue: 'Past due',
  disputed: 'Disputed',
  balance: 'Balance',
  days: 'Days past due',
  since: 'Oldest due date',
  stage: 'Stage',
  history: 'History',
  contacts: 'contacts',
  talks: 'talks with the person',
  promises: 'Promises',
  visits: 'Earlier visits',
  none: 'none',
  risks: 'Risks',
  offers: 'What may be offered',
  offer: (days, least) => `A promise to pay within ${days} days, at least: ${least}`,
  rules: 'Before and at the door',
  ruleList: [
    'The gate lets the team go (task start). Two people go, show identification and record the visit.',
    'Make sure of the person first. Enter no home without consent. Tell nobody else of the debt.',
    'Illness, mourning, a threat or a refusal ends the visit at once; write down what happened.',
  ],
};

/** Chinese for every kind of Chinese, English for all else. */
export const dossierWords = (language: string): DossierWords => (/^zh\b/i.test(language) ? zh : en);
