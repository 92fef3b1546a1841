import { Command } from 'commander';
import { fail } from '../../../domain/errors/forbear-error';
import type { Pack } from '../../../domain/policy/pack/pack';
import type { Rule, Source } from '../../../domain/policy/pack/rule';
import { CHECKED } from '../../../domain/policy/pack/words';
import { packNames, readPack, sayProblems, withCalendars } from '../../../book/policy/shipped';
import { withExamples, type CommonOptions, type Context } from '../context';
import { sheet, table, wrapped } from '../table';

export function policyList(context: Context): Command {
  const command = new Command('list')
    .description('every pack that ships, with how far its sources were read')
    .option('--json', 'answer as JSON, for programs');
  return withExamples(command, ['policy list', 'policy list --json']).action((options: CommonOptions) => {
    const packs = shippedPacks();
    const value = packs.map(({ rules, holidays, ...pack }) => {
      return { ...pack, rules: rules.length, checked: checkedOf(rules), years: Object.keys(holidays.years) };
    });
    context.answer(options, value, () =>
      table(
        ['pack', 'title', 'for', 'from', 'stands on', 'rules', ...CHECKED, 'holidays known', 'version'],
        packs.map((pack) => [
          ...[pack.name, pack.title, pack.roles.join('\n'), pack.from, pack.on.join(', '), pack.rules.length],
          ...CHECKED.map((checked) => checkedOf(pack.rules)[checked]),
          `${pack.holidays.name} ${Object.keys(pack.holidays.years).join(', ')}`,
          pack.version.slice(0, 12),
        ]),
      ),
    );
  });
}

export function policyShow(context: Context): Command {
  const command = new Command('show')
    .description('the rules of one pack; or everything that is wrong with a document')
    .argument('<pack>', 'the name of one that ships, or a file')
    .option('--json', 'answer as JSON, for programs');
  const examples = ['policy show cn-consumer-credit', 'policy show my-pack.yaml --json'];
  return withExamples(command, examples).action((name: string, options: CommonOptions) => {
    const { pack, problems, file } = readPack(name);
    if (pack === null) {
      context.refuse();
      return context.answer(options, { file, problems }, () => sayProblems(problems));
    }
    context.answer(options, pack, () =>
      [
        `${pack.title} (${pack.name}@${pack.version.slice(0, 12)}), ${pack.jurisdiction}, from ${pack.from}${pack.until === null ? '' : ` until ${pack.until}`}`,
        `for ${pack.roles.join(', ')}${pack.products === null ? '' : `: ${pack.products.join(', ')}`}`,
        ...(pack.on.length === 0 ? [] : [`stands on ${pack.on.join(', ')}, whose rules hold as well`]),
        table(
          ['rule', 'kind', 'what it wants', 'dates', 'checked'],
          pack.rules.map((rule) => [
            rule.id,
            rule.kind,
            wrapped(rule.says, 70),
            datesOf(rule),
            worst(rule.sources),
          ]),
        ),
      ].join('\n'),
    );
  });
}

export function policyExplain(context: Context): Command {
  const command = new Command('explain')
    .description('one rule: its sentence, its parameters, its sources and how far each was read')
    .argument('<rule>', 'the id of a rule')
    .option('--pack <pack>', 'a file or the name of the pack; left out: those that ship')
    .option('--json', 'answer as JSON, for programs');
  const examples = ['policy explain CN-F1', 'policy explain US-F2 --json'];
  return withExamples(command, examples).action((id: string, options: CommonOptions & { pack?: string }) => {
    const packs = options.pack === undefined ? shippedPacks() : [packNamed(options.pack)];
    const found = packs.flatMap((pack) =>
      pack.rules
        .filter((rule) => rule.id === id)
        .map((rule) => ({ pack: pack.name, version: pack.version, rule })),
    );
    if (found.length === 0) fail('POLICY_RULE_UNKNOWN', { id });
    context.answer(options, found, () => found.map(({ pack, rule }) => explained(pack, rule)).join('\n\n'));
  });
}

function explained(pack: string, rule: Rule): string {
  const { id, kind, says, sources, from, until, ...parameters } = rule;
  const known = Object.entries(parameters).filter(([, value]) => value !== null && !isEmpty(value));
  return [
    `${id} (${kind}) of ${pack}${datesOf({ from, until }) === '' ? '' : `, ${datesOf({ from, until })}`}`,
    says,
    sheet(known.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])),
    ...sources.map(
      (source) =>
        `source: ${source.text} [${source.force}, ${source.checked}]${source.url === undefined ? '' : ` ${source.url}`}`,
    ),
  ].join('\n');
}

const isEmpty = (value: unknown): boolean => value === false || (Array.isArray(value) && value.length === 0);

function shippedPacks(): readonly Pack[] {
  const given = withCalendars();
  return packNames().map((name) => packNamed(name, given));
}

/** Throws the first error of a pack that is not right. */
function packNamed(name: string, given = withCalendars()): Pack {
  const { pack, problems } = readPack(name, given);
  const [first] = problems;
  return pack ?? fail(first?.code ?? 'POLICY_YAML', first?.args ?? {}, first?.where);
}

/** How many rules rest on sources that were read so far, each by its least read one. */
function checkedOf(rules: readonly Rule[]): Readonly<Record<(typeof CHECKED)[number], number>> {
  const counts = { primary: 0, secondary: 0, unverified: 0, house: 0 };
  for (const { sources } of rules) counts[worst(sources)] += 1;
  return counts;
}

/** A rule is read only as far as the least read of its sources. */
export function worst(sources: readonly Source[]): Source['checked'] {
  const order = sources.map(({ checked }) => CHECKED.indexOf(checked));
  return CHECKED[Math.max(...order)] ?? 'unverified';
}

export function sayCited(sources: readonly Source[]): string {
  return sources.map(({ text, checked }) => `${text} (${checked})`).join('; ');
}

function datesOf({ from, until }: Pick<Rule, 'from' | 'until'>): string {
  return [...(from === null ? [] : [`from ${from}`]), ...(until === null ? [] : [`until ${until}`])].join(
    ' ',
  );
}
