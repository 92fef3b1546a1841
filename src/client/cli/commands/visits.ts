import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { visitsOf } from '../../../book/visits';
import { isIsoDate } from '../../../domain/calendar/day';
import { localDate } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import { readDayOfVisits } from '../../../domain/visit/route/day.schema';
import type { ForbearClient } from '../../client';
import { calendarOf } from '../../visits/calendar-file';
import { dossierOf } from '../../visits/dossier';
import { dossierPdf } from '../../visits/dossier-pdf';
import { takePlaces } from '../../visits/places-csv';
import { planVisits, type PlannedDay } from '../../visits/visits-of-day';
import { common, readText, withExamples, type CommonOptions, type Context } from '../context';
import { counted, table } from '../table';
import { sayRoutes, secondsOf } from './routes';

interface DayCliOptions extends CommonOptions {
  readonly teams: string;
  readonly on?: string;
  readonly calendar?: string;
  readonly dossiers?: string;
  readonly language: string;
  readonly seconds: string;
}

interface PlacesCliOptions extends CommonOptions {
  readonly by?: string;
}

export function visits(context: Context): Command {
  const command = new Command('visits').description(
    "field visits: the day's tours, dossiers, places, what was made",
  );
  return withExamples(command, [
    'visits places places.csv',
    'visits day --teams teams.yaml --calendar out --dossiers out',
    'visits list 6214-88',
  ])
    .addCommand(day(context))
    .addCommand(places(context))
    .addCommand(list(context));
}

function day(context: Context): Command {
  const command = new Command('day')
    .description('tours of the open visits whose day has come, for the teams of a document (docs/visits.md)')
    .requiredOption('--teams <file>', 'document with teams, hours and ways, as for `routes plan`')
    .option('--on <date>', 'day of the tours (that of the document, or today where it has none)')
    .option('--calendar <folder>', 'writes each team a calendar file, TEAM.ics')
    .option('--dossiers <folder>', 'writes each visit a dossier, TASK.pdf: personal')
    .option('--language <tag>', 'language of the dossiers: zh or en', 'zh')
    .option('--seconds <n>', 'time after which the best plan so far is given', '5')
    .addHelpText(
      'after',
      [
        '\nWhat the gate would bar as things stand is left out with the rule, and so is what lies nobody knows where.',
        'The tours bind nobody: the gate is asked when a team sets out (`task start`).',
      ].join('\n'),
    );
  const examples = [
    'visits day --teams teams.yaml --on 2026-04-10',
    'visits day --teams teams.yaml --calendar out --dossiers out --language en',
  ];
  return common(command, examples).action((options: DayCliOptions) =>
    context.withClient(options, async (client) => {
      const { on } = options;
      if (on !== undefined && !isIsoDate(on))
        fail('OPTION_WRONG', { option: '--on', wanted: 'a day such as 2026-04-10' });
      const now = client.now();
      const read = readDayOfVisits(
        readText(options.teams),
        options.teams,
        [],
        (zone) => on ?? localDate(now, zone),
      );
      const frame = on === undefined ? read : { ...read, date: on };
      const made = await planVisits(client.book.db, frame, now, {
        seed: 1,
        seconds: secondsOf(options.seconds),
      });
      const files = [
        ...(await calendars(made, options.calendar)),
        ...(await dossiers(client, made, options)),
      ];
      const { planned, aside } = made;
      if (aside.length + planned.leftOut.length > 0) context.refuse();
      const { day: _day, ...json } = planned;
      context.answer(options, { ...json, aside, files }, () => say(made, files));
    }),
  );
}

async function calendars(
  { planned, visits: known }: PlannedDay,
  folder: string | undefined,
): Promise<string[]> {
  if (folder === undefined) return [];
  const files: string[] = [];
  for (const route of planned.routes) {
    const name = `${route.team.replace(/[^\p{L}\p{N}_-]+/gu, '-')}.ics`;
    files.push(written(folder, name, await calendarOf(route, known)));
  }
  return files;
}

async function dossiers(
  client: ForbearClient,
  { planned, visits: known }: PlannedDay,
  { dossiers: folder, language }: DayCliOptions,
): Promise<string[]> {
  if (folder === undefined) return [];
  const files: string[] = [];
  for (const { visit } of planned.routes.flatMap(({ stops }) => stops)) {
    const found = known.get(visit);
    if (found === undefined) continue;
    const dossier = await dossierOf(client.book.db, found, client.now());
    files.push(written(folder, `${visit}.pdf`, await dossierPdf(dossier, language)));
  }
  return files;
}

function written(folder: string, name: string, content: string | Buffer): string {
  const file = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  } catch (error) {
    fail('FILE_UNWRITABLE', { file, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
  return file;
}

function say({ planned, aside }: PlannedDay, files: readonly string[]): string {
  const parts = [sayRoutes(planned)];
  if (aside.length > 0) parts.push(`${counted(aside.length, 'visit')} not planned:`);
  parts.push(...aside.map(({ message }) => `  ${message}`), ...files.map((file) => `Written: ${file}`));
  return parts.join('\n');
}

function places(context: Context): Command {
  const command = new Command('places')
    .description('keep where addresses lie and what is known of them, from a table: all rows or none')
    .argument('<file>', 'CSV: who, latitude, longitude, and if wanted address, kind, verified_on, off_limits')
    .option('--by <ref>', 'opaque reference of who says so');
  return common(command, ['visits places places.csv', 'visits places places.csv --by op-7 --json']).action(
    async (file: string, options: PlacesCliOptions) =>
      context.withClient(options, async (client) => {
        const said = { by: options.by ?? null, at: client.now() };
        const rows = await takePlaces(client.book.db, readText(file), file, said);
        context.answer(options, { file, rows }, () => `${counted(rows, 'place')} kept.`);
      }),
  );
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('every time that a team set out to an account: who, when, what came of it, what shows it')
    .argument('<account>', "the book's reference or the lender's number");
  return common(command, ['visits list 6214-88', 'visits list 6214-88 --json']).action(
    async (account: string, options: CommonOptions) =>
      context.withAccount(options, account, async (client, { ref }) => {
        const rows = await visitsOf(client.book.db, ref);
        context.answer(options, rows, () =>
          rows.length === 0
            ? 'No team has set out.'
            : table(
                ['task', 'set out', 'who', 'for', 'result', 'seen', 'recordings'],
                rows.map((row) => [
                  ...[row.task, row.setOutAt, row.party.map((one) => one.ref).join(', '), row.purpose],
                  ...[row.result, row.seenAt, row.recordings.join(', ')],
                ]),
              ),
        );
      }),
  );
}
