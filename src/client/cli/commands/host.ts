import { Command, Option } from 'commander';
import { unansweredHost } from '../../../book/host-actions';
import { answerHostAction, HOST_RESULTS, type HostResultCode } from '../../host-answer';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { saySent } from '../facts';
import { table } from '../table';

const MOST = 1000;

export function host(context: Context): Command {
  return withExamples(new Command('host').description("what the lender's system was asked to do"), [
    'host list',
    'host answer x3k9w2m1q8r7t5y4 --result done',
  ])
    .addCommand(list(context))
    .addCommand(answer(context));
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('what was asked and is not answered, the oldest first')
    .option('--account <account>', "only of that account: the book's reference or the lender's number");
  const examples = ['host list', 'host list --account 6214-88 --json'];
  return common(command, examples).action(async (options: CommonOptions & { readonly account?: string }) => {
    const rows = await context.withClient(options, async (client) => {
      const account = options.account === undefined ? undefined : (await client.find(options.account)).ref;
      return unansweredHost(client.book.db, MOST, account);
    });
    context.answer(options, rows, () =>
      rows.length === 0
        ? 'Everything is answered.'
        : table(
            ['request', 'action', 'account', 'step', 'asked'],
            rows.map((row) => [row.id, row.action, row.account, row.step, row.requestedAt]),
          ),
    );
  });
}

interface AnswerOptions extends CommonOptions {
  readonly result: HostResultCode;
  readonly at?: string;
}

function answer(context: Context): Command {
  const command = new Command('answer')
    .description("the lender's system has answered: the account is told")
    .argument('<request>', 'id of the request, as `host list` and the request itself have it')
    .addOption(
      new Option('--result <result>', 'what came of it').choices([...HOST_RESULTS]).makeOptionMandatory(),
    )
    .option('--at <moment>', 'when it answered (now)');
  const examples = ['host answer x3k9w2m1q8r7t5y4 --result done'];
  return common(command, examples).action(async (id: string, options: AnswerOptions) =>
    context.withClient(options, async (client) => {
      const { action, sent } = await answerHostAction(client, id, options.result, options.at);
      context.answer(
        options,
        { ...action, sent },
        () => `${action.action}: ${options.result}. ${saySent(sent)}`,
      );
    }),
  );
}
