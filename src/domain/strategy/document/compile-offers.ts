import type { LengthBand } from '../../agreement/household-plan';
import { WATCH_RULES, type WatchRules } from '../../agreement/watch';
import type { OfferRule } from '../offers';
import { checkPath, present, type Compiling } from './compiling';
import type { OfferDocument } from './offers.schema';
import type { Path } from './problem';

const PPM_OF_PERCENT = 10_000;
const PARTS_NONE = { most: 1, withinDays: 0, approval: 'committee' } as const;
/** Ladders 6: once, after six kept instalments, or on proven change. */
const REPLAN = { times: 1, afterKept: 6, earlierBy: 'team-leader' } as const;

/** What the document offers, in its order; what is wrong goes to `on.problem`. */
export function compileOffers(on: Compiling): readonly OfferRule[] | undefined {
  return on.document.offers?.map((written, index) => compileOffer(on, written, index));
}

function compileOffer(on: Compiling, written: OfferDocument, index: number): OfferRule {
  const path: Path = ['offers', index];
  const earlier = (on.document.offers ?? []).slice(0, index);
  if (earlier.some(({ offer }) => offer === written.offer))
    on.problem('STRATEGY_NAME_TWICE', { name: written.offer }, on.places.at([...path, 'offer']));
  written.paths?.forEach((name, at) => checkPath(on, name, on.places.at([...path, 'paths', at])));
  const rule = {
    name: written.offer,
    ...present({
      paths: written.paths,
      when: on.condition([...path, 'when']),
      approval: written.approval,
    }),
  };
  switch (written.kind) {
    case 'plan':
      return { ...rule, kind: 'plan', ...plan(on, written, path) };
    case 'settlement': {
      const { within, parts, able_months } = written;
      const inParts =
        parts === undefined
          ? PARTS_NONE
          : { most: parts.most, withinDays: parts.within, approval: parts.approval };
      return {
        ...rule,
        kind: 'settlement',
        withinDays: within,
        parts: inParts,
        ableMonths: able_months ?? 0,
      };
    }
    case 'waiver':
      return { ...rule, kind: 'waiver', withinDays: written.within };
    case 'deferment':
    case 'freeze':
      return { ...rule, kind: written.kind, months: written.months };
    case 'due-date':
      return { ...rule, kind: 'due-date', everyDays: written.every_days };
    case 'hardship': {
      const least = written.least_living === undefined ? 0 : on.amount([...path, 'least_living']);
      const { rest: restDays, review: reviewDays } = written;
      return { ...rule, kind: 'hardship', restDays, reviewDays, leastLiving: least };
    }
  }
}

function plan(on: Compiling, written: Extract<OfferDocument, { kind: 'plan' }>, path: Path) {
  if ((written.counts === undefined) === (written.longest === undefined)) {
    const reason = 'it says either counts or longest';
    on.problem('STRATEGY_VALUE', { key: 'counts', reason }, on.places.at(path));
  }
  const { replan, first } = written;
  return {
    ...present({
      counts: written.counts === undefined ? undefined : [...written.counts].sort((a, b) => a - b),
      longest: written.longest?.map((band, at): LengthBand => {
        const below = band.below === undefined ? null : on.amount([...path, 'longest', at, 'below']);
        return { below, most: band.most };
      }),
      again: written.again,
    }),
    first: { withinDays: first.within, leastPercent: first.least_percent },
    least: on.amount([...path, 'least']),
    rateUpTo: Math.round((written.rate_up_to ?? 0) * PPM_OF_PERCENT),
    watch: watchRules(on, written, path),
    replan:
      replan === undefined
        ? REPLAN
        : { times: replan.times, afterKept: replan.after_kept, earlierBy: replan.earlier_by },
  };
}

function watchRules(
  on: Compiling,
  { watch }: Extract<OfferDocument, { kind: 'plan' }>,
  path: Path,
): WatchRules {
  if (watch === undefined) return WATCH_RULES;
  return {
    graceDays: watch.grace,
    tolerance: on.amount([...path, 'watch', 'tolerance']),
    missedInRow: watch.in_row,
    missedInAll: watch.in_all,
    repairDays: watch.repair,
    repairs: watch.repairs,
  };
}
