import type { IsoDate } from '../units';

/**
 * What Temporal's lists can be searched by: `Stage = "field-visit"`. Set at the start and at every stage entry, where
 * they cost nothing, and never inside a stage. They are not encrypted: nothing personal.
 */
export const SEARCH_ATTRIBUTES = {
  Stage: 'KEYWORD',
  Segment: 'KEYWORD',
  Strategy: 'KEYWORD',
  Lender: 'KEYWORD',
  OldestDue: 'DATETIME',
} as const;
export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;

/** A stage or segment that an account is not in yet still needs a word to be listed by. */
const NONE = 'none';

/** The values to set; `OldestDue` is left out while nothing is past due. `strategy` is the document's name. */
export function attributesOf(of: {
  readonly stage: string | null;
  readonly segment: string | null;
  readonly strategy: string;
  readonly lender: string;
  readonly oldestDue: IsoDate | null;
}): Readonly<Partial<Record<SearchAttributeName, string>>> {
  return {
    Stage: of.stage ?? NONE,
    Segment: of.segment ?? NONE,
    Strategy: of.strategy,
    Lender: of.lender,
    ...(of.oldestDue === null ? {} : { OldestDue: `${of.oldestDue}T00:00:00.000Z` }),
  };
}
