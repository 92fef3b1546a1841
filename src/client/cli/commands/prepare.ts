import { Command } from 'commander';
import { openBook } from '../../../book/open-book';
import { prepareNamespace } from '../../../stack/namespace';
import { withExamples, type CommonOptions, type Context } from '../context';
import { findStack } from '../find-stack';

/** What `up` does by itself, for a book and a Temporal that stand elsewhere. Doing it again changes nothing. */
export function prepare(context: Context): Command {
  const command = new Command('prepare')
    .description("bring the book to this program's version, and the namespace to its search attributes")
    .option('--data <folder>', 'data folder of the stack (.forbear/up, or FORBEAR_DATA)')
    .option('--json', 'answer as JSON, for programs');
  const examples = ['prepare', 'prepare --json'];
  return withExamples(command, examples).action(async (options: CommonOptions) => {
    const { bookUrl, temporal } = findStack(options.data, context.terminal.env);
    await (await openBook(bookUrl, { migrate: true })).close();
    const { address, namespace, connection } = temporal;
    await prepareNamespace(connection === undefined ? address : { ...connection, address }, namespace);
    context.answer(
      options,
      { namespace, prepared: true },
      () => `The book and namespace ${namespace} are ready.`,
    );
  });
}
