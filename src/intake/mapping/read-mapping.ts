import { LineCounter, parseDocument } from 'yaml';
import { ForbearError, type ErrorArgs } from '../../domain/errors/forbear-error';
import type { ErrorCode } from '../../domain/errors/catalogue';
import { placesOf, type Places } from '../../domain/strategy/document/places';
import { inOrder, type Path, type Problem } from '../../domain/strategy/document/problem';
import { mappingSchema, type MappingDocument } from './mapping.schema';
import { isTarget, NEEDED, PARTY } from './targets';

export interface CheckedMapping {
  /** Null when anything is wrong. */
  readonly mapping: MappingDocument | null;
  readonly problems: readonly Problem[];
}

/** Reads a mapping in YAML or JSON and says everything that is wrong with it, each with its line and column. Never throws. */
export function checkMapping(text: string, file: string): CheckedMapping {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const places = placesOf(file, doc, lines);
  if (doc.errors.length > 0) {
    const problems = doc.errors.map((error): Problem => {
      const { line, col } = lines.linePos(error.pos[0]);
      const args = { reason: error.message.replace(/\.$/, '') };
      return { severity: 'error', code: 'MAPPING_YAML', args, where: { file, line, column: col } };
    });
    return { mapping: null, problems };
  }
  const parsed = mappingSchema.safeParse(doc.toJS());
  const problems = parsed.success ? meaning(parsed.data, places) : parsed.error.issues.flatMap(shape(places));
  return {
    mapping: parsed.success && problems.length === 0 ? parsed.data : null,
    problems: inOrder(problems),
  };
}

/** The mapping, or throws the first thing that is wrong with it. */
export function readMapping(text: string, file: string): MappingDocument {
  const { mapping, problems } = checkMapping(text, file);
  const [first] = problems;
  if (mapping === null)
    throw new ForbearError(first?.code ?? 'MAPPING_YAML', first?.args ?? {}, first?.where);
  return mapping;
}

type Issue = Parameters<
  Extract<ReturnType<typeof mappingSchema.safeParse>, { success: false }>['error']['addIssue']
>[0];

const shape =
  (places: Places) =>
  (issue: Issue): Problem[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => {
        const where = places.key([...path, key]);
        return {
          severity: 'error',
          code: 'MAPPING_SHAPE',
          args: { key, reason: 'nothing is known of it' },
          where,
        };
      });
    if (issue.code === 'invalid_union') {
      // A column is a name or an object: what is wrong with the object is what the writer wants to hear.
      const [inner] = issue.errors.filter((one) => one.some((each) => each.path.length > 0));
      if (inner !== undefined)
        return inner.flatMap((each) =>
          shape(places)({ ...each, path: [...issue.path, ...each.path] } as Issue),
        );
    }
    const key = String(path.at(-1) ?? 'mapping');
    const missing = issue.message.endsWith('received undefined');
    const reason = missing ? 'it is missing' : issue.message.replace(/^Invalid (input|string|option): /, '');
    return [{ severity: 'error', code: 'MAPPING_SHAPE', args: { key, reason }, where: places.at(path) }];
  };

/** What the shape alone cannot say: columns that are none, and those without which the kind cannot be read. */
function meaning(mapping: MappingDocument, places: Places): Problem[] {
  const problems: Problem[] = [];
  const { kind, columns } = mapping;
  const add = (code: ErrorCode, args: ErrorArgs, path: Path): void => {
    problems.push({ severity: 'error', code, args, where: places.key(path) });
  };
  for (const [key, column] of Object.entries(columns)) {
    const path = ['columns', key];
    if (!isTarget(kind, key)) add('MAPPING_COLUMN', { key, kind }, path);
    if (typeof column === 'string') continue;
    const ways = [column.from, column.value].filter((way) => way !== undefined);
    if (ways.length !== 1)
      add('MAPPING_SHAPE', { key, reason: 'it needs either from or value, and not both' }, path);
    if (column.others !== undefined && column.map === undefined)
      add('MAPPING_SHAPE', { key, reason: 'others says what map leaves over, and there is no map' }, path);
    if (column.money === true && !key.startsWith('fact.'))
      add('MAPPING_SHAPE', { key, reason: 'money is for facts; the other amounts are known' }, path);
  }
  for (const column of NEEDED[kind])
    if (columns[column] === undefined) add('MAPPING_LACKS', { column, kind }, ['columns']);
  for (const [, n = ''] of Object.keys(columns).flatMap((name) => [
    ...name.matchAll(new RegExp(PARTY, 'g')),
  ])) {
    for (const part of ['role', 'person']) {
      const column = `party_${n}_${part}`;
      if (columns[column] === undefined && !problems.some(({ args }) => args['column'] === column))
        add('MAPPING_LACKS', { column, kind: 'parties' }, ['columns']);
    }
  }
  const sum = mapping.sum_of;
  if (sum !== undefined && columns[sum] === undefined)
    add('MAPPING_LACKS', { column: sum, kind: 'sum_of' }, ['sum_of']);
  if (mapping.control === undefined && mapping.totals === undefined) return problems;
  if (mapping.control !== undefined && mapping.totals === 'none')
    add('MAPPING_SHAPE', { key: 'totals', reason: 'it says none and control describes them' }, ['totals']);
  return problems;
}
