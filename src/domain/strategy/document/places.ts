import { isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { Where } from '../../errors/forbear-error';
import type { Path } from './problem';

/** Where things stand in a document, and how they were written. */
export interface Places {
  /** Place of the value; of the nearest thing around it when there is none. `offset` counts characters into it. */
  at(path: Path, offset?: number): Where;
  /** Place of a key rather than of its value. */
  key(path: Path): Where;
  /** Whether anything stands there, be it empty. */
  has(path: Path): boolean;
  /** A scalar as it was written (`2.50`, not 2.5), or null. */
  source(path: Path): string | null;
}

export function placesOf(file: string, doc: Document, lines: LineCounter): Places {
  const where = (offset: number): Where => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const at = (path: Path, offset = 0): Where => {
    const node = nearest(doc, path);
    const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? 1 : 0;
    return where((node?.range?.[0] ?? 0) + (offset > 0 ? offset + quoted : 0));
  };
  return {
    at,
    key(path) {
      const parent = doc.getIn(path.slice(0, -1), true);
      const pair = isMap(parent) ? parent.items.find((item) => keyText(item.key) === path.at(-1)) : undefined;
      const start = (pair?.key as Node | undefined)?.range?.[0];
      return start === undefined ? at(path) : where(start);
    },
    has: (path) => doc.hasIn(path),
    source(path) {
      const node = doc.getIn(path, true);
      return isScalar(node) ? (node.source ?? String(node.value)) : null;
    },
  };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function nearest(doc: Document, path: Path): Node | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = doc.getIn(path.slice(0, length), true);
    if (isScalar(node) || isMap(node) || isSeq(node)) return node;
  }
  return doc.contents as Node | null;
}
