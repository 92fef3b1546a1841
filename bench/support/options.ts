import { parseArgs } from 'node:util';

/** What is said beside the names of the benches: `npm run bench card-file -- --sample 500 --seed 2`. */
export interface Options {
  /** Only so many accounts of a file. */
  readonly sample: number | undefined;
  /** So many made-up years. */
  readonly years: number | undefined;
  /** So many accounts in a book that is made for the bench. */
  readonly accounts: number | undefined;
  /** Folder of a book that was made before, or that is to be kept for the next time. */
  readonly book: string | undefined;
  /** Which ones. */
  readonly seed: number;
  /** It is taken with all the others. */
  readonly among: boolean;
}

/** Throws for an option that there is not. */
export function readOptions(args: readonly string[]): {
  readonly names: string[];
  readonly options: Options;
} {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sample: { type: 'string' },
      accounts: { type: 'string' },
      book: { type: 'string' },
      seed: { type: 'string' },
      years: { type: 'string' },
    },
  });
  const { sample, accounts, book, seed = '1', years } = values;
  const options = {
    sample: sample === undefined ? undefined : Number(sample),
    accounts: accounts === undefined ? undefined : wholeNumber('--accounts', accounts),
    book,
    years: years === undefined ? undefined : Number(years),
    seed: Number(seed),
    among: positionals.length === 0,
  };
  return { names: positionals, options };
}

/** Throws where it is none: a bench of NaN accounts would say that it is quick. */
function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error(`${option} is a whole number of at least 1, not ${text}.`);
  return Number(text);
}
