import { Command } from 'commander';
import { findStrategy, listStrategies, publish, strategyByHash } from '../../../book/strategies';
import { loadPacks, packNames } from '../../../book/policy/shipped';
import type { Pack } from '../../../domain/policy/pack/pack';
import { fail } from '../../../domain/errors/forbear-error';
import { checkStrategy, type CheckOptions } from '../../../domain/strategy/document/checks';
import { strategyOf } from '../../../domain/strategy/document/compile';
import { problemText } from '../../../domain/strategy/document/problem';
import { ladderDiagram, ladderTable } from '../../../domain/strategy/document/show';
import type { Strategy } from '../../../domain/strategy/strategy';
import { common, readText, withExamples, type CommonOptions, type Context } from '../context';
import { strategyFile, templateNames, templateTexts } from '../shipped';
import { counted, table } from '../table';

export function strategy(context: Context): Command {
  return withExamples(new Command('strategy').description('check, show, publish and list strategies'), [
    'strategy check my-card.yaml',
    'strategy show standard-card --diagram',
    'strategy publish standard-card',
    'strategy list',
  ])
    .addCommand(check(context))
    .addCommand(show(context))
    .addCommand(publishCommand(context))
    .addCommand(list(context));
}

function check(context: Context): Command {
  const command = new Command('check')
    .description('say everything that is wrong with a document, with file, line and column')
    .argument('<file>', 'a document, or the name of one that ships');
  const examples = ['strategy check my-card.yaml', 'strategy check standard-card --json'];
  return common(command, examples).action((name: string, options: CommonOptions) => {
    const { text, file } = documentNamed(name);
    const { problems } = checkStrategy(text, file, checkedBy());
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    if (errors > 0) context.refuse();
    context.answer(options, { file, errors, problems }, () =>
      problems.length === 0
        ? `${file}: nothing is wrong.`
        : [
            ...problems.map((problem) => `${problem.severity}: ${problemText(problem)}`),
            `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}.`,
          ].join('\n'),
    );
  });
}

interface ShowOptions extends CommonOptions {
  readonly diagram?: boolean;
}

function show(context: Context): Command {
  const command = new Command('show')
    .description('the ladder as a table, or as a Mermaid diagram')
    .argument(
      '<strategy>',
      'a document, the name of one that ships, or a published name, name@version or hash',
    )
    .option('--diagram', 'as a Mermaid flow chart');
  const examples = ['strategy show standard-card', 'strategy show standard-card --diagram > ladder.mmd'];
  return common(command, examples).action(async (name: string, options: ShowOptions) => {
    const found = await compiled(context, name, options);
    if (options.diagram === true)
      return context.answer(options, { diagram: ladderDiagram(found) }, () => ladderDiagram(found));
    const { head, rows } = ladderTable(found);
    context.answer(options, found, () => `${found.title} (${found.name})\n${table(head, rows)}`);
  });
}

function publishCommand(context: Context): Command {
  const command = new Command('publish')
    .description('check a document and publish it: from then on that version never changes')
    .argument('<file>', 'a document, or the name of one that ships');
  const examples = ['strategy publish standard-card', 'strategy publish my-card.yaml --json'];
  return common(command, examples).action(async (name: string, options: CommonOptions) => {
    const { text, file } = documentNamed(name);
    const { strategy: checked, problems } = checkStrategy(text, file, checkedBy());
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (checked === null || errors.length > 0) {
      context.refuse();
      const said = [...errors.map(problemText), 'Nothing was published.'].join('\n');
      return context.answer(options, { published: null, problems }, () => said);
    }
    const published = await context.withClient(options, ({ book }) => publish(book.db, checked, text));
    context.answer(
      options,
      { published, problems },
      () => `${published.name}@${published.version} is published as ${published.hash}.`,
    );
  });
}

function list(context: Context): Command {
  const command = new Command('list').description('every published version');
  return common(command, ['strategy list', 'strategy list --json']).action(async (options: CommonOptions) => {
    const all = await context.withClient(options, ({ book }) => listStrategies(book.db));
    const rows = all.map(({ name, version, hash, publishedAt }) => [
      name,
      version,
      hash.slice(0, 12),
      publishedAt,
    ]);
    context.answer(options, all, () =>
      all.length === 0 ? 'Nothing is published yet.' : table(['name', 'version', 'hash', 'published'], rows),
    );
  });
}

/** What ships, and today's rules. */
function checkedBy(): CheckOptions {
  const day = new Date().toISOString().slice(0, 10);
  return { templates: templateNames(), packs: shippedPacks, texts: { of: templateTexts, day } };
}

/** Those of the packs that ship; a lender's own is asked by the gate. */
function shippedPacks(names: readonly string[]): readonly Pack[] {
  const known = packNames();
  return loadPacks(names.filter((name) => known.includes(name)));
}

/** A document by its file or by its name among those that ship. STRATEGY_UNKNOWN, FILE_UNREADABLE. */
export function documentNamed(name: string): { readonly text: string; readonly file: string } {
  const file = strategyFile(name);
  if (file === null)
    return name.includes('.') ? { text: readText(name), file: name } : fail('STRATEGY_UNKNOWN', { name });
  return { text: readText(file), file };
}

async function compiled(context: Context, name: string, options: CommonOptions): Promise<Strategy> {
  const file = strategyFile(name);
  if (file !== null) return strategyOf(readText(file), file);
  return context.withClient(options, async ({ book }) => {
    const { hash } = await findStrategy(book.db, name);
    return strategyByHash(book.db, hash);
  });
}
