import { Command } from 'commander';
import { formatMoney } from '../../../domain/money';
import { fail } from '../../../domain/errors/forbear-error';
import { localDate } from '../../../domain/calendar/zone';
import { readScorecard } from '../../../domain/score/scorecard.schema';
import type { Leaning } from '../../../domain/score/leaning';
import { MONTHS } from '../../../domain/score/months';
import type { Bin, Characteristic, Scorecard, Unit } from '../../../domain/score/scorecard';
import type { Currency } from '../../../domain/units';
import { CARD_FILE_CARD, CARD_FILE_COMMENT } from '../../../lab/score/card-file-card';
import { crossValidate } from '../../../lab/score/cross-validate';
import { fitScorecard } from '../../../lab/score/fit';
import { observeCardFile } from '../../../lab/score/observations';
import { writeScorecard } from '../../../lab/score/write-scorecard';
import { scoreAccount, type AccountScore } from '../../score/score-account';
import { common, readText, withExamples, writeNamed, type CommonOptions, type Context } from '../context';
import { factCommand, type FactOptions } from '../facts';
import { scorecardFile } from '../shipped';
import { table } from '../table';

export function score(context: Context): Command {
  return withExamples(
    new Command('score').description(
      'behavioural scores: told by models, and by scorecards that people can read',
    ),
    [
      'score show 6214-88 --card my-scorecard.yaml',
      'score card',
      'score fit cards.csv --out my-scorecard.yaml',
    ],
  )
    .addCommand(show(context))
    .addCommand(tell(context))
    .addCommand(card(context))
    .addCommand(fit(context));
}

interface TellOptions extends FactOptions {
  readonly on?: string;
}

function tell(context: Context): Command {
  const command = new Command('tell')
    .description('a model gave the account a score; one of an earlier day than the last changes nothing')
    .argument('<account>', "the book's reference or the lender's number")
    .argument('<model>', 'its name, with the version: risk-3')
    .argument('<value>', "a whole number on the model's own scale")
    .option('--on <day>', 'the day that it is of (the day on which it is told)');
  const examples = [
    'score tell 6214-88 risk-3 71',
    'score tell 6214-88 risk-3 71 --on 2026-03-31 --id m3-77',
  ];
  return factCommand<TellOptions>(
    command,
    context,
    examples,
    ([, model = '', value = ''], { on }, { zone }, now) => ({
      kind: 'score',
      model,
      value: /^-?\d{1,9}$/.test(value)
        ? Number(value)
        : fail('OPTION_WRONG', { option: 'value', wanted: 'a whole number' }),
      on: on ?? localDate(now, zone),
    }),
  );
}

interface ShowOptions extends CommonOptions {
  readonly card: string;
}

function show(context: Context): Command {
  const command = new Command('show')
    .description("an account's score from its journal: every line, what it was worth, and what cost most")
    .argument('<account>', "the book's reference or the lender's number")
    .option('--card <scorecard>', 'a document, or the name of one that ships', 'payment-behaviour');
  const examples = ['score show 6214-88', 'score show 6214-88 --card my-scorecard.yaml --json'];
  return common(command, examples).action(async (text: string, options: ShowOptions) => {
    const taken = scorecardNamed(options.card);
    await context.withAccount(options, text, async (client, account) => {
      const scored = await scoreAccount(client, account, taken);
      context.answer(options, scored, () => sayScore(scored, taken));
    });
  });
}

/** Every line with its points, and then what cost most. */
export function sayScore(
  scored: Omit<AccountScore, 'account'>,
  { base, characteristics, currency }: Scorecard,
): string {
  const rows = scored.lines.map(({ title, value, points, lost }, i) => [
    title,
    value === null ? 'not known' : sayValue(value, characteristics[i]?.unit ?? 'number', currency),
    signed(points),
    lost === 0 ? '' : `-${lost}`,
  ]);
  const because = scored.reasons.map(({ title, lost }) => `${title} (-${lost})`).join('; ');
  return [
    `${scored.card}: ${scored.points} on ${scored.on}, better than ${scored.rank} % of the accounts that it was fitted on`,
    `Of those with such a score ${(scored.permille / 10).toFixed(1)} % did not pay what fell due next.`,
    ...(scored.months.length < MONTHS ? [`Only ${scored.months.length} month ends are known of it.`] : []),
    table(['', 'value', 'points', 'short of best'], [['to begin with', '', String(base), ''], ...rows]),
    because === '' ? 'Nothing cost it points.' : `What cost most: ${because}.`,
    sayLeaning('ability', scored.ability),
    sayLeaning('willingness', scored.willingness),
    `treatment of: ${scored.quadrant}`,
  ].join('\n');
}

function sayLeaning(what: string, { level, because }: Leaning): string {
  const reasons = because.map(({ says, points }) => `${says} (${signed(points)})`).join('; ');
  return `${what}: ${level === null ? 'nothing is known of it' : `${level}, because: ${reasons}`}`;
}

const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

function sayValue(value: number | string, unit: Unit, currency: Currency): string {
  if (typeof value === 'string') return value;
  return unit === 'money' ? formatMoney(value, currency) : `${value}${unit === 'percent' ? ' %' : ''}`;
}

function card(context: Context): Command {
  const command = new Command('card')
    .description('the points of a scorecard as a table: what is looked at, and what each value is worth')
    .argument('[scorecard]', 'a document, or the name of one that ships', 'payment-behaviour')
    .option('--json', 'answer as JSON, for programs');
  return withExamples(command, ['score card', 'score card my-scorecard.yaml --json']).action(
    (name: string, options: CommonOptions) => {
      const found = scorecardNamed(name);
      context.answer(options, found, () => sayCard(found));
    },
  );
}

interface FitOptions extends CommonOptions {
  readonly out?: string;
}

/** Needs no server: the file and the decision core alone. */
function fit(context: Context): Command {
  const command = new Command('fit')
    .description('fit a scorecard on a card file with known outcomes, and say how well it ranks')
    .argument('<file>', 'a card file with the columns of UCI "Default of Credit Card Clients"')
    .option('--out <file>', 'write the scorecard there')
    .option('--json', 'answer as JSON, for programs');
  const examples = ['score fit cards.csv', 'score fit cards.csv --out my-scorecard.yaml'];
  return withExamples(command, examples).action(async (file: string, options: FitOptions) => {
    const { terminal } = context;
    if (terminal.isTTY) terminal.err('Reading the accounts …');
    const observed = await observeCardFile(file).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown';
      return fail('FILE_UNREADABLE', { file, reason });
    });
    if (terminal.isTTY) terminal.err('Fitting five times on four fifths, and once on all …');
    const validated = crossValidate(CARD_FILE_CARD, observed);
    const fitted = fitScorecard(CARD_FILE_CARD, observed);
    if (options.out !== undefined) writeNamed(options.out, writeScorecard(fitted, CARD_FILE_COMMENT));
    const digits = (value: number): string => value.toFixed(4);
    context.answer(options, { accounts: observed.length, ...validated, scorecard: fitted }, () =>
      [
        `${observed.length} accounts. AUC of each fold by a card of the others: ${validated.folds.map(digits).join(', ')};`,
        `mean ${digits(validated.mean)}. The months late alone: ${digits(validated.monthsLate)}.`,
        options.out === undefined ? sayCard(fitted) : `The scorecard is written to ${options.out}.`,
      ].join('\n'),
    );
  });
}

/** A scorecard by its file or by its name among those that ship. SCORECARD_*, FILE_UNREADABLE. */
export function scorecardNamed(name: string): Scorecard {
  const file = scorecardFile(name) ?? (name.includes('.') ? name : fail('SCORECARD_UNKNOWN', { name }));
  return readScorecard(readText(file), file);
}

function sayCard(shown: Scorecard): string {
  const rows = shown.characteristics.flatMap((one) =>
    one.bins.map((bin, i) => [
      i === 0 ? one.title : '',
      sayBin(bin, one.bins[i - 1], one, shown),
      signed(bin.points),
      i === 0 && one.source === 'judged' ? 'judged' : '',
    ]),
  );
  return [
    `${shown.title} (${shown.name}): ${shown.base} points to begin with, and`,
    table(['', 'value', 'points', ''], rows),
    `${shown.odds.doubles} points more double the odds of paying; at ${shown.base} they are ${shown.odds.atBase} to 1.`,
  ].join('\n');
}

function sayBin(
  bin: Bin,
  before: Bin | undefined,
  { unit }: Characteristic,
  { currency }: Scorecard,
): string {
  if ('is' in bin) return bin.is === null ? 'any other' : bin.is.join(', ');
  const edge = (value: number): string => sayValue(value, unit, currency);
  if (bin.below !== null) return `below ${edge(bin.below)}`;
  return before !== undefined && 'below' in before && before.below !== null
    ? `${edge(before.below)} or more`
    : 'any';
}
