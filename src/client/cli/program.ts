import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { audit } from './commands/audit';
import { accelerate, adjust, charge, loan, refund, writeOff } from './commands/books';
import { bureau } from './commands/bureau';
import { legalCase } from './commands/case';
import { enrol } from './commands/enrol';
import { feed } from './commands/feed';
import { complaint } from './commands/complaint';
import { dispute } from './commands/dispute';
import { close, hold, holds, release } from './commands/holds';
import { host } from './commands/host';
import { list, show, timeline } from './commands/look';
import { pay, reverse } from './commands/money';
import { outcome } from './commands/outcome';
import { plan } from './commands/plan';
import { policy } from './commands/policy';
import { party } from './commands/party';
import { person } from './commands/person';
import { claimPaid, debit } from './commands/payments-in-time';
import { prepare } from './commands/prepare';
import { promise, promiseCancel } from './commands/promise';
import { demo, down, up } from './commands/stack';
import { routes } from './commands/routes';
import { staff } from './commands/staff';
import { report } from './commands/report';
import { schedule } from './commands/schedule';
import { score } from './commands/score';
import { strategy } from './commands/strategy';
import { switches } from './commands/switch';
import { task } from './commands/task';
import { visits } from './commands/visits';
import { offer } from './commands/offer';
import { trace } from './commands/trace';
import { Context, withExamples, type Terminal } from './context';
import { exitCodeOf, sayError } from './exit';
import { projectFolder } from './shipped';

const COMMANDS = [
  ...[
    up,
    down,
    prepare,
    demo,
    enrol,
    feed,
    pay,
    reverse,
    charge,
    adjust,
    refund,
    loan,
    accelerate,
    writeOff,
    claimPaid,
    debit,
    promise,
    promiseCancel,
    offer,
    dispute,
    complaint,
    hold,
    release,
    holds,
    outcome,
    close,
  ],
  ...[task, legalCase, host, show, schedule, list, timeline, trace, strategy, switches, staff, plan, report],
  ...[bureau, routes, visits, policy],
  ...[party, person, audit, score],
];

/** The whole command line, writing to that terminal. */
export function program(context: Context): Command {
  const { version } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as {
    version: string;
  };
  const root = new Command('forbear')
    .description('collection strategies on Temporal: every delinquent account is one long-lived workflow')
    .version(version)
    .showHelpAfterError('Look at --help.');
  withExamples(root, [
    'demo',
    'up',
    'strategy publish standard-card',
    'enrol examples/portfolio.csv --strategy standard-card',
    'show 6214-88',
  ]);
  root.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 rejects or refused, 2 usage, 3 not found, 4 not reachable, 5 internal',
  );
  for (const make of COMMANDS) root.addCommand(make(context));
  settle(root, context);
  return root;
}

/** Nothing ends the process by itself, and everything is written to the terminal that was handed in. */
function settle(command: Command, context: Context): void {
  const { terminal } = context;
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => terminal.out(text.replace(/\n$/, '')),
    writeErr: (text) => terminal.err(text.replace(/\n$/, '')),
  });
  for (const inner of command.commands) settle(inner, context);
}

/** Runs one command line and gives its exit code. Never throws, and never shows a stack trace unless asked to. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const context = new Context(terminal);
  try {
    await program(context).parseAsync([...args], { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander has said what is wrong by now.
    if (!(error instanceof CommanderError)) terminal.err(sayError(error));
    if (terminal.env['FORBEAR_DEBUG'] === '1' && error instanceof Error) terminal.err(error.stack ?? '');
    return exitCodeOf(error);
  }
}
