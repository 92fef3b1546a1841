import { Command, Option } from 'commander';
import { listFiles } from '../../../book/furnishing/files';
import { enqueue, waiting } from '../../../book/furnishing/queue';
import { listReportings } from '../../../book/furnishing/reportings';
import { openObjections } from '../../../book/furnishing/tasks';
import { historyOf } from '../../../book/furnishing/told';
import { fail, render } from '../../../domain/errors/forbear-error';
import type { Refused } from '../../../intake/bureau/people';
import { accountHistory } from '../../bureau/account-history';
import { endReporting, runCycle, setReporting } from '../../bureau/reporting';
import { takeAnswers } from '../../bureau/take-answers';
import { takePeople } from '../../bureau/take-people';
import { common, readText, type CommonOptions, type Context } from '../context';
import { sheet, table } from '../table';

/** The commands of reporting that need the book: settings, cycles, what was told, answers. */
export function reportingCommands(context: Context): Command[] {
  return [set, stop, people, run, list, account, answer, remove].map((make) => make(context));
}

function set(context: Context): Command {
  const command = new Command('set')
    .description('set how a lender reports: who furnishes, in which format, when, where to')
    .argument('<document>', 'the settings; docs/bureau.md shows them');
  return common(command, ['bureau set examples/us.bureau.yaml']).action(
    (file: string, options: CommonOptions) =>
      context.withClient(options, async ({ desk }) => {
        const { reporting, rules, how, scheduled } = await setReporting(desk, readText(file), file);
        const { name, furnisher, format } = reporting;
        context.answer(options, { name, how, furnisher, format, rules, scheduled }, () =>
          sheet([
            ['reporting', `${name} (${how})`],
            ['lender', reporting.lender],
            ['furnished by', furnisher],
            ['format', furnisher === 'engine' ? format : null],
            ['answers within', `${rules.answerDays} days`],
            ['rules', rules.by.join(', ') || 'none'],
            ['schedule', scheduled ? SCHEDULES[furnisher] : 'none: run it by hand'],
          ]),
        );
      }),
  );
}

/** The lender's own system is told every day what changed; a file is a month's. */
const SCHEDULES = { engine: 'each month by the calendar', lender: 'each day', nobody: null } as const;

function stop(context: Context): Command {
  const command = new Command('stop')
    .description('begin no further cycle of a reporting; what was told stays')
    .argument('<reporting>');
  return common(command, ['bureau stop us-bureaus']).action((name: string, options: CommonOptions) =>
    context.withClient(options, async ({ desk }) => {
      await endReporting(desk, name);
      context.answer(options, { name, stopped: true }, () => `${name} is stopped.`);
    }),
  );
}

interface PeopleOptions extends CommonOptions {
  readonly lender: string;
}

function people(context: Context): Command {
  const command = new Command('people')
    .description(
      'take who people are, as bureaus want it: names, address, birth, number; kept in the book only',
    )
    .argument('<file>', 'CSV or JSON lines; docs/bureau.md has the columns')
    .option('--lender <name>', 'whose people they are', 'lender');
  const examples = ['bureau people people.csv --lender bank'];
  return common(command, examples).action((file: string, options: PeopleOptions) =>
    context.withClient(options, async ({ book }) => {
      const { taken, refused } = await takePeople(book.db, file, options.lender);
      if (refused.length > 0) context.refuse();
      context.answer(options, { taken, refused: refused.map(asJson) }, () =>
        [`${taken} people taken, ${refused.length} lines refused.`, ...sayRefused(refused)].join('\n'),
      );
    }),
  );
}

interface RunOptions extends CommonOptions {
  readonly month?: string;
  readonly corrections?: boolean;
}

function run(context: Context): Command {
  const command = new Command('run')
    .description("make and send a month's file now, or the corrections between two months")
    .argument('<reporting>')
    .option('--month <month>', 'as YYYY-MM; the last one whose cut-off day is over when left out')
    .option(
      '--corrections',
      'what became wrong of what was sent, deletions, and what was put aside and can be told now',
    );
  const examples = ['bureau run us-bureaus --month 2026-03', 'bureau run us-bureaus --corrections --json'];
  return common(command, examples).action((name: string, options: RunOptions) =>
    context.withClient(options, async ({ desk }) => {
      const { month, corrections } = options;
      if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
        fail('OPTION_WRONG', { option: '--month', wanted: 'a month as YYYY-MM' });
      const wanted = {
        ...(month === undefined ? {} : { month }),
        ...(corrections === true ? { corrections } : {}),
      };
      let said = '';
      const state = await runCycle(desk, name, wanted, ({ phase, records }) => {
        if (!context.terminal.isTTY || phase === said) return;
        context.terminal.err(`${phase}, ${records} records`);
        said = phase;
      });
      context.answer(options, state, () =>
        sheet([
          ['file', state.file],
          ['now', PHASES[state.phase] ?? state.phase],
          ['records', state.records],
          ['put aside', state.aside],
          ['workflow', state.workflow],
        ]),
      );
    }),
  );
}

const PHASES: Readonly<Record<string, string>> = {
  sent: 'sent',
  nothing: 'there was nothing to tell',
  told: "the lender's system was told",
  done: 'it was sent before',
  off: 'nothing is reported, or nothing was sent that could be corrected',
  waiting: 'made, and waits for the day on which it is sent',
};

interface ListOptions extends CommonOptions {
  readonly month?: string;
}

const OBJECTIONS = 20;

function list(context: Context): Command {
  const command = new Command('list')
    .description(
      'reportings, their files, what waits to be corrected, and objections by the day of their answer',
    )
    .option('--month <month>', 'files of that month only');
  return common(command, ['bureau list', 'bureau list --month 2026-03 --json']).action(
    (options: ListOptions) =>
      context.withClient(options, async ({ book: { db } }) => {
        const reportings = await listReportings(db);
        const files = await listFiles(db, options.month === undefined ? {} : { month: options.month });
        const queued = await Promise.all(
          reportings.map(async ({ name }) => (await waiting(db, name)).length),
        );
        const objections = await openObjections(db, OBJECTIONS);
        const shown = reportings.map(({ name, lender, settings, stoppedAt }, i) => ({
          ...{ name, lender, furnisher: settings.furnisher, format: settings.format },
          ...{ stopped: stoppedAt !== null, waiting: queued[i] ?? 0 },
        }));
        context.answer(options, { reportings: shown, files, objections }, () =>
          [
            table(
              ['reporting', 'lender', 'furnished by', 'format', 'waiting', ''],
              shown.map((one) => [
                one.name,
                one.lender,
                one.furnisher,
                one.format,
                one.waiting,
                one.stopped ? 'stopped' : '',
              ]),
            ),
            table(
              ['file', 'month', 'now', 'records', 'put aside', 'bytes', 'sent'],
              files.map((one) => [
                one.name,
                one.month,
                one.status,
                one.records,
                one.aside,
                one.bytes,
                one.sentAt,
              ]),
            ),
            ...(objections.length === 0
              ? []
              : [
                  table(
                    ['objection', 'account', 'answer by', 'task'],
                    objections.map((one) => [one.dispute, one.account, one.lastDay, one.task]),
                  ),
                ]),
          ].join('\n'),
        );
      }),
  );
}

function account(context: Context): Command {
  const command = new Command('account')
    .description('what bureaus were told of an account, file by file, why, and what they answered')
    .argument('<account>', "reference, or the lender's own number");
  return common(command, ['bureau account 6214-88', 'bureau account 6214-88 --json']).action(
    (text: string, options: CommonOptions) =>
      context.withAccount(options, text, async ({ book: { db } }, { ref }) => {
        const told = await accountHistory(db, ref);
        context.answer(options, { account: ref, told }, () =>
          told.length === 0
            ? 'Nothing was told of it.'
            : table(
                ['month', 'file', 'now', 'says', 'put aside for', 'told for', 'answer'],
                told.map((one) => [
                  ...[one.month, one.file, one.status, one.says, one.aside.join(', ')],
                  one.why.map(({ id, kind }) => (kind === null ? id : `${kind} ${id}`)).join(', '),
                  one.answer,
                ]),
              ),
        );
      }),
  );
}

function answer(context: Context): Command {
  const command = new Command('answer')
    .description("take a bureau's answers; a record that was not taken comes back as a task")
    .argument('<file>', 'CSV with file, account, result, code; docs/bureau.md explains them');
  return common(command, ['bureau answer answers.csv']).action((file: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      const { taken, rejected, known, refused } = await takeAnswers(client.book.db, file, client.now());
      if (refused.length > 0) context.refuse();
      context.answer(options, { taken, rejected, known, refused: refused.map(asJson) }, () =>
        [
          `${taken} answers taken, ${rejected} of them rejections; ${known} known; ${refused.length} lines refused.`,
          ...sayRefused(refused),
        ].join('\n'),
      );
    }),
  );
}

interface DeleteOptions extends CommonOptions {
  readonly because: 'fraud' | 'other';
  readonly by: string;
}

function remove(context: Context): Command {
  const command = new Command('delete')
    .description(
      'have all that was told of an account deleted, with the next file; nothing is told of it again',
    )
    .argument('<account>', "reference, or the lender's own number")
    .addOption(new Option('--because <reason>', 'why').choices(['fraud', 'other']).makeOptionMandatory())
    .requiredOption('--by <name>', 'who decided it');
  const examples = ['bureau delete 6214-88 --because fraud --by w.li'];
  return common(command, examples).action((text: string, options: DeleteOptions) =>
    context.withAccount(options, text, async (client, { ref }) => {
      const { db } = client.book;
      const told = (await historyOf(db, ref)).filter(
        ({ state, status }) => state === 'in' && status === 'sent',
      );
      const reportings = [...new Set(told.map(({ reporting }) => reporting))];
      if (reportings.length === 0) fail('BUREAU_NEVER_TOLD');
      const kind = options.because === 'fraud' ? 'fraud' : 'delete';
      for (const reporting of reportings)
        await enqueue(db, {
          reporting,
          account: ref,
          kind,
          reason: `delete by ${options.by}`,
          at: client.now(),
        });
      context.answer(
        options,
        { account: ref, reportings },
        () => `It is deleted with the next file of ${reportings.join(', ')}.`,
      );
    }),
  );
}

const asJson = ({ line, code, args }: Refused) => ({ line, code, message: render(code, args) });

const SHOWN = 20;

function sayRefused(refused: readonly Refused[]): string[] {
  const lines = refused.slice(0, SHOWN).map(({ code, args }) => render(code, args));
  return refused.length > SHOWN ? [...lines, `${refused.length - SHOWN} more; --json has them all.`] : lines;
}
