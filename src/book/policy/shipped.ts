import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { contentHash } from '../ids';
import { fail, ForbearError } from '../../domain/errors/forbear-error';
import { compilePack, type CompiledPack, type CompileWith } from '../../domain/policy/pack/document/compile';
import { calendarsOf, readYear } from '../../domain/policy/pack/document/holidays';
import type { HolidayTable, Pack } from '../../domain/policy/pack/pack';
import { problemText } from '../../domain/strategy/document/problem';

/** The policies folder that ships with the project. */
export function policiesFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'policies');
}

let shipped: ReadonlyMap<string, HolidayTable> | null = null;

/** The reviewed calendars that ship, read once. Throws the first error of a document that is not right. */
export function readCalendars(): ReadonlyMap<string, HolidayTable> {
  shipped ??= calendarsOf(
    yamlIn(join(policiesFolder(), 'holidays')).map((file) => {
      const { document, problems } = readYear(read(file), shown(file));
      return document ?? broken(problems);
    }),
    contentHash,
  );
  return shipped;
}

/** The names of the packs of a folder. */
export function packNames(folder = policiesFolder()): readonly string[] {
  return yamlIn(folder).map((file) => basename(file, '.yaml'));
}

/** One pack by its name or its file, with everything that is wrong with it. Throws POLICY_UNKNOWN, FILE_UNREADABLE. */
export function readPack(
  name: string,
  given: CompileWith = withCalendars(),
  folder = policiesFolder(),
): CompiledPack {
  const file = fileOf(name, folder);
  return compilePack(read(file), shown(file), given);
}

export function withCalendars(): CompileWith {
  return { calendars: readCalendars(), hash: contentHash };
}

/**
 * The packs of these names or files, with all that they stand on, each once, the foundations first. Throws the first
 * error of a pack that is not right, POLICY_UNKNOWN, POLICY_BASE_UNKNOWN, POLICY_RULE_TAKEN, FILE_UNREADABLE.
 */
export function loadPacks(names: readonly string[], folder = policiesFolder()): readonly Pack[] {
  const given = withCalendars();
  const known = packNames(folder);
  const packs: Pack[] = [];
  // Each name is read once, and one that leads back to itself is not followed again.
  const seen = new Set<string>();
  const add = (name: string, wantedBy: string | null): void => {
    if (seen.has(name)) return;
    seen.add(name);
    if (wantedBy !== null && !known.includes(name))
      fail('POLICY_BASE_UNKNOWN', { pack: wantedBy, base: name });
    const { pack, problems } = readPack(name, given, folder);
    if (pack === null) return broken(problems);
    if (packs.some((one) => one.name === pack.name && one.version === pack.version)) return;
    for (const base of pack.on) add(base, pack.name);
    const taken = takenIn(packs, pack);
    if (taken !== null) fail('POLICY_RULE_TAKEN', taken, { file: shown(fileOf(name, folder)) });
    packs.push(pack);
  };
  for (const name of names) add(name, null);
  return packs;
}

/** A rule of the same name in another pack: whoever wrote it may think that it replaces that one. */
function takenIn(packs: readonly Pack[], pack: Pack): { readonly id: string; readonly other: string } | null {
  for (const other of packs) {
    if (other.name === pack.name) continue;
    const same = pack.rules.find(({ id }) => other.rules.some((rule) => rule.id === id));
    if (same !== undefined) return { id: same.id, other: other.name };
  }
  return null;
}

/** The file of one pack by its name or its file. Throws POLICY_UNKNOWN. */
export function packFile(name: string): string {
  return fileOf(name, policiesFolder());
}

function fileOf(name: string, folder: string): string {
  const file = join(folder, `${name}.yaml`);
  if (/^[\w-]+$/.test(name) && existsSync(file)) return file;
  return existsSync(name) || name.includes('.') ? name : fail('POLICY_UNKNOWN', { name });
}

function yamlIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(folder, file));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return fail('FILE_UNREADABLE', { file, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}

const shown = (file: string): string => (file.startsWith('/') ? relative(process.cwd(), file) : file);

function broken(problems: CompiledPack['problems']): never {
  const [first] = problems;
  if (first === undefined) return fail('POLICY_YAML', { reason: 'it is empty' });
  throw new ForbearError(first.code, first.args, first.where);
}

/** Everything that is wrong with a pack, one a line. */
export const sayProblems = (problems: CompiledPack['problems']): string =>
  problems.map(problemText).join('\n');
