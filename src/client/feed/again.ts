import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { keepAnswer, refusedFeed, type Answer } from '../../book/feeds/answers';
import type { Feed } from '../../book/feeds/feeds';
import { findWatch } from '../../book/feeds/watches';
import { fail } from '../../domain/errors/forbear-error';
import { hashOf } from '../../intake/file/hash-of';
import { saidByName, settingsIn } from '../../intake/watch/kept-settings';
import type { Desk } from '../start';
import { lookNow } from './watch';

/**
 * Lets a refused file of a watched folder be taken once more, with who answers for it where somebody does: that stands in
 * the book and holds for that file alone. The worker fetches it from where refused ones lie, at once. Answers the feed as
 * which it was refused. Throws WATCH_UNKNOWN, FEED_NOT_REFUSED.
 * @param given the name that the file had when it came: of several of that day the last one; or with the number that it
 *   was put away with, and then it is the one that lies under that name
 */
export async function takeAgain(desk: Desk, name: string, given: string, answer: Answer): Promise<Feed> {
  const watch = await findWatch(desk.db, name);
  if (watch.stoppedAt !== null) fail('WATCH_UNKNOWN', { name });
  const settings = settingsIn(watch);
  const names = [basename(given), basename(given).replace(/\.\d+$/, '')];
  const file = names.find((one) => saidByName(settings, one) !== null) ?? '';
  const said = saidByName(settings, file) ?? fail('FEED_NOT_REFUSED', { file: basename(given), name });
  const { feed, businessDate, moment } = said;
  const of = { lender: watch.lender, source: feed.layout.source, kind: feed.kind, businessDate };
  const named = basename(given);
  const fileHash = named === file ? null : await hashOfRefused(settings.folder, named, name);
  const refused = await refusedFeed(desk.db, of, { file: named, watch: name, moment, fileHash });
  await keepAnswer(desk.db, { ...answer, watch: name, feed: refused.id, file });
  await lookNow(desk, name);
  return refused;
}

async function hashOfRefused(folder: string, file: string, name: string): Promise<string> {
  const path = join(folder, 'refused', file);
  return existsSync(path) ? hashOf(path) : fail('FEED_NOT_REFUSED', { file, name });
}
