import { Document, isCollection, visit } from 'yaml';
import { exponentOf } from '../../domain/read-money';
import type { Bin, Characteristic, Scorecard } from '../../domain/score/scorecard';

/** The card as the document that people read and change; reading it again gives the same card. */
export function writeScorecard(card: Scorecard, comment: string): string {
  const scale = 10 ** exponentOf(card.currency);
  const document = new Document({
    forbear: 'scorecard/1',
    name: card.name,
    title: card.title,
    currency: card.currency,
    base: card.base,
    odds: { at_base: card.odds.atBase, doubles: card.odds.doubles },
    ranks: card.ranks,
    characteristics: card.characteristics.map((one) => ({
      fact: one.fact,
      title: one.title,
      source: one.source,
      unknown: one.unknown,
      bins: one.bins.map((bin) => written(bin, one, scale)),
    })),
  });
  // One bin a line: whoever reads it reads a table.
  visit(document, {
    Collection(_key, node, path) {
      const inBins = path.some((one) => isPairNamed(one, 'bins')) && !isPairNamed(path.at(-1), 'bins');
      const inLine = ['odds', 'ranks'].some((name) => isPairNamed(path.at(-1), name));
      if ((inBins || inLine) && isCollection(node)) node.flow = true;
    },
  });
  document.commentBefore = comment.trim().replace(/^/gm, ' ');
  return document.toString({ lineWidth: 0 });
}

function isPairNamed(node: unknown, name: string): boolean {
  const key = (node as { readonly key?: { readonly value?: unknown } } | undefined)?.key;
  return key?.value === name;
}

function written(bin: Bin, { unit }: Characteristic, scale: number): object {
  const { points } = bin;
  if ('is' in bin) return bin.is === null ? { points } : { is: bin.is, points };
  if (bin.below === null) return { points };
  return { below: unit === 'money' ? bin.below / scale : bin.below, points };
}
