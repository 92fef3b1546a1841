import { Command } from 'commander';
import { caseOf, listCases, type CaseRow } from '../../../book/cases';
import { decideCase, fileApproved } from '../../cases';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { saySent } from '../facts';
import { sheet, table } from '../table';

const CASE = 'id of the case, as `case list` shows it';

export function legalCase(context: Context): Command {
  return withExamples(
    new Command('case').description(
      'files of legal cases: drafted by the engine, filed after a person approved',
    ),
    [
      'case list',
      'case show x3k9w2m1q8r7t5y4',
      'case approve x3k9w2m1q8r7t5y4 --by counsel-2',
      'case file x3k9w2m1q8r7t5y4',
    ],
  )
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(decide(context, 'approve'))
    .addCommand(decide(context, 'reject'))
    .addCommand(file(context));
}

interface ListOptions extends CommonOptions {
  readonly account?: string;
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('cases, the latest first')
    .option('--account <account>', "only of that account: the book's reference or the lender's number");
  const examples = ['case list', 'case list --account 6214-88 --json'];
  return common(command, examples).action(async (options: ListOptions) => {
    const rows = await context.withClient(options, async (client) => {
      const account = options.account === undefined ? undefined : (await client.find(options.account)).ref;
      return listCases(client.book.db, account);
    });
    const shown = rows.map(withoutFile);
    context.answer(options, shown, () => {
      if (shown.length === 0) return 'There is no case.';
      const head = ['case', 'account', 'step', 'status', 'drafted', 'decided by', 'decided', 'filed'];
      return table(
        head,
        shown.map((row) => [
          ...[row.id, row.account, row.step, row.status, row.draftedAt],
          ...[row.approvedBy, row.approvedAt, row.filedAt],
        ]),
      );
    });
  });
}

function withoutFile({ dossier: _dossier, ...row }: CaseRow): Omit<CaseRow, 'dossier'> {
  return row;
}

function show(context: Context): Command {
  const command = new Command('show')
    .description('a case with its whole file: what is owed, how it came about, what was tried')
    .argument('<case>', CASE);
  const examples = ['case show x3k9w2m1q8r7t5y4', 'case show x3k9w2m1q8r7t5y4 --json > dossier.json'];
  return common(command, examples).action(async (id: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      const row = await caseOf(client.book.db, id);
      context.answer(options, row, () => `${sayCase(row)}\n\n${JSON.stringify(row.dossier, null, 2)}`);
    }),
  );
}

function decide(context: Context, verb: 'approve' | 'reject'): Command {
  const approves = verb === 'approve';
  const command = new Command(verb)
    .description(
      approves
        ? 'a person approves the draft: the account goes on, and the case can be filed'
        : 'a person sends the draft back: nothing is filed',
    )
    .argument('<case>', CASE)
    .requiredOption('--by <ref>', 'opaque reference of the person who decides')
    .option('--at <moment>', 'when it was decided (now)');
  const examples = [`case ${verb} x3k9w2m1q8r7t5y4 --by counsel-2`];
  return common(command, examples).action(
    async (id: string, options: CommonOptions & { readonly by: string; readonly at?: string }) =>
      context.withClient(options, async (client) => {
        const result = approves ? 'approved' : 'refused';
        const decided = await decideCase(client, id, result, options.by, options.at);
        context.answer(
          options,
          { case: withoutFile(decided.case), sent: decided.sent },
          () => `${sayCase(decided.case)}\n\n${saySent(decided.sent)}`,
        );
      }),
  );
}

function file(context: Context): Command {
  const command = new Command('file')
    .description('the court has the case; refused before a person has approved it')
    .argument('<case>', CASE)
    .option('--at <moment>', 'when it was filed (now)')
    .option('--vouch <ref>', 'who answers for what the packs of rules cannot know; opaque');
  const examples = [
    'case file x3k9w2m1q8r7t5y4',
    'case file x3k9w2m1q8r7t5y4 --at 2026-09-02T10:00:00+08:00',
  ];
  return common(command, examples).action(
    async (id: string, options: CommonOptions & { readonly at?: string; readonly vouch?: string }) =>
      context.withClient(options, async (client) => {
        const row = await fileApproved(client, id, options.at, options.vouch);
        context.answer(options, withoutFile(row), () => sayCase(row));
      }),
  );
}

function sayCase(row: CaseRow): string {
  return sheet([
    ['case', row.id],
    ['account', row.account],
    ['step', row.step],
    ['status', row.status],
    ['drafted', row.draftedAt],
    ['decided by', row.approvedBy],
    ['decided', row.approvedAt],
    ['filed', row.filedAt],
  ]);
}
