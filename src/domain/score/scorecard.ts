import type { Currency, Minor } from '../units';

/**
 * A scorecard as the engine runs it, read from a document (scorecard.schema.ts): points for the bin that each fact of
 * an account lies in, added to a base. More points mean that the next instalment or minimum is likelier to be paid.
 */
export interface Scorecard {
  readonly name: string;
  readonly title: string;
  /** Its amounts are in this currency's minor units: a card fitted on one book says nothing of another. */
  readonly currency: Currency;
  /** The score of an account whose every characteristic is worth nothing. */
  readonly base: number;
  /** At the base so many accounts pay for each that does not; so many points more double that. */
  readonly odds: { readonly atBase: number; readonly doubles: number };
  /** Scores below which 5, 10 … 95 percent of the fitted accounts lie, lowest first; turns a score into a rank. */
  readonly ranks: readonly number[];
  readonly characteristics: readonly Characteristic[];
}

export interface Characteristic {
  readonly fact: string;
  readonly title: string;
  readonly unit: Unit;
  /** `fitted` on accounts whose outcome is known; `judged` by people, where no such accounts are known. */
  readonly source: 'fitted' | 'judged';
  /** In order; the first that the value fits in counts. A value that fits none is worth `unknown`. */
  readonly bins: readonly Bin[];
  /** Points while the fact is not known. */
  readonly unknown: number;
}
export type Unit = 'number' | 'percent' | 'money' | 'text';

/** Numbers: those below the edge (null: all that are left). Texts: one of those listed (null: any other). */
export type Bin =
  | { readonly below: number | null; readonly points: number }
  | { readonly is: readonly string[] | null; readonly points: number };

/** What a characteristic is read from: numbers, texts, amounts in minor units; null is not known. */
export type Behaviour = Readonly<Record<string, number | string | Minor | null>>;
