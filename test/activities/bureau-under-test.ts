import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBureauActivities } from '../../src/activities/bureau/cycle-activities';
import type { BureauCycleActivities, FileMade } from '../../src/activities/bureau/contract';
import { OutboxFolder } from '../../src/activities/host/outbox-folder';
import { accept } from '../../src/book/journal';
import { enrolAccount, type NewAccount } from '../../src/book/accounts';
import { putIdentities } from '../../src/book/furnishing/identities';
import { putReporting } from '../../src/book/furnishing/reportings';
import type { Identity } from '../../src/domain/bureau/identity';
import type { BureauRules, Reporting } from '../../src/domain/bureau/reporting';
import type { AccountEvent } from '../../src/domain/account/events';
import { checkBureauFile } from '../../src/client/bureau/check-bureau-file';
import { recordsIn } from '../../src/client/bureau/records';
import type { DataRecord } from '../../src/domain/bureau/metro2/record';
import { fresh, newAccount, ownBook, published } from '../book/book-under-test';

/** Nobody who lives: names, numbers and addresses are made up. */
export const MADE_UP: Identity = {
  ...{ surname: 'Sample', firstName: 'Anna', middleName: '', generation: '' },
  ...{ socialSecurityNumber: '000000001', nationalId: 'X-1', birthDate: '1980-02-03' },
  ...{ line1: '1 Example Street', line2: '', city: 'Springfield', state: 'IL', zip: '62701', country: 'US' },
  phone: '5175550100',
};

export const RULES: BureauRules = {
  ...{ pack: 'us-federal', version: 'v', answerDays: 30, by: ['US-B5'] },
  retention: { years: 7, from: 'first-delinquency' },
};

/** A book with a lender who reports, folders of its own, and the cycle's activities. */
export interface BureauStage {
  readonly book: Awaited<ReturnType<typeof ownBook>>;
  readonly folder: string;
  readonly strategy: string;
  readonly reporting: Reporting;
  readonly act: BureauCycleActivities;
  /** A card of 500.00 owed since 1 March, whose person the book knows. */
  card(more?: Partial<NewAccount>, identity?: Partial<Identity> | null): Promise<string>;
  tell(account: string, event: Partial<AccountEvent> & { kind: AccountEvent['kind'] }): Promise<string>;
  noticed(account: string, on: string): Promise<void>;
  /** The month's file made and sent, or one of corrections. */
  run(month: string | null): Promise<FileMade>;
  /** Opens a month and takes it as far as its fields. */
  upToFields(month: string): Promise<{ readonly reporting: string; readonly file: string }>;
  send(file: { readonly reporting: string; readonly file: string }): Promise<FileMade>;
  sent(): string[];
  records(name: string): Promise<Map<string, DataRecord>>;
  close(): Promise<void>;
}

export async function bureauStage(more: Partial<Reporting> = {}, rules = RULES): Promise<BureauStage> {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-bureau-'));
  const book = await ownBook();
  const strategy = await published(book.db);
  const reporting: Reporting = {
    ...{ name: 'us-bureaus', lender: 'bank', furnisher: 'engine', format: 'metro2', cutOff: 'last' },
    ...{ sendAfterDays: 2, zone: 'Asia/Shanghai', identification: 'BANK0001' },
    reporter: { name: 'Example Bank', address: '1 Main Street Springfield IL', phone: '5175550199' },
    programs: { equifax: 'EFX0000001' },
    products: { credit_card: { portfolio: 'R', accountType: '18', months: null } },
    ...{ noticeFirst: true, lateDispute: 'mark', soldTo: '' },
    ...{ keep: join(folder, 'kept'), send: join(folder, 'out') },
    ...more,
  };
  mkdirSync(reporting.send, { recursive: true });
  await putReporting(book.db, reporting, rules, 'test');
  const act = createBureauActivities({ db: book.db, host: new OutboxFolder(join(folder, 'host')) });
  let people = 0;
  const open = async (month: string | null) => {
    const now = new Date().toISOString();
    const opened = await act.openBureauFile({ reporting: reporting.name, month, now });
    if (opened.how !== 'file') throw new Error(`nothing to make: ${opened.how}`);
    return { reporting: reporting.name, file: opened.file, corrections: opened.corrections };
  };
  const upToFields = async (month: string | null) => {
    const { corrections, ...file } = await open(month);
    if (!corrections) await act.takeBureauSnapshots(file);
    await act.furnishBureauFile(file);
    return file;
  };
  const send = async (file: { readonly reporting: string; readonly file: string }): Promise<FileMade> => {
    for (;;) {
      await act.settleBureauDisputes(file);
      const made = await act.writeBureauFile(file);
      if ((await act.sendBureauFile(file)).how !== 'changed') return made;
    }
  };
  return {
    ...{ book, folder, strategy, reporting, act, upToFields, send },
    async card(account = {}, identity = {}) {
      const made = newAccount(strategy);
      const { terms } = made;
      const { ref } = await enrolAccount(book.db, {
        ...made,
        ...{ facts: { credit_limit: 500_000 }, terms: { ...terms, openedOn: '2024-05-01' } },
        ...account,
      });
      people += 1;
      const who = {
        ...MADE_UP,
        socialSecurityNumber: String(900_000_000 + people),
        nationalId: `N-${people}`,
      };
      if (identity !== null)
        await putIdentities(book.db, [
          {
            lender: 'bank',
            lenderPerson: account.person?.lenderPerson ?? made.person.lenderPerson ?? '',
            identity: { ...who, ...identity },
          },
        ]);
      return ref;
    },
    async tell(account, event) {
      const id = event.id ?? fresh();
      await accept(
        book.db,
        account,
        { at: '2026-04-02T02:00:00.000Z', ...event, id } as AccountEvent,
        'test',
      );
      return id;
    },
    async noticed(account, on) {
      await book.db
        .insertInto('bureauNotices')
        .values({ account, step: 'N1', onDate: on, episode: null })
        .execute();
    },
    run: async (month) => send(await upToFields(month)),
    sent: () => readdirSync(reporting.send).sort(),
    async records(name) {
      const numbers = await book.db.selectFrom('accounts').select(['ref', 'lenderNumber']).execute();
      const refs = new Map(numbers.map(({ ref, lenderNumber }) => [lenderNumber, ref]));
      const found = new Map<string, DataRecord>();
      for await (const { record } of recordsIn(join(reporting.send, name)))
        if (record?.kind === 'data')
          found.set(refs.get(record.base.values.consumerAccountNumber) ?? '', record);
      return found;
    },
    async close() {
      await book.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Codes of what our own check finds in a file, by how often. */
export async function findings(file: string, before?: string): Promise<Readonly<Record<string, number>>> {
  const checked = await checkBureauFile(file, {
    ...{ most: 50, today: '2099-12-31' },
    ...(before === undefined ? {} : { before }),
  });
  return checked.byCode;
}

export const text = (file: string): string => readFileSync(file, 'utf8');
