/** A longer text is a list of rows of some length: it hardly comes again. */
const LONGEST = 8_000;
/** So many are prepared on a connection; each costs the server some memory for as long as the connection lasts. */
const MOST = 500;

const EVERY_TIME = new Set(['begin', 'commit', 'rollback']);
const seen = new Set<string>();
const names = new Map<string, string>();

/**
 * The name by which a statement is prepared, from the second time that this process asks it; null for one that goes
 * without. The same text has the same name on every connection.
 */
export function statementName(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (text.length > LONGEST || names.size >= MOST || isControl(text)) return null;
  if (!seen.has(text) && !EVERY_TIME.has(text)) {
    if (seen.size >= 4 * MOST) seen.clear();
    seen.add(text);
    return null;
  }
  const name = `forbear_${names.size + 1}`;
  names.set(text, name);
  return name;
}

const isControl = (text: string): boolean => /^(savepoint|rollback to|release|set|lock)\b/i.test(text);
