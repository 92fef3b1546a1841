import { Command } from 'commander';
import { isIsoDate } from '../../../domain/calendar/day';
import { datesOfVersions } from '../../../domain/policy/pack/versions';
import { fail } from '../../../domain/errors/forbear-error';
import { listPacks, publishPack, type PublishedPack } from '../../../book/policy/packs';
import { packFile, readPack, sayProblems } from '../../../book/policy/shipped';
import { common, readText, withExamples, type CommonOptions, type Context } from '../context';
import { table } from '../table';

interface PublishOptions extends CommonOptions {
  readonly from?: string;
}

export function policyPublish(context: Context): Command {
  const command = new Command('publish')
    .description(
      'check a pack and publish it: the gate of every running account asks it from its first day on',
    )
    .argument('<pack>', 'a file, or the name of one that ships')
    .option('--from <day>', 'its first day; left out: today, or for a new name the day that stands in it');
  const examples = [
    'policy publish cn-consumer-credit',
    'policy publish my-pack.yaml --from 2026-07-01',
    'policy publish my-pack.yaml --json',
  ];
  return common(command, examples).action(async (name: string, options: PublishOptions) => {
    const from = options.from ?? null;
    if (from !== null && !isIsoDate(from))
      fail('OPTION_WRONG', { option: '--from', wanted: 'a day as YYYY-MM-DD' });
    const { pack, problems } = readPack(name);
    if (pack === null) {
      context.refuse();
      const said = [sayProblems(problems), 'Nothing was published.'].join('\n');
      return context.answer(options, { published: null, problems }, () => said);
    }
    const text = readText(packFile(name));
    const published = await context.withClient(options, ({ book }) => publishPack(book.db, pack, text, from));
    context.answer(options, { published, problems }, () => sayPublished(published));
  });
}

const sayPublished = ({ name, version, hash, effective }: PublishedPack): string =>
  `${name}@${version} is published as ${hash.slice(0, 12)}. It is in force from ${effective} on.`;

export function policyPublished(context: Context): Command {
  const command = new Command('published').description('every published version, and when it is in force');
  return withExamples(common(command, ['policy published', 'policy published --json']), []).action(
    async (options: CommonOptions) => {
      const all = await context.withClient(options, ({ book }) => listPacks(book.db));
      const dated = withDates(all);
      context.answer(options, dated, () =>
        dated.length === 0
          ? 'Nothing is published yet.'
          : table(
              ['pack', 'version', 'hash', 'in force', 'published'],
              dated.map(({ name, version, hash, inForce, publishedAt }) => [
                ...[name, version, hash.slice(0, 12), inForce, publishedAt],
              ]),
            ),
      );
    },
  );
}

function withDates(all: readonly PublishedPack[]): readonly (PublishedPack & { readonly inForce: string })[] {
  const inForce = new Map<string, string>();
  for (const name of new Set(all.map((one) => one.name)))
    for (const { hash, from, until } of datesOfVersions(all.filter((one) => one.name === name)))
      inForce.set(hash, `from ${from}${until === null ? '' : ` until ${until}`}`);
  return all.map((one) => {
    const days = inForce.get(one.hash);
    return {
      ...one,
      inForce: days ?? 'never: replaced before its day',
    };
  });
}
