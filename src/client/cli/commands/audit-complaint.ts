import { Argument, Command } from 'commander';
import { isCode } from '../../../book/book-error';
import { accountsOf } from '../../../book/personal';
import { inTransaction } from '../../../book/open-book';
import { judgeComplaint } from '../../audit/complaint/judge';
import { COMPLAINT_KINDS, type ComplaintKind, type Finding } from '../../audit/complaint/kinds';
import type { ForbearClient } from '../../client';
import { findPerson } from '../../people';
import { common, type CommonOptions, type Context } from '../context';
import { counted, table, wrapped } from '../table';

const KINDS = Object.keys(COMPLAINT_KINDS) as ComplaintKind[];

interface ComplaintOptions extends CommonOptions {
  readonly all?: boolean;
}

/** What consumers complain of most, answered out of the evidence, contact by contact. */
export function complained(context: Context): Command {
  const command = new Command('complaint')
    .description(
      'answer a complaint out of the evidence: what happened, contact by contact, and why it was allowed',
    )
    .addArgument(
      new Argument('<kind>', KINDS.map((kind) => `${kind}: ${COMPLAINT_KINDS[kind]}`).join('; ')).choices(
        KINDS,
      ),
    )
    .argument('<who>', 'an account, or a person with all accounts')
    .option('--all', 'contacts that have nothing of it, too');
  return common(command, [
    'audit complaint at-night 6214-88',
    'audit complaint after-stop P-20 --all --json',
  ]).action(async (kind: ComplaintKind, who: string, options: ComplaintOptions) =>
    context.withClient(options, async (client) => {
      const of = await whose(client, who);
      const all = await judgeComplaint(client.book.db, kind, of);
      const shown = options.all === true ? all : all.filter(({ verdict }) => verdict !== 'in-order');
      if (all.some(({ verdict }) => verdict === 'unexplained')) context.refuse();
      context.answer(options, { kind, ...of, looked: all.length, findings: shown }, () =>
        said(kind, all.length, shown),
      );
    }),
  );
}

async function whose(client: ForbearClient, who: string) {
  try {
    const { ref, person } = await client.find(who);
    return { accounts: [ref], person };
  } catch (error) {
    if (!isCode(error, 'ACCOUNT_UNKNOWN')) throw error;
  }
  const { ref: person } = await findPerson(client.book.db, who);
  return { accounts: await inTransaction(client.book.db, (tx) => accountsOf(tx, [person])), person };
}

function said(kind: ComplaintKind, looked: number, findings: readonly Finding[]): string {
  const head = `${COMPLAINT_KINDS[kind]}.\nLooked at: ${counted(looked, kind === 'reported-unannounced' ? 'report' : 'contact')}.`;
  if (findings.length === 0) return `${head} None of them has anything of it.`;
  const rows = findings.map(({ at, account, what, verdict, why }) => [
    at,
    account,
    what,
    verdict,
    wrapped(why, 70),
  ]);
  return `${head}\n${table(['at', 'account', 'what', 'verdict', 'why'], rows)}`;
}
