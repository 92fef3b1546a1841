import { findWatch, type Watch } from '../../book/feeds/watches';
import type { Db } from '../../book/open-book';
import { nameReader, type SaidByName } from './name-pattern';
import { readSettings, type Settings, type WatchedFeed } from './read-settings';

/** The settings of a watch, as they stand in the book. Throws WATCH_UNKNOWN; WATCH_* and MAPPING_* where they were right once. */
export async function settingsOf(db: Db, name: string): Promise<Settings> {
  return settingsIn(await findWatch(db, name));
}

/** As `settingsOf`, of a watch that is at hand. */
export function settingsIn({ name, document, mappings, folder }: Watch): Settings {
  const settings = readSettings(document, `${name}.yaml`, (mapping) => mappings[mapping] ?? null);
  return { ...settings, folder };
}

/** The feed that a file is one of by its name, and what the name says; null where no feed has such names. */
export function saidByName(
  settings: Settings,
  file: string,
): (SaidByName & { readonly feed: WatchedFeed }) | null {
  for (const feed of settings.feeds) {
    const said = nameReader({ ...feed, zone: settings.zone })(file);
    if (said !== null) return { ...said, feed };
  }
  return null;
}
