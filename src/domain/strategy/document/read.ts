import type { ZodError } from 'zod';
import type { Places } from './places';
import { inOrder, type Path, type Problem } from './problem';
import { documentSchema, type StrategyDocument } from './schema';
import { readYaml } from './yaml';

export interface ReadDocument {
  /** Null when its shape is wrong. */
  readonly document: StrategyDocument | null;
  readonly places: Places;
  readonly problems: readonly Problem[];
}

type Issue = ZodError['issues'][number];

/** Reads YAML and holds it against the schema: every error at once, each with its place. Never throws. */
export function readDocument(text: string, file: string): ReadDocument {
  const { value, places, broken } = readYaml(text, file);
  if (broken.length > 0) {
    const problems = broken.map(({ reason, where }): Problem => {
      return { severity: 'error', code: 'STRATEGY_YAML', args: { reason }, where };
    });
    return { document: null, places, problems };
  }
  const parsed = documentSchema.safeParse(value);
  if (parsed.success) return { document: parsed.data, places, problems: [] };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, places));
  return { document: null, places, problems: inOrder(problems) };
}

function problemsOf(issue: Issue, places: Places): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key): Problem => {
      const args = { key, allowed: allowedAt(path).join(', ') };
      return { severity: 'error', code: 'STRATEGY_KEY_UNKNOWN', args, where: places.key([...path, key]) };
    });
  }
  const key = String(path.at(-1) ?? 'document');
  // Where nothing stands at all, also where a choice or one of several shapes was wanted.
  if (path.length > 0 && !places.has(path))
    return [{ severity: 'error', code: 'STRATEGY_KEY_MISSING', args: { key }, where: places.at(path) }];
  const reason = plain(issue);
  return [{ severity: 'error', code: 'STRATEGY_VALUE', args: { key, reason }, where: places.at(path) }];
}

function plain(issue: Issue): string {
  if (issue.code === 'invalid_union') {
    const first = issue.errors.flat()[0];
    return first === undefined ? 'it has the wrong shape' : plain(first as Issue);
  }
  return issue.message.replace(/^Invalid (input|string|option): /, '');
}

interface Shaped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly valueType?: unknown;
  unwrap?(): unknown;
}

/** The words that the schema knows at a place. */
function allowedAt(path: Path): readonly string[] {
  let schema: unknown = documentSchema;
  for (const part of path) {
    const shaped = bare(schema);
    schema = typeof part === 'number' ? shaped.element : (shaped.shape?.[part] ?? shaped.valueType);
  }
  return Object.keys(bare(schema).shape ?? {});
}

function bare(schema: unknown): Shaped {
  let shaped = (schema ?? {}) as Shaped;
  while (shaped.shape === undefined && shaped.element === undefined && typeof shaped.unwrap === 'function') {
    shaped = shaped.unwrap() as Shaped;
  }
  return shaped;
}
