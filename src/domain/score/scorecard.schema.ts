import { z } from 'zod';
import { isCurrency } from '../money';
import { exponentOf } from '../read-money';
import type { Places } from '../strategy/document/places';
import { readYaml } from '../strategy/document/yaml';
import { ForbearError } from '../errors/forbear-error';
import { BEHAVIOUR } from './behaviour';
import type { Bin, Characteristic, Scorecard } from './scorecard';

/** The shape of a scorecard document. Amounts are decimals in the document's currency. */

const points = z.int().min(-1000).max(1000);
const bin = z.union([
  z.strictObject({ below: z.number(), points }),
  z.strictObject({ is: z.array(z.string().min(1)).min(1), points }),
  z.strictObject({ points }),
]);
const characteristic = z.strictObject({
  fact: z.string(),
  title: z.string().min(1),
  source: z.enum(['fitted', 'judged']),
  bins: z.array(bin).min(1),
  unknown: points,
});
const document = z.strictObject({
  forbear: z.literal('scorecard/1'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters and digits, parts joined by -'),
  title: z.string().min(1),
  currency: z.string().refine(isCurrency, 'must be a currency such as CNY'),
  base: points,
  odds: z.strictObject({ at_base: z.number().positive(), doubles: z.number().positive() }),
  ranks: z.array(points).length(19, 'must be the 19 scores below which 5, 10 … 95 percent lie'),
  characteristics: z.array(characteristic).min(1),
});
export type ScorecardDocument = z.infer<typeof document>;

/**
 * Reads a scorecard. Throws SCORECARD_YAML, SCORECARD_SHAPE and SCORECARD_FACT (a fact that no card may look at) with
 * file, line and column of the first mistake.
 */
export function readScorecard(text: string, file: string): Scorecard {
  const {
    value,
    places,
    broken: [broken],
  } = readYaml(text, file);
  if (broken !== undefined) throw new ForbearError('SCORECARD_YAML', { reason: broken.reason }, broken.where);
  const parsed = document.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
    const reason = issue?.message ?? 'it has the wrong shape';
    throw new ForbearError('SCORECARD_SHAPE', { key: path.join('.') || 'document', reason }, places.at(path));
  }
  const { data } = parsed;
  const scale = 10 ** exponentOf(data.currency);
  return {
    name: data.name,
    title: data.title,
    currency: data.currency,
    base: data.base,
    odds: { atBase: data.odds.at_base, doubles: data.odds.doubles },
    ranks: data.ranks,
    characteristics: data.characteristics.map((one, i) => compiled(one, i, scale, places)),
  };
}

function compiled(
  read: ScorecardDocument['characteristics'][number],
  place: number,
  scale: number,
  places: Places,
): Characteristic {
  const known = Object.hasOwn(BEHAVIOUR, read.fact) ? BEHAVIOUR[read.fact] : undefined;
  const at = ['characteristics', place] as const;
  if (known === undefined) {
    const facts = Object.keys(BEHAVIOUR).join(', ');
    throw new ForbearError('SCORECARD_FACT', { fact: read.fact, facts }, places.at([...at, 'fact']));
  }
  const { unit } = known;
  let above = -Infinity;
  const bins = read.bins.map((written, i): Bin => {
    const wrong = (reason: string): never => {
      throw new ForbearError('SCORECARD_SHAPE', { key: read.fact, reason }, places.at([...at, 'bins', i]));
    };
    const last = i === read.bins.length - 1;
    if ('is' in written) {
      return unit === 'text' ? { is: written.is, points: written.points } : wrong('a number has no words');
    }
    if (!('below' in written)) {
      if (!last) return wrong('only the last bin may take all that is left');
      return unit === 'text' ? { is: null, points: written.points } : { below: null, points: written.points };
    }
    if (unit === 'text') return wrong('a text has no edges: write is: [..]');
    if (written.below <= above) return wrong('the edges must rise');
    above = written.below;
    const below = unit === 'money' ? Math.round(written.below * scale) : written.below;
    return { below, points: written.points };
  });
  return { fact: read.fact, title: read.title, unit, source: read.source, unknown: read.unknown, bins };
}
