import type { AppendageId } from '../layout/appendages';
import { TRAILER, type TrailerValues } from '../layout/trailer';
import { emptyValues, type DataRecord } from '../record';

type Count = keyof TrailerValues;

/** Header and trailer are blocks as well. */
const FRAME = 2;

const SEGMENTS: Readonly<Record<AppendageId, Count>> = {
  J1: 'totalConsumerSegmentsJ1',
  J2: 'totalConsumerSegmentsJ2',
  K1: 'totalOriginalCreditorSegments',
  K2: 'totalPurchasedToSegments',
  K3: 'totalMortgageInformationSegments',
  K4: 'totalPaymentInformationSegments',
  L1: 'totalChangeSegments',
  N1: 'totalEmploymentSegments',
};

interface Consumer {
  readonly socialSecurityNumber: string;
  readonly dateBirth: string | null;
  readonly telephoneNumber: string;
  readonly ecoaCode: string;
}

/** The trailer's counts, taken from the data records one by one: a handful of numbers whatever the file's size. */
export class Counts {
  private readonly of: Record<Count, number> = { ...emptyValues(TRAILER), blockCount: FRAME };

  add({ base, appendages }: DataRecord): void {
    this.more('totalBaseRecords');
    this.more('blockCount');
    this.status(base.values.accountStatus);
    this.consumer(base.values, 'Base');
    for (const part of appendages) {
      this.more(SEGMENTS[part.id]);
      if (part.id === 'J1' || part.id === 'J2') this.consumer(part.values, part.id);
    }
  }

  values(): TrailerValues {
    return { ...this.of };
  }

  /** A status without a counter is none of the format's; the check says so. */
  private status(code: string): void {
    const name = `totalStatusCode${code}`;
    if (Object.hasOwn(this.of, name)) this.of[name as Count] += 1;
  }

  private consumer(who: Consumer, where: 'Base' | 'J1' | 'J2'): void {
    if (isTold(who.socialSecurityNumber)) {
      this.more('totalSocialNumbersAllSegments');
      this.more(`totalSocialNumbers${where}Segments`);
    }
    if (who.dateBirth !== null) {
      this.more('totalDatesBirthAllSegments');
      this.more(`totalDatesBirth${where}Segments`);
    }
    if (who.telephoneNumber !== '') this.more('totalTelephoneNumbersAllSegments');
    if (who.ecoaCode === 'Z') this.more('totalECOACodeZ');
  }

  private more(name: Count): void {
    this.of[name] += 1;
  }
}

/** Whether a social security number is one: neither zeros nor nines, which both say that it is not known. */
export function isTold(socialSecurityNumber: string): boolean {
  return socialSecurityNumber !== '' && !/^9+$/.test(socialSecurityNumber);
}
