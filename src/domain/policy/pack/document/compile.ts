import { isZone } from '../../../calendar/zone';
import type { ErrorCode } from '../../../errors/catalogue';
import type { ErrorArgs, Where } from '../../../errors/forbear-error';
import { inOrder, type Problem } from '../../../strategy/document/problem';
import type { HolidayTable, Pack } from '../pack';
import { compileRule } from './compile-rule';
import { packSchema, type PackDocument } from './pack.schema';
import { readShape, type ReadShape } from './read';

export interface CompiledPack {
  readonly file: string;
  /** Null when there is any error. */
  readonly pack: Pack | null;
  readonly problems: readonly Problem[];
}
export interface CompileWith {
  /** Reviewed calendars by name. */
  readonly calendars: ReadonlyMap<string, HolidayTable>;
  /** Names content: hex of a hash over canonical JSON. */
  hash(value: unknown): string;
}

/** The YAML of a pack into the form that decides, or every error with its place. A kind nobody knows refuses it whole. */
export function compilePack(text: string, file: string, given: CompileWith): CompiledPack {
  const read = readShape(packSchema, text, file);
  const { document } = read;
  if (document === null) return { file, pack: null, problems: read.problems };
  const problems = [...problemsIn(document, read), ...calendarProblem(document, read, given)];
  const table = given.calendars.get(document.holidays);
  if (problems.length > 0 || table === undefined) return { file, pack: null, problems: inOrder(problems) };
  const plain = {
    name: document.name,
    title: document.title,
    jurisdiction: document.jurisdiction,
    from: document.from,
    until: document.until ?? null,
    on: document.on ?? [],
    zones: document.zones,
    roles: document.roles,
    products: document.products ?? null,
    rules: document.rules.map((rule) => compileRule(rule, document.counting)),
  };
  const version = given.hash({ ...plain, holidays: document.holidays });
  return { file, pack: { ...plain, version, holidays: table }, problems: [] };
}

type Said = readonly [code: ErrorCode, args: ErrorArgs, where: Where];
const asError = ([code, args, where]: Said): Problem => ({ severity: 'error', code, args, where });

function calendarProblem(document: PackDocument, { places }: Read, { calendars }: CompileWith): Problem[] {
  const { holidays: calendar } = document;
  if (calendars.has(calendar)) return [];
  const args = { calendar, known: [...calendars.keys()].join(', ') };
  return [asError(['POLICY_CALENDAR_UNKNOWN', args, places.at(['holidays'])])];
}

type Read = Pick<ReadShape<PackDocument>, 'places'>;

function problemsIn(document: PackDocument, { places }: Read): Problem[] {
  const found: Said[] = [];
  document.zones.forEach((zone, at) => {
    if (!isZone(zone)) found.push(['POLICY_ZONE', { zone }, places.at(['zones', at])]);
  });
  if (document.until !== undefined && document.until < document.from)
    found.push(['POLICY_DATES', { from: document.from, until: document.until }, places.at(['until'])]);
  const seen = new Set<string>();
  document.rules.forEach((rule, at) => {
    const named = `${rule.id} ${rule.from ?? ''}`;
    if (seen.has(named)) found.push(['POLICY_RULE_TWICE', { id: rule.id }, places.at(['rules', at, 'id'])]);
    seen.add(named);
    const { from, until } = rule;
    if (from !== undefined && until !== undefined && until < from)
      found.push(['POLICY_DATES', { from, until }, places.at(['rules', at, 'until'])]);
    found.push(...ofKind(rule, at, places));
  });
  return found.map(asError);
}

/** What the shape alone cannot say of a kind. */
function ofKind(rule: PackDocument['rules'][number], at: number, places: Read['places']): Said[] {
  if (rule.kind === 'window') {
    return rule.open.flatMap(({ from, to }, index): Said[] =>
      from < to ? [] : [['POLICY_SPAN', { from, to }, places.at(['rules', at, 'open', index])]],
    );
  }
  if (rule.kind === 'third-party' && (rule.begins === 'locked') !== (rule.unlocked_by !== undefined))
    return [['POLICY_UNLOCK', { id: rule.id }, places.at(['rules', at, 'begins'])]];
  if (rule.kind === 'gate') {
    return rule.needs.flatMap((need, index): Said[] => {
      if (!('fact' in need)) return [];
      const where = places.at(['rules', at, 'needs', index]);
      return [need, ...(need.when === undefined ? [] : [need.when])].flatMap((one): Said[] => {
        const tests = [one.is, one.at_least, one.at_most].filter((test) => test !== undefined);
        return tests.length === 1 ? [] : [['POLICY_FACT_TEST', { fact: one.fact }, where]];
      });
    });
  }
  return [];
}
