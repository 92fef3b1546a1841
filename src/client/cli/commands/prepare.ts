import { Command } from 'commander';
import { openBook } from '../../../book/open-book';
import { publishShipped, type ShippedPack } from '../../../book/policy/publish-shipped';
import { prepareNamespace } from '../../../stack/namespace';
import { withExamples, type CommonOptions, type Context } from '../context';
import { findStack } from '../find-stack';

/** What `up` does by itself, for a book and a Temporal that stand elsewhere. Doing it again changes nothing. */
export function prepare(context: Context): Command {
  const command = new Command('prepare')
    .description(
      "bring the book to this program's version with the packs that ship, and the namespace to its search attributes",
    )
    .option('--data <folder>', 'data folder of the stack (.forbear/up, or FORBEAR_DATA)')
    .option('--json', 'answer as JSON, for programs');
  const examples = ['prepare', 'prepare --json'];
  return withExamples(command, examples).action(async (options: CommonOptions) => {
    const { bookUrl, temporal } = findStack(options.data, context.terminal.env);
    const packs = await prepareBook(bookUrl);
    const { address, namespace, connection } = temporal;
    await prepareNamespace(connection === undefined ? address : { ...connection, address }, namespace);
    context.answer(options, { namespace, prepared: true, packs }, () =>
      [`The book and namespace ${namespace} are ready.`, ...packs.flatMap(sayDiffering)].join('\n'),
    );
  });
}

/** The book at this program's version, with the packs of rules that ship; a lender's own version of one stays. */
async function prepareBook(url: string): Promise<readonly ShippedPack[]> {
  const book = await openBook(url, { migrate: true });
  try {
    return await publishShipped(book.db);
  } finally {
    await book.close();
  }
}

/** Of a pack that ships and is not what the book has: nobody but the lender replaces that. */
const sayDiffering = ({ name, became }: ShippedPack): readonly string[] =>
  became === 'differs'
    ? [
        `The pack ${name} that ships differs from the published one: \`forbear policy publish ${name}\` takes it`,
      ]
    : [];
