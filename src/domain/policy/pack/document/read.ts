import type { z, ZodError } from 'zod';
import type { ErrorArgs, Where } from '../../../errors/forbear-error';
import type { ErrorCode } from '../../../errors/catalogue';
import { readYaml } from '../../../strategy/document/yaml';
import type { Places } from '../../../strategy/document/places';
import { inOrder, type Path, type Problem } from '../../../strategy/document/problem';

export interface ReadShape<T> {
  /** Null when its shape is wrong. */
  readonly document: T | null;
  readonly places: Places;
  readonly problems: readonly Problem[];
}
type Issue = ZodError['issues'][number];

/** Reads YAML and holds it against a schema: every error at once, each with its place. Never throws. */
export function readShape<S extends z.ZodType>(
  schema: S,
  written: string,
  file: string,
): ReadShape<z.infer<S>> {
  const { value, places, broken } = readYaml(written, file);
  if (broken.length > 0) {
    const problems = broken.map(({ reason, where }): Problem => {
      return { severity: 'error', code: 'POLICY_YAML', args: { reason }, where };
    });
    return { document: null, places, problems };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { document: parsed.data as z.infer<S>, places, problems: [] };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, { places, value, schema }));
  return { document: null, places, problems: inOrder(problems) };
}

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

interface Reading {
  readonly places: Places;
  readonly value: unknown;
  readonly schema: unknown;
}

function problemsOf(issue: Issue, on: Reading): Problem[] {
  const path = pathOf(issue);
  const key = keyOf(path);
  if (issue.code === 'unrecognized_keys')
    return unknownKeys(
      issue.keys,
      path,
      Object.keys(bare(schemaAt(on.schema, on.value, path)).shape ?? {}),
      on,
    );
  if (path.length > 0 && !on.places.has(path))
    return [wrong('POLICY_KEY_MISSING', { key }, on.places.at(path))];
  if (issue.code !== 'invalid_union')
    return [wrong('POLICY_VALUE', { key, reason: plain(issue) }, on.places.at(path))];
  if (path[0] !== 'rules' || path.length !== 3 || key !== 'kind') return closest(issue, path, on);
  const kinds = optionsOf(bare(bare(on.schema).shape?.['rules']).element).flatMap((option) =>
    valuesOf(bare(option).shape?.['kind']),
  );
  const args = { kind: String(valueAt(on.value, path)), kinds: kinds.join(', ') };
  return [wrong('POLICY_KIND_UNKNOWN', args, on.places.at(path))];
}

const pathOf = (issue: Issue): (string | number)[] =>
  issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
const keyOf = (path: Path): string => String(path.at(-1) ?? 'document');
const wrong = (code: ErrorCode, args: ErrorArgs, where: Where): Problem => ({
  severity: 'error',
  code,
  args,
  where,
});

function unknownKeys(
  keys: readonly string[],
  path: Path,
  allowed: readonly string[],
  { places }: Reading,
): Problem[] {
  return keys.map((key) =>
    wrong('POLICY_KEY_UNKNOWN', { key, allowed: allowed.join(', ') }, places.key([...path, key])),
  );
}

/** Of several shapes the one that got furthest, with the fewest mistakes, says what is wrong. */
function closest(union: UnionIssue, path: Path, on: Reading): Problem[] {
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((one) => one.path.length));
  const shapes = union.errors as unknown as readonly (readonly Issue[])[];
  const best = [...shapes].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
  if (best === undefined || best.length === 0)
    return [
      wrong('POLICY_VALUE', { key: keyOf(path), reason: 'it has the wrong shape' }, on.places.at(path)),
    ];
  const option = optionsOf(schemaAt(on.schema, on.value, path))[shapes.indexOf(best)];
  return best.flatMap((one) => {
    const at = [...path, ...pathOf(one)];
    if (one.code === 'unrecognized_keys')
      return unknownKeys(one.keys, at, Object.keys(bare(option).shape ?? {}), on);
    return problemsOf({ ...one, path: at } as Issue, on);
  });
}

function plain(issue: Issue): string {
  return issue.message.replace(/^Invalid (input|string|option): /, '');
}

interface Shaped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly options?: readonly unknown[];
  readonly values?: ReadonlySet<unknown>;
  unwrap?(): unknown;
}

function bare(schema: unknown): Shaped {
  let shaped = (schema ?? {}) as Shaped;
  while (shaped.shape === undefined && shaped.element === undefined && typeof shaped.unwrap === 'function') {
    shaped = shaped.unwrap() as Shaped;
  }
  return shaped;
}

const optionsOf = (schema: unknown): readonly unknown[] => bare(schema).options ?? [];
const valuesOf = (schema: unknown): readonly string[] => [...(bare(schema).values ?? [])].map(String);

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | null)?.[part], value);
}

/** The schema of a place. Of rules, that of their kind. */
function schemaAt(schema: unknown, value: unknown, path: Path): unknown {
  let inner: unknown = schema;
  let at: unknown = value;
  for (const part of path) {
    inner = ofKind(inner, at);
    const shaped = bare(inner);
    inner = typeof part === 'number' ? shaped.element : (shaped.shape?.[part] ?? shaped.valueType);
    at = (at as Record<string, unknown> | null)?.[part];
  }
  return ofKind(inner, at);
}

function ofKind(schema: unknown, value: unknown): unknown {
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  const option = optionsOf(schema).find((one) => valuesOf(bare(one).shape?.['kind']).includes(String(kind)));
  return option ?? schema;
}
