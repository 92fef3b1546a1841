import type { ConsumerInformation, EcoaCode } from '../codes/consumer';

export type Chapter = 7 | 11 | 12 | 13;

/** A consumer's bankruptcy. `dismissed`: closed, withdrawn or dismissed without discharge. */
export interface Bankruptcy {
  readonly chapter: Chapter;
  readonly stage: 'petition' | 'discharged' | 'dismissed' | 'reaffirmed' | 'rescinded';
}

export interface ConsumerFacts {
  readonly bankruptcy: Bankruptcy | null;
  /** Nobody knows where the consumer lives. */
  readonly lost: boolean;
}

const PETITION: Readonly<Record<Chapter, ConsumerInformation>> = { 7: 'A', 11: 'B', 12: 'C', 13: 'D' };
const DISCHARGED: Readonly<Record<Chapter, ConsumerInformation>> = { 7: 'E', 11: 'F', 12: 'G', 13: 'H' };
const REAFFIRMATION: ReadonlySet<string> = new Set(['R', 'V', '2A']);

/**
 * The consumer information indicator (field 38), for each consumer on an account by itself. Bankruptcy goes before a
 * consumer who cannot be found. What was told last and is so no longer is taken away once: U after T, Q after a
 * bankruptcy, S after a reaffirmation.
 * @param last the code as it was told last, empty when there was none
 */
export function consumerInformation(
  { bankruptcy, lost }: ConsumerFacts,
  last: string,
): ConsumerInformation | '' {
  if (bankruptcy !== null) return bankruptcyCode(bankruptcy);
  if (lost) return 'T';
  if (last === 'T') return 'U';
  if (/^[A-H]$/.test(last)) return 'Q';
  return REAFFIRMATION.has(last) ? 'S' : '';
}

function bankruptcyCode({ chapter, stage }: Bankruptcy): ConsumerInformation {
  switch (stage) {
    case 'petition':
      return PETITION[chapter];
    case 'discharged':
      return DISCHARGED[chapter];
    case 'dismissed':
      return 'Q';
    case 'reaffirmed':
      return 'R';
    case 'rescinded':
      return 'V';
  }
}

export type Part = 'individual' | 'joint' | 'authorised-user' | 'guarantor' | 'maker' | 'business';

const PARTS: Readonly<Record<Part, EcoaCode>> = {
  individual: '1',
  joint: '2',
  'authorised-user': '3',
  guarantor: '5',
  maker: '7',
  business: 'W',
};

/** The ECOA code (field 37) of a consumer: their part in the account, unless they died, left it, or never were in it. */
export function ecoaCode(part: Part, became: 'deceased' | 'terminated' | 'deleted' | null): EcoaCode {
  if (became === 'deleted') return 'Z';
  if (became === 'deceased') return 'X';
  return became === 'terminated' ? 'T' : PARTS[part];
}
