import { Command } from 'commander';
import { runDemo } from '../../../stack/demo/demo';
import { interruption, untilRaised } from '../../../stack/interruption';
import { defaultData, type StackInfo } from '../../../stack/running';
import { startStack } from '../../../stack/stack';
import { down as stop, upDetached } from '../../../stack/up';
import { fail } from '../../../domain/errors/forbear-error';
import { EXIT } from '../exit';
import { withExamples, type CommonOptions, type Context } from '../context';
import { sheet } from '../table';

export function up(context: Context): Command {
  const command = new Command('up')
    .description('start the stack on this machine and keep it running; its data survives a restart')
    .option('--detach', 'in the background; `forbear down` stops it')
    .option('--data <folder>', 'data folder (.forbear/up)')
    .option('--json', 'say the addresses as JSON, for programs');
  const examples = ['up', 'up --detach', 'up --data /var/lib/forbear'];
  return withExamples(command, examples).action(async (options: UpCliOptions) => {
    const { terminal } = context;
    if (options.detach === true) {
      const data = folder(context, options);
      const stack = await upDetached({ data, say: (line) => terminal.err(line) });
      return addresses(context, options, stack, `forbear down${named(stack.data)}`);
    }
    const stopped = interruption();
    const lost = new AbortController();
    try {
      const stack = await startStack({
        kind: 'up',
        data: folder(context, options),
        say: (line) => terminal.err(line),
        signal: stopped.signal,
        onLost: () => lost.abort(),
      });
      addresses(context, options, stack, 'Ctrl-C');
      await untilRaised(AbortSignal.any([stopped.signal, lost.signal]));
      await stack.stop();
      // A service that was lost for good is a failure; being asked to stop is none.
      if (lost.signal.aborted) context.exitCode = EXIT.unreachable;
    } finally {
      stopped.dispose();
    }
  });
}

interface UpCliOptions extends CommonOptions {
  readonly detach?: boolean;
}

export function down(context: Context): Command {
  const command = new Command('down')
    .description('stop the stack of a data folder, and what a killed one left; its data stays')
    .option('--data <folder>', 'data folder (.forbear/up)')
    .option('--json', 'answer as JSON, for programs');
  const examples = ['down', 'down --data /var/lib/forbear'];
  return withExamples(command, examples).action(async (options: CommonOptions) => {
    const data = folder(context, options);
    const stopped = await stop(data);
    context.answer(options, { data, stopped }, () => (stopped ? 'Stopped.' : 'Nothing was running.'));
  });
}

/** The option that names the folder, where it is not the one that is taken anyway. */
const named = (data: string): string => (data === defaultData('up') ? '' : ` --data ${data}`);

function folder({ terminal }: Context, { data }: CommonOptions): string {
  return data ?? terminal.env['FORBEAR_DATA'] ?? defaultData('up');
}

function addresses(context: Context, options: CommonOptions, stack: StackInfo, ends: string): void {
  const { data, uiAddress, mailboxAddress, temporalAddress, namespace, bookUrl } = stack;
  context.answer(options, { data, uiAddress, mailboxAddress, temporalAddress, namespace, bookUrl }, () =>
    sheet([
      ['Temporal UI', uiAddress],
      ['mailbox', mailboxAddress],
      ['Temporal', `${temporalAddress}, namespace ${namespace}`],
      ['book', bookUrl],
      ['stop', ends],
    ]),
  );
}

interface DemoCliOptions extends CommonOptions {
  readonly accounts?: string;
  readonly portfolio?: string;
  readonly seed?: string;
  readonly factor?: string;
  readonly days?: string;
  readonly keep?: boolean;
}

export function demo(context: Context): Command {
  const command = new Command('demo')
    .description('let accounts live through the standard strategy in minutes, on a rehearsal clock')
    .option('--accounts <n>', 'how many (as many as the machine carries)')
    .option('--portfolio <file>', 'a sample of that file of real card accounts instead of the made-up ones')
    .option('--seed <n>', 'another sample and other people')
    .option('--factor <n>', 'virtual seconds in a real one, instead of what the machine carries')
    .option('--days <n>', 'virtual days that the show lasts')
    .option('--keep', 'leave it running after the table')
    .option('--data <folder>', 'data folder (.forbear/demo)')
    .option('--json', 'end with JSON instead of a table');
  const examples = ['demo', 'demo --accounts 100 --keep', 'demo --portfolio UCI_Credit_Card.csv --seed 3'];
  return withExamples(command, examples).action(async (options: DemoCliOptions) => {
    const { terminal } = context;
    const whole = (option: 'accounts' | 'seed' | 'factor' | 'days') => {
      const text = options[option];
      return text === undefined ? {} : { [option]: wholeNumber(option, text) };
    };
    const { portfolio, data, keep, json } = options;
    const { exitCode } = await runDemo({
      ...whole('accounts'),
      ...whole('seed'),
      ...whole('factor'),
      ...whole('days'),
      ...(portfolio === undefined ? {} : { portfolio }),
      ...(data === undefined ? {} : { data }),
      ...(keep === undefined ? {} : { keep }),
      ...(json === undefined ? {} : { json }),
      say: (line) => terminal.err(line),
      out: (text) => terminal.out(text),
    });
    context.exitCode = exitCode;
  });
}

/** A whole number above zero. OPTION_WRONG. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0
    ? value
    : fail('OPTION_WRONG', { option, wanted: 'a whole number above zero' });
}
