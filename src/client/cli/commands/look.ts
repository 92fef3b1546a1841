import { Command, Option } from 'commander';
import { isRunning } from '../../../domain/agreement/agreement';
import { instalmentNow, isWatched } from '../../../domain/agreement/judge';
import { localDate } from '../../../domain/calendar/zone';
import { recoveredOf } from '../../../domain/ledger/statement';
import { formatMoney } from '../../../domain/money';
import { sentenceIn } from '../../../domain/decide/sentence-in';
import type { Currency } from '../../../domain/units';
import type { CreditRow } from '../../../book/credits';
import type { TimelineEntry } from '../../../book/timeline';
import { healthNow, sayHealthNow } from '../../health';
import { accountNow, type AccountNow } from '../../account-now';
import { common, type CommonOptions, type Context } from '../context';
import { sayFact } from '../say-fact';
import { sayHolds } from '../say-holds';
import { sayComplaint, sayDispute, sayPromise, sayQuadrant, sayScores } from '../say-words';
import { counted, sheet, table } from '../table';
import { wholeNumber } from './stack';

const ACCOUNT = "the book's reference or the lender's number";

export function show(context: Context): Command {
  const command = new Command('show')
    .description('where an account stands, what comes next, and why')
    .argument('<account>', ACCOUNT);
  return common(command, ['show 6214-88', 'show x3k9 --json']).action(
    async (text: string, options: CommonOptions) =>
      context.withAccount(options, text, async (client, account) => {
        const at = await accountNow(client, account);
        context.answer(options, forPrograms(at), () => forPeople(at));
      }),
  );
}

function forPrograms({ account, state, strategy, ...at }: AccountNow): unknown {
  return {
    ...at,
    account: account.ref,
    lender: account.lender,
    status: account.status,
    outcome: account.outcome,
    strategy: { name: strategy.name, hash: account.strategy },
    segment: state.segment,
    path: state.path,
    stage: state.stage,
    decisions: at.decisions.map((one) => ({ ...one, why: sentenceIn(account.currency, one.why) })),
  };
}

function forPeople(at: AccountNow): string {
  const { account, state, standing, next, holds } = at;
  const lastMoney = at.credits[at.credits.length - 1] ?? null;
  const money = (amount: number): string => `${formatMoney(amount, account.currency)} ${account.currency}`;
  const facts = sheet([
    ['account', `${account.ref} of ${account.lender}`],
    ['status', account.status === 'open' ? 'open' : `closed: ${account.outcome ?? ''}`],
    ['strategy', `${at.strategy.title} (${at.strategy.name}, ${account.strategy.slice(0, 12)})`],
    ['as of', at.now],
    [
      'past due',
      `${money(standing.pastDue)}${standing.oldestDue === null ? '' : ` since ${standing.oldestDue}`}`,
    ],
    [
      'asked for',
      standing.askable === standing.pastDue
        ? null
        : `${money(standing.askable)}: ${money(standing.pastDue - standing.askable)} is disputed or held, or the person was right in it`,
    ],
    ['balance', money(standing.balance)],
    [
      'overpaid',
      standing.balance < 0 ? `${money(-standing.balance)}; \`forbear refund\` pays it back` : null,
    ],
    ['books', at.state.loan === undefined ? null : 'kept by the engine: `forbear schedule` shows them'],
    [
      'called in',
      at.state.acceleration === undefined
        ? null
        : `all that was not due fell due on ${at.state.acceleration.on}`,
    ],
    ['written off', state.writtenOff ? writtenOff(at, money) : null],
    ['days past due', `${standing.contractDpd} by the contract, ${standing.treatmentDpd} on the ladder`],
    ['bucket', `M${standing.bucket}, ${counted(standing.cycles, 'cycle')}`],
    ['segment', state.segment === null ? 'none yet' : `${state.segment}, path ${state.path ?? 'none'}`],
    ['treatment', sayQuadrant(at)],
    ['scores', sayScores(state)],
    ['stage', state.stage === null ? 'none' : `${state.stage} since ${state.stageSince ?? ''}`],
    ['holds', holds.map((hold) => `${hold.type} (${hold.id}) until ${hold.until ?? 'released'}`).join('; ')],
    ['promises', at.promises.map((promise) => sayPromise(promise, at)).join('; ')],
    ['disputes', state.disputes.map((one) => sayDispute(one, at)).join('; ')],
    ['complaints', (state.complaints ?? []).map((one) => sayComplaint(one, at)).join('; ')],
    ['paying', at.payNowOnly ? 'only now: too many promises were broken for another one' : null],
    ['agreement', agreements(at)],
    [
      'quiet',
      at.quiet === null
        ? null
        : `${SAYS_QUIET[at.quiet.because]}${at.quiet.until === null ? '' : `, until ${at.quiet.until}`}`,
    ],
    ['crossed', crossedSteps(state.done)],
    [
      'last money',
      lastMoney === null
        ? null
        : `${money(lastMoney.amount)} of ${lastMoney.valueDate}, ${sayCredit(lastMoney)}`,
    ],
    ['next', next === null ? null : `${next.action}${next.at === null ? '' : ` at ${next.at}`}`],
    ['why', next?.why],
    [
      'said by',
      next === null ? null : at.nextBy === 'workflow' ? "the account's workflow" : 'the core on the journal',
    ],
  ]);
  const aside = `${sayHolds(at)}${keptAside(at)}`;
  if (at.decisions.length === 0) return `${facts}\n\nNothing was decided yet.${aside}`;
  const rows = at.decisions.map((one) => [
    one.at,
    what(one),
    sentenceIn(account.currency, one.why),
    `${one.strategy.slice(0, 12)} g${one.generation}`,
  ]);
  return `${facts}\n\n${table(['at', 'decided', 'why', 'strategy'], rows)}${aside}`;
}

/** An accounting act: the debt lives on, and what comes now is recovered. */
function writtenOff({ state, now, account }: AccountNow, money: (amount: number) => string): string {
  const recovered = recoveredOf(state, localDate(now, account.zone));
  if (state.writtenOffOn === undefined || recovered === null) return 'yes';
  return `on ${state.writtenOffOn}, ${money(recovered)} recovered since`;
}

/** What is agreed, or was the last, and how each stands. */
function agreements({ state, account, now }: AccountNow): string | null {
  const day = localDate(now, account.zone);
  const said = (state.agreements ?? []).slice(-3).map((one) => {
    const next = isRunning(one) && isWatched(one) ? instalmentNow(state, day) : null;
    const due =
      next === null || next.nextDue === null
        ? ''
        : `, ${formatMoney(next.open, account.currency)} ${account.currency} by ${next.nextDue}`;
    return `${one.terms.kind} of ${one.since} ${one.status} (${one.id})${due}`;
  });
  return said.length === 0 ? null : said.join('; ');
}

function keptAside({ aside }: AccountNow): string {
  if (aside.length === 0) return '';
  const rows = aside.map(({ at, name, reason }) => [at, name, reason]);
  return `\n\nMessages that were not understood:\n${table(['at', 'name', 'reason'], rows)}`;
}

export function timeline(context: Context): Command {
  const command = new Command('timeline')
    .description("everything that the book has of an account, in order: facts, decisions, the gate's answers")
    .argument('<account>', ACCOUNT);
  const examples = ['timeline 6214-88', 'timeline x3k9 --json | jq .'];
  return common(command, examples).action(async (text: string, options: CommonOptions) =>
    context.withAccount(options, text, async (client, account) => {
      const entries = await client.timeline(account.ref);
      context.answer(options, entries, () =>
        entries.length === 0
          ? 'Nothing has happened yet.'
          : table(
              ['at', 'what', 'more'],
              entries.map((entry) => [entry.at, what(entry), more(entry, account.currency)]),
            ),
      );
    }),
  );
}

function what(entry: TimelineEntry): string {
  switch (entry.what) {
    case 'fact':
      return `${entry.event.kind}${entry.late ? ' (late)' : ''}`;
    case 'decision': {
      const action = entry.action as { do?: string; occurrence?: { step?: string } } | null;
      const { how, with: contact } = (entry.result ?? {}) as { how?: string; with?: string };
      const named = action?.occurrence?.step ?? action?.do ?? entry.why.code;
      if (how === undefined) return named;
      return `${named}: ${how}${contact === undefined ? '' : ` with contact ${contact}`}`;
    }
    case 'gate':
      return `${entry.step} ${entry.channel}: ${entry.answer}`;
    case 'bureau':
      return `bureau ${entry.month} corrected`;
    case 'aside':
      return `not understood: ${entry.name}`;
  }
}

function more(entry: TimelineEntry, currency: Currency): string {
  switch (entry.what) {
    case 'fact':
      return [
        `${entry.event.id}: ${sayFact(entry.event, currency)}`,
        ...(entry.credit === undefined ? [] : [sayCredit(entry.credit)]),
      ].join('; ');
    case 'decision':
      return sentenceIn(currency, entry.why);
    case 'gate':
      return [entry.rule, entry.until, entry.status, entry.delivery]
        .filter((part) => part !== null)
        .join(', ');
    case 'bureau': {
      const { status, pastDue } = entry.body;
      return `status ${status}, past due ${formatMoney(pastDue, currency)}: ${entry.reason}`;
    }
    case 'aside':
      return entry.reason;
  }
}

/** What went out although, as is known now, the money had been there. */
function crossedSteps(done: AccountNow['state']['done']): string | null {
  const crossed = Object.entries(done).filter(([, { how }]) => how === 'crossed');
  return crossed.length === 0 ? null : crossed.map(([name, { on }]) => `${name} of ${on}`).join(', ');
}

/** Why nobody is asked for money although it is owed. */
const SAYS_QUIET = {
  announced: 'a payment is announced',
  claimed: 'the person says that it is paid',
  complained: 'a complaint rests contact',
  'debit-awaited': 'the result of the debit is not known',
  'debit-made': 'the debit was made',
} as const;

/** Whom a payment is credited to. */
function sayCredit({ creditedTo, step, staff, agency, takenBackOn }: CreditRow): string {
  const back = takenBackOn === null ? '' : `, came back on ${takenBackOn}`;
  if (creditedTo === 'before-us') return `received before the account came into the book${back}`;
  if (creditedTo === 'unprompted') return `unprompted${back}`;
  const by = [agency, step, staff].filter((part) => part !== null).join(', ');
  return `credited to ${creditedTo}${by === '' ? '' : ` (${by})`}${back}`;
}

interface ListOptions extends CommonOptions {
  readonly stage?: string;
  readonly segment?: string;
  readonly outcome?: string;
  readonly status?: 'open' | 'closed';
  readonly after?: string;
  readonly limit: string;
}

export function list(context: Context): Command {
  const command = new Command('list')
    .description('accounts of the book, page by page')
    .option('--stage <stage>', 'only of that stage')
    .option('--segment <segment>', 'only of that segment')
    .option('--outcome <outcome>', 'only closed ones that ended so')
    .addOption(new Option('--status <status>', 'only open or closed ones').choices(['open', 'closed']))
    .option('--after <ref>', 'the page after that reference')
    .option('--limit <n>', 'accounts on a page', '50');
  const examples = [
    'list --stage field-visit',
    'list --status closed --outcome cured --json',
    'list --after x3k9',
  ];
  return common(command, examples).action(async (options: ListOptions) => {
    const { stage, segment, outcome, status, after } = options;
    const limit = Math.min(10_000, wholeNumber('--limit', options.limit));
    const filter = Object.fromEntries(
      Object.entries({ stage, segment, outcome, status, after }).filter(([, value]) => value !== undefined),
    );
    const { rows, at } = await context.withClient(options, async (client) => ({
      rows: await client.list({ ...filter, limit }),
      at: await healthNow(client.book.db, null, client.now()),
    }));
    const shown = rows.map((row) => ({
      ref: row.ref,
      lender: row.lender,
      status: row.status === 'open' ? 'open' : (row.outcome ?? 'closed'),
      stage: row.stage,
      segment: row.segment,
      dpd: row.contractDpd,
      pastDue: row.pastDue,
      currency: row.currency,
      oldestDue: row.oldestDue,
      asOf: row.viewedAt,
    }));
    context.answer(options, shown, () => {
      if (shown.length === 0) return `No account is like that.\n${sayHealthNow(at)}`;
      const head = [
        'ref',
        'lender',
        'status',
        'stage',
        'segment',
        'DPD',
        'past due',
        '',
        'oldest due',
        'as of',
      ];
      const more = shown.length < limit ? '' : `\nMore: --after ${shown.at(-1)?.ref ?? ''}`;
      return (
        table(
          head,
          shown.map((row) => {
            const { pastDue, currency } = row;
            return Object.values({
              ...row,
              pastDue: pastDue === null ? null : formatMoney(pastDue, currency),
            });
          }),
        ) + `${more}\n${sayHealthNow(at)}`
      );
    });
  });
}
