import { parseArgs } from 'node:util';

/** What is said beside the names of the benches: `npm run bench card-file -- --sample 500 --seed 2`. */
export interface Options {
  /** Only so many accounts of a file. */
  readonly sample: number | undefined;
  /** So many made-up years. */
  readonly years: number | undefined;
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
    options: { sample: { type: 'string' }, seed: { type: 'string' }, years: { type: 'string' } },
  });
  const { sample, seed = '1', years } = values;
  const options = {
    sample: sample === undefined ? undefined : Number(sample),
    years: years === undefined ? undefined : Number(years),
    seed: Number(seed),
    among: positionals.length === 0,
  };
  return { names: positionals, options };
}
