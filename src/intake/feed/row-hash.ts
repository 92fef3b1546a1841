import { createHash } from 'node:crypto';
import { canonicalJson } from '../../book/ids';
import type { EnrolRow } from '../row/row';

/** Of these two nothing is remembered: the moment that a row is of is the file's, and changes every day. */
const NOT_CONTENT: ReadonlySet<string> = new Set(['as_of']);

/**
 * Names the content of a row as the mapping reads it, before anything in it is checked: a row that is known by it needs
 * no more. 128 bits, so that two rows are never taken for one.
 */
export function contentOf(values: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of Object.keys(values).sort()) {
    if (NOT_CONTENT.has(name)) continue;
    const value = values[name];
    text += `${name}\u001f${typeof value === 'object' ? canonicalJson(value) : String(value)}\u001e`;
  }
  return short(text);
}

/** Names what a workflow is told of a row: the host's figures without their moment, and the facts. */
export function toldOf({ host, facts }: EnrolRow): string {
  return short(canonicalJson({ host: host === null ? null : { ...host, asOf: undefined }, facts }));
}

/** Names a file by all its bytes, or anything else by its text. */
export function short(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
