import { ForbearError, type ErrorArgs } from '../../domain/errors/forbear-error';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { Places } from '../../domain/strategy/document/places';
import { inOrder, type Path, type Problem } from '../../domain/strategy/document/problem';
import { checkDocument } from '../check-document';
import { mappingSchema, type MappingDocument } from './mapping.schema';
import { isTarget, NEEDED, PARTY } from './targets';

export interface CheckedMapping {
  /** Null when anything is wrong. */
  readonly mapping: MappingDocument | null;
  readonly problems: readonly Problem[];
}

/** Reads a mapping in YAML or JSON and says everything that is wrong with it, each with its line and column. Never throws. */
export function checkMapping(text: string, file: string): CheckedMapping {
  const checked = checkDocument(mappingSchema, text, file, { yaml: 'MAPPING_YAML', shape: 'MAPPING_SHAPE' });
  if ('problems' in checked) return { mapping: null, problems: inOrder(checked.problems) };
  const problems = meaning(checked.data, checked.places);
  return { mapping: problems.length === 0 ? checked.data : null, problems: inOrder(problems) };
}

/** The mapping, or throws the first thing that is wrong with it. */
export function readMapping(text: string, file: string): MappingDocument {
  const { mapping, problems } = checkMapping(text, file);
  const [first] = problems;
  if (mapping === null)
    throw new ForbearError(first?.code ?? 'MAPPING_YAML', first?.args ?? {}, first?.where);
  return mapping;
}

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
