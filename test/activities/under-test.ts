import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolAccount, type NewAccount } from '../../src/book/accounts';
import type { Db } from '../../src/book/open-book';
import type { AccountActivities, StepRequest } from '../../src/activities/contract';
import type { BureauActivities } from '../../src/activities/bureau/contract';
import { createActivities } from '../../src/activities/create-activities';
import type { Dependencies } from '../../src/activities/dependencies';
import { OutboxFolder } from '../../src/activities/host/outbox-folder';
import { EmailCarrier } from '../../src/activities/messaging/email';
import { SmsCarrier } from '../../src/activities/messaging/sms';
import { takeReceipt } from '../../src/activities/receipts';
import { TemplateStore } from '../../src/activities/templates/template-store';
import { startOutside, type Outside } from '../../src/stack/outside/outside';
import { newAccount, NOON, ownBook } from '../book/book-under-test';

/** The activities on a book of their own, with a real mail server and a real SMS centre outside. */
export interface Stage {
  readonly book: Awaited<ReturnType<typeof ownBook>>;
  readonly outside: Outside;
  readonly folder: string;
  readonly deps: Dependencies;
  readonly act: AccountActivities & BureauActivities;
  close(): Promise<void>;
}

export const CARRIER_MS = 600;

const TEMPLATES: Readonly<Record<string, string>> = {
  'zh/reminder.T1.sms.liquid':
    '【{{ bank }}】您尾号{{ last4 }}的信用卡尚有{{ pastDue }}元未还,{{ graceEnd }}前还清视同按时还款。如遇困难请致电{{ phone }}。',
  'zh/reminder.T1.email.liquid':
    'Subject: 还款提醒\n\n{{ name }}:您尾号{{ last4 }}的信用卡尚有{{ pastDue }}元未还。退订或异议请致电{{ phone }}。',
  'en/reminder.T1.sms.liquid':
    '{{ bank }}: {{ currency }} {{ pastDue }} was due on {{ due }}. Call {{ phone }}.',
  'en/reminder.T4.sms.liquid': 'FORMAL {{ pastDue }}',
  'zh/record-notice.T0.sms.liquid': '【{{ bank }}】{{ reportDate }}未还清将报送征信。{{ phone }}',
  'zh/estate-notice.T1.letter.liquid': readFileSync('templates/zh/estate-notice.T0.letter.liquid', 'utf8'),
  'zh/broken.T1.sms.liquid': '{{ notKnown }}',
};

export async function stage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-activities-'));
  for (const [name, text] of Object.entries(TEMPLATES)) {
    mkdirSync(join(folder, 'templates', name.split('/')[0]!), { recursive: true });
    writeFileSync(join(folder, 'templates', name), text);
  }
  const book = await ownBook();
  const outside = await startOutside({ folder: join(folder, 'outside'), receiptAfterMs: 30 });
  const sms = new SmsCarrier({
    host: '127.0.0.1',
    port: outside.smppPort,
    systemId: 'forbear',
    password: 'secret',
    from: '95500',
    timeoutMs: CARRIER_MS,
    onReceipt: (receipt) => takeReceipt(book.db, 'sms', receipt),
  });
  const email = new EmailCarrier({
    host: '127.0.0.1',
    port: outside.smtpPort,
    security: 'none',
    from: 'service@bank.example',
    timeoutMs: CARRIER_MS,
  });
  const deps: Dependencies = {
    db: book.db,
    carriers: { sms, email },
    templates: new TemplateStore(join(folder, 'templates'), 'zh'),
    letterheads: {
      '*': { bank: '示例银行', phone: '95500', payLink: 'https://pay.example', ownerAlias: '客户经理' },
    },
    host: new OutboxFolder(join(folder, 'host')),
  };
  return {
    ...{ book, outside, folder, deps },
    act: createActivities(deps),
    close: async () => {
      await Promise.all([sms.close(), email.close()]);
      await outside.close();
      await book.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let count = 0;

/** An account of a person with these endpoints; a number and an address of its own unless said otherwise. */
export async function person(
  db: Db,
  strategy: string,
  endpoints?: NewAccount['person']['endpoints'],
  more: Partial<NewAccount['person']> = {},
) {
  const account = newAccount(strategy);
  count += 1;
  const mobile = `+86138${String(20_000_000 + count)}`;
  const mail = `zhang.wei.${count}@example.test`;
  const own = endpoints ?? [
    { kind: 'mobile' as const, value: mobile },
    { kind: 'email' as const, value: mail },
  ];
  const enrolled = await enrolAccount(db, {
    ...account,
    lenderNumber: `622588000000${String(1000 + count)}`,
    person: { ...account.person, lenderPerson: `P${count}`, name: '张伟', endpoints: own, ...more },
  });
  return { ref: enrolled.ref, mobile, mail };
}

export function request(
  ref: string,
  strategy: string,
  step: string,
  more: Partial<StepRequest> = {},
): StepRequest {
  return {
    occurrence: { step, anchor: '2026-03-01', n: 1, due: NOON },
    tone: 1,
    path: 'N',
    now: NOON,
    factor: 1000,
    why: { code: 'step-due', args: { step } },
    report: {
      lender: 'bank',
      ref,
      strategy,
      generation: 1,
      upTo: 0,
      told: [],
      notes: [],
      aside: [],
      view: {
        stage: 'reminder',
        segment: 'N',
        path: 'N',
        contractDpd: 9,
        treatmentDpd: 9,
        cycles: 1,
        bucket: 1,
        pastDue: 50_000,
        balance: 50_000,
        oldestDue: '2026-03-01',
        holds: [],
        promise: null,
      },
    },
    ...more,
  };
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1_000; i += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  expect(await holds()).toBe(true);
}
