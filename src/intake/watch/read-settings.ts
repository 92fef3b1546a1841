import { ForbearError } from '../../domain/errors/forbear-error';
import { inOrder, type Path, type Problem } from '../../domain/strategy/document/problem';
import type { Currency, IsoDate, TimeOfDay, Zone } from '../../domain/units';
import type { FeedKind } from '../../book/tables';
import { checkDocument } from '../check-document';
import { mappedLayout, plainLayout, type Layout } from '../feed/layout';
import { MAPPED } from '../feed/terms';
import { checkMapping } from '../mapping/read-mapping';
import { isPattern } from './name-pattern';
import { settingsSchema, type FeedDocument, type SettingsDocument } from './settings.schema';

/** One kind of file that a lender puts into the folder. */
export interface WatchedFeed {
  readonly name: string;
  readonly files: string;
  readonly dates: string;
  readonly lag: number;
  readonly kind: FeedKind;
  readonly layout: Layout;
  /** Name of the file that says that another is whole; null where a file is whole when it has been left alone. */
  readonly ready: string | null;
  readonly strategy: string | null;
  readonly leaveShare: number | null;
  readonly days: 'every' | 'weekdays' | 'business';
  readonly noneOn: readonly IsoDate[];
  readonly by: TimeOfDay;
  readonly missing: 'wait' | 'take';
}

/** The settings of a watched folder, with its mappings read. */
export interface Settings {
  readonly name: string;
  readonly lender: string;
  readonly folder: string;
  readonly zone: Zone;
  readonly currency: Currency | null;
  readonly everySeconds: number;
  readonly quietSeconds: number;
  /** In the order of the document: files of one day are taken so. */
  readonly feeds: readonly WatchedFeed[];
}

export interface CheckedSettings {
  /** Null when anything is wrong. */
  readonly settings: Settings | null;
  readonly problems: readonly Problem[];
  /** The mappings that were read, by the names that the document gives them. */
  readonly mappings: Readonly<Record<string, string>>;
}

const DEFAULTS = { everySeconds: 300, quietSeconds: 60, dates: 'YYYYMMDD', by: '12:00' };

/**
 * Reads the settings of a watched folder and says everything that is wrong with them and with their mappings, each with
 * its file, line and column. Never throws.
 * @param mappingOf the text of a mapping by the name that the document gives it; null where there is none
 */
export function checkSettings(
  text: string,
  file: string,
  mappingOf: (name: string) => string | null,
): CheckedSettings {
  const codes = { yaml: 'WATCH_YAML', shape: 'WATCH_SHAPE' } as const;
  const checked = checkDocument(settingsSchema, text, file, codes);
  if ('problems' in checked) return { settings: null, problems: inOrder(checked.problems), mappings: {} };
  const { data: document, places } = checked;
  const problems: Problem[] = [];
  const mappings: Record<string, string> = {};
  const add = (key: string, reason: string, path: Path): void => {
    problems.push({ severity: 'error', code: 'WATCH_SHAPE', args: { key, reason }, where: places.at(path) });
  };
  const feeds = Object.entries(document.feeds).map(([name, feed]) => {
    const path = ['feeds', name];
    if (!isPattern(feed.files))
      add('files', 'must hold {date} once, and {time} once at most', [...path, 'files']);
    const accounts = MAPPED[feed.kind] === 'accounts';
    if (accounts && (feed.strategy ?? document.strategy) === undefined)
      add('strategy', 'is missing, and accounts may begin with these files', path);
    return watched(name, feed, document, layoutFor(feed, path));
  });
  const settings =
    problems.length === 0 ? { ...settled(document), feeds: feeds.flatMap((one) => one ?? []) } : null;
  return { settings, problems: inOrder(problems), mappings };

  function layoutFor(feed: FeedDocument, path: Path): Layout | null {
    const wanted = MAPPED[feed.kind];
    if (feed.mapping === undefined) return plainLayout(document.lender, wanted);
    const at = [...path, 'mapping'];
    const written = mappingOf(feed.mapping);
    if (written === null) {
      add('mapping', `there is no file ${feed.mapping}`, at);
      return null;
    }
    mappings[feed.mapping] = written;
    const { mapping, problems: wrong } = checkMapping(written, feed.mapping);
    problems.push(...wrong);
    if (mapping === null) return null;
    if (mapping.kind !== wanted) add('mapping', `is for ${mapping.kind} and the files are ${feed.kind}`, at);
    if (mapping.lender !== document.lender) add('mapping', `is of the lender ${mapping.lender}`, at);
    return mappedLayout(mapping);
  }
}

/** The settings, or throws the first thing that is wrong with them: WATCH_YAML, WATCH_SHAPE, MAPPING_*. */
export function readSettings(
  text: string,
  file: string,
  mappingOf: (name: string) => string | null,
): Settings {
  const { settings, problems } = checkSettings(text, file, mappingOf);
  const [first] = problems;
  if (settings === null) throw new ForbearError(first?.code ?? 'WATCH_YAML', first?.args ?? {}, first?.where);
  return settings;
}

function settled(document: SettingsDocument): Omit<Settings, 'feeds'> {
  const { name, lender, folder, zone, currency, every_seconds, quiet_seconds } = document;
  return {
    ...{ name, lender, folder, zone, currency: currency ?? null },
    everySeconds: every_seconds ?? DEFAULTS.everySeconds,
    quietSeconds: quiet_seconds ?? DEFAULTS.quietSeconds,
  };
}

function watched(
  name: string,
  feed: FeedDocument,
  document: SettingsDocument,
  layout: Layout | null,
): WatchedFeed | null {
  if (layout === null) return null;
  const { files, kind, dates, lag, ready, strategy, leave_share, days, none_on, by, missing } = feed;
  return {
    ...{ name, files, kind, layout },
    dates: dates ?? DEFAULTS.dates,
    lag: lag ?? 0,
    ready: ready ?? null,
    strategy: strategy ?? document.strategy ?? null,
    leaveShare: leave_share ?? null,
    days: days ?? 'every',
    noneOn: none_on ?? [],
    by: by ?? DEFAULTS.by,
    // A snapshot says everything anew; what a change or a payment that never came said, nobody says again.
    missing: missing ?? (kind === 'snapshot' ? 'take' : 'wait'),
  };
}
