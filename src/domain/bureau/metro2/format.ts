import { ForbearError } from '../../errors/forbear-error';
import { maxDate } from '../../calendar/day';
import type { CheckFacts, Format, FormatWriter, FileFacts, RecordFacts } from '../format';
import type { Reporting } from '../reporting';
import { checkRecord } from './check/check-record';
import type { Earlier } from './check/earlier';
import { isDeleted, isPaid } from './codes/account-status';
import { dataRecord } from './derive/data-record';
import type { AccountFields, Told } from './derive/furnish';
import { fieldsOf } from './derive/from-snapshot';
import { header } from './record';
import { fitText } from './write/fit-text';
import { naturalLength } from './write/record-text';
import { FileWriter } from './write/write-file';

const CURRENT: ReadonlySet<string> = new Set(['11', 'DA', 'DF']);

/** The file of the bureaus of the United States: one record an account, in fixed blocks, one a line. */
export const METRO2: Format = {
  extension: 'txt',
  furnish: ({ snapshot, last, said, terms, deleted }) =>
    fieldsOf(snapshot, last as Told | null, terms, deleted, (said ?? last) as Told | null),
  isAdverse(given) {
    const { accountStatus: status, paymentRating: rating } = given as AccountFields;
    return !CURRENT.has(status) && !((status === '13' || status === '05') && rating === '0');
  },
  wasAdverse: (told) => (told as Told).firstDelinquency !== null,
  isOver(told) {
    const { accountStatus: status } = told as Told;
    return isPaid(status) || status === '05' || isDeleted(status);
  },
  isDeleted: (told) => isDeleted((told as Told).accountStatus),
  firstDelinquency: (fields) => (fields as AccountFields).dateFirstDelinquency,
  check(facts, reporting) {
    try {
      const record = recordOf(facts, reporting);
      const { on, before, disputed } = facts;
      const faults = checkRecord(record, {
        ...{ activityDate: on, latest: on, disputed },
        earlier:
          before === undefined
            ? undefined
            : before === null
              ? null
              : earlierOf(before as AccountFields, reporting),
      });
      const codes = faults
        .filter(({ severity }) => severity === 'error')
        .map(({ code, field }) => `${code} ${field}`);
      return { codes: [...new Set(codes)], length: naturalLength(record) };
    } catch (error) {
      if (!(error instanceof ForbearError)) throw error;
      const { field } = error.args;
      return { codes: [typeof field === 'string' ? `${error.code} ${field}` : error.code], length: 0 };
    }
  },
  writer: (reporting, file) => new Metro2Writer(reporting, file),
};

function recordOf({ fields, consumers, number, corrects }: RecordFacts | CheckFacts, reporting: Reporting) {
  const { identification, soldTo } = reporting;
  return dataRecord(fields as AccountFields, consumers, { identification, number, corrects, soldTo });
}

function earlierOf(fields: AccountFields, { identification }: Reporting): Earlier {
  return {
    identificationNumber: identification,
    accountStatus: fields.accountStatus,
    paymentRating: fields.paymentRating,
    portfolioType: fields.portfolioType,
    zeroBalance: fields.currentBalance === 0,
    paymentHistoryProfile: fields.paymentHistoryProfile,
    complianceConditionCode: fields.complianceConditionCode,
    originalChargeOffAmount: fields.originalChargeOffAmount,
    dateAccountInformation: fields.dateAccountInformation,
    dateFirstDelinquency: fields.dateFirstDelinquency,
  };
}

class Metro2Writer implements FormatWriter {
  private readonly file: FileWriter;

  constructor(
    private readonly reporting: Reporting,
    private readonly facts: FileFacts,
  ) {
    this.file = new FileWriter({ length: Math.max(facts.longest, LEAST) });
  }

  head(): string {
    const { reporter, programs } = this.reporting;
    const { on, createdOn } = this.facts;
    return this.file.header(
      header({
        innovisProgramIdentifier: programs.innovis ?? '',
        equifaxProgramIdentifier: programs.equifax ?? '',
        experianProgramIdentifier: programs.experian ?? '',
        transUnionProgramIdentifier: programs.transunion ?? '',
        activityDate: on,
        dateCreated: maxDate(on, createdOn),
        reporterName: fitText(reporter.name, 40),
        reporterAddress: fitText(reporter.address, 96),
        reporterTelephoneNumber: reporter.phone,
        softwareVendorName: 'FORBEAR',
      }),
    );
  }

  data(record: RecordFacts): string {
    return this.file.data(recordOf(record, this.reporting));
  }

  tail(): string {
    return this.file.trailer();
  }
}

/** Header and trailer. */
const LEAST = 426;
