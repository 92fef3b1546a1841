import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { Command } from 'commander';
import { findStrategy } from '../../../book/strategies';
import type { ErrorCode } from '../../../domain/errors/catalogue';
import { fail, ForbearError, render } from '../../../domain/errors/forbear-error';
import { checkSettings, type CheckedSettings, type Settings } from '../../../intake/watch/read-settings';
import { temporalError } from '../../connection';
import type { ForbearClient } from '../../client';
import { takeAgain } from '../../feed/again';
import { lookNow, stopWatching, watchFolder, watchStates, type WatchState } from '../../feed/watch';
import { common, readText, withExamples, type CommonOptions, type Context } from '../context';
import { sheet, table } from '../table';

export function watch(context: Context): Command {
  const group = new Command('watch').description('folders in which files arrive on their own');
  return withExamples(group, ['feed watch bank.feeds.yaml', 'feed watch list', 'feed watch stop bank'])
    .addCommand(start(context), { isDefault: true })
    .addCommand(list(context))
    .addCommand(now(context))
    .addCommand(again(context))
    .addCommand(stop(context));
}

function start(context: Context): Command {
  const command = new Command('start')
    .description(
      'watch the folder that the settings name, or go on with other settings; `start` need not be said',
    )
    .argument('<settings>', 'a settings document (examples/bank.feeds.yaml); docs/feeds.md explains it')
    .addHelpText(
      'after',
      [
        '\nA schedule of Temporal looks into the folder. A file is taken when nobody has written to it for a while, or when',
        'the file came that says that it is whole; it goes to done/ or refused/ below the folder, with its rejects and, where',
        'it was refused, the reason. The settings and mappings are kept as they are now: say it again after a change.',
      ].join('\n'),
    );
  const examples = ['feed watch start bank.feeds.yaml', 'feed watch start bank.feeds.yaml --json'];
  return common(command, examples).action((file: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      const text = readText(file);
      const { settings, mappings } = rightOr(checkFile(text, file));
      const { name, lender, everySeconds } = settings;
      for (const { strategy } of settings.feeds)
        if (strategy !== null) await findStrategy(client.book.db, strategy);
      const folder = resolve(dirname(file), settings.folder);
      const given = { name, lender, folder, document: text, mappings };
      const became = await calling(client, () => watchFolder(client.desk, given, everySeconds));
      context.answer(options, { watch: name, folder, everySeconds, became }, () =>
        [
          sheet([
            ['watch', name],
            ['folder', folder],
            ['looked at', `every ${everySeconds} seconds`],
            ['feeds', settings.feeds.map((feed) => feed.files).join(', ')],
          ]),
          ...(existsSync(folder)
            ? []
            : ['The folder is not on this machine: it must be where the worker runs.']),
        ].join('\n'),
      );
    }),
  );
}

/** What is wrong with a settings document and its mappings, which stand beside it. */
export function checkFile(text: string, file: string): CheckedSettings {
  return checkSettings(text, file, (name) => {
    const path = resolve(dirname(file), name);
    return existsSync(path) ? readText(path) : null;
  });
}

function rightOr({ settings, problems, mappings }: CheckedSettings): {
  readonly settings: Settings;
  readonly mappings: CheckedSettings['mappings'];
} {
  const [first] = problems;
  if (settings !== null) return { settings, mappings };
  throw new ForbearError(first?.code ?? 'WATCH_YAML', first?.args ?? {}, first?.where);
}

function list(context: Context): Command {
  const command = new Command('list').description(
    'watched folders: when they were looked at, what waits and why, how far a feed is',
  );
  return common(command, ['feed watch list', 'feed watch list --json']).action(
    async (options: CommonOptions) => {
      const states = await context.withClient(options, (client) =>
        calling(client, () => watchStates(client.desk)),
      );
      context.answer(options, states, () =>
        states.length === 0 ? 'No folder is watched.' : states.map(inWords).join('\n\n'),
      );
    },
  );
}

function inWords(one: WatchState): string {
  const notes = one.notes.map(({ feed, file, code, args }) => [file ?? feed ?? 'folder', render(code, args)]);
  return [
    sheet([
      ['watch', one.name],
      ['folder', one.folder],
      ['state', one.state],
      ['last look', one.lookedAt ?? 'none yet: does a worker of feeds run?'],
      ['next look', one.nextLook],
      ['files ready', one.ready],
      ...one.running.map((feed): [string, string] => [
        'under way',
        `${feed.file}: ${feed.phase}, ${feed.count}, ${feed.percent} %`,
      ]),
    ]),
    ...(notes.length === 0 ? [] : [table(['what', 'why'], notes)]),
  ].join('\n');
}

function now(context: Context): Command {
  const command = new Command('now')
    .description('look into a watched folder at once')
    .argument('<name>', 'as the settings call it');
  return common(command, ['feed watch now bank']).action((name: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      await calling(client, () => lookNow(client.desk, name));
      context.answer(options, { watch: name, looked: true }, () => `The folder of ${name} is looked at.`);
    }),
  );
}

interface AgainOptions extends CommonOptions {
  readonly letLeave?: string;
  readonly sameAgain?: string;
}

function again(context: Context): Command {
  const command = new Command('again')
    .description('let a refused file of a watched folder be taken once more, and say who answers for it')
    .argument('<name>', 'as the settings call it')
    .argument('<file>', 'the name that the file had when it came')
    .option('--let-leave <name>', 'who answers for it that more may leave')
    .option('--same-again <name>', 'who answers for it that the file of another day is that of this day too')
    .addHelpText(
      'after',
      [
        '\nLook at the file under refused/ and at FILE.reason.txt first. What is said holds for that file alone, byte by byte,',
        'and stands with its feed. The worker fetches the file; the other checks are made again. Without an option it is',
        'taken as it is, such as after other settings were given.',
      ].join('\n'),
    );
  const examples = [
    'feed watch again bank cards-20260411.csv --let-leave w.li',
    'feed watch again bank cards-20260413.csv --same-again w.li',
    'feed watch again bank cards-20260413.csv',
  ];
  return common(command, examples).action((name: string, file: string, options: AgainOptions) =>
    context.withClient(options, async (client) => {
      const { letLeave, sameAgain } = options;
      const answer = {
        letLeaveBy: letLeave === undefined ? null : nameOf('--let-leave', letLeave),
        sameBy: sameAgain === undefined ? null : nameOf('--same-again', sameAgain),
      };
      const { id, code, args } = await calling(client, () => takeAgain(client.desk, name, file, answer));
      context.answer(options, { watch: name, file, refusedAs: id, code, ...answer }, () =>
        [
          `${file} was refused as feed ${id}: ${render(code as ErrorCode, args ?? {})}`,
          'It is taken once more now; `forbear feed list` says what became of it.',
        ].join('\n'),
      );
    }),
  );
}

/** Who answers for something. */
export function nameOf(option: string, text: string): string {
  return /^[\w.-]{2,40}$/.test(text)
    ? text
    : fail('OPTION_WRONG', { option, wanted: 'a name without spaces' });
}

function stop(context: Context): Command {
  const command = new Command('stop')
    .description('watch a folder no longer; a feed under way comes to its end, and files stay where they are')
    .argument('<name>', 'as the settings call it');
  return common(command, ['feed watch stop bank']).action((name: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      await calling(client, () => stopWatching(client.desk, name));
      context.answer(options, { watch: name, stopped: true }, () => `${name} is not watched any more.`);
    }),
  );
}

async function calling<T>({ desk }: ForbearClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { connection } = desk.temporal;
    throw temporalError(error, connection instanceof Connection ? connection.options.address : 'Temporal');
  }
}
