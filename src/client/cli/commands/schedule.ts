import { Command } from 'commander';
import { strategyByHash } from '../../../book/strategies';
import { instalmentsOf, isRunning, type Agreement } from '../../../domain/agreement/agreement';
import { isWatched, judgeAgreement } from '../../../domain/agreement/judge';
import { localDate } from '../../../domain/calendar/zone';
import { COMPONENTS, totalOf } from '../../../domain/ledger/components';
import { statementOf, type Statement } from '../../../domain/ledger/statement';
import { componentsOf } from '../../../domain/offer/components';
import { formatMoney } from '../../../domain/money';
import type { IsoDate, Minor } from '../../../domain/units';
import { accountNow, type AccountNow } from '../../account-now';
import { common, type CommonOptions, type Context } from '../context';
import { sheet, table } from '../table';

/** Whose figures they are, what is due when, what was charged and what was not, and how the balance comes about. */
export function schedule(context: Context): Command {
  const command = new Command('schedule')
    .description(
      "an account's books: what falls due when, interest and charges, and how the balance comes about",
    )
    .argument('<account>', "the book's reference or the lender's number");
  return common(command, ['schedule 6214-88', 'schedule x3k9 --json']).action(
    async (text: string, options: CommonOptions) =>
      context.withAccount(options, text, async (client, account) => {
        const at = await accountNow(client, account);
        const { counting } = await strategyByHash(client.book.db, account.strategy);
        const day = localDate(at.now, account.zone);
        const statement = statementOf(at.state, counting.money, day);
        const plans = plansOf(at, day);
        context.answer(options, { ...keptBy(at, statement), statement, plans }, () =>
          [
            statement === null ? others(at) : forPeople(at, statement),
            ...plans.map((plan) => sayPlan(plan, at)),
          ].join('\n\n'),
        );
      }),
  );
}

function keptBy({ account, standing, state }: AccountNow, statement: Statement | null): object {
  const { books } = account.enrolment.terms;
  const by = books === 'host' ? 'host' : statement === null ? 'parts' : 'engine';
  const { balance, pastDue, asOf } = standing;
  return {
    ...{ account: account.ref, currency: account.currency, books: by, balance, pastDue, asOf },
    components: by === 'host' ? componentsOf(state, balance) : null,
    parts: by === 'parts' ? state.owed.obligations : undefined,
  };
}

/** Where others keep the books nothing is worked out: their figures stand here, with their moment. */
function others({ account, standing, state }: AccountNow): string {
  const money = (amount: Minor): string => `${formatMoney(amount, account.currency)} ${account.currency}`;
  const isHost = account.enrolment.terms.books === 'host';
  const known = isHost ? componentsOf(state, standing.balance) : null;
  const facts = sheet([
    ['account', `${account.ref} of ${account.lender}`],
    [
      'books',
      isHost ? "kept by the lender's system; no interest is worked out here" : 'the parts as they were given',
    ],
    ['as of', standing.asOf],
    ['balance', money(standing.balance)],
    ['past due', money(standing.pastDue)],
    ['overpaid', standing.balance < 0 ? money(-standing.balance) : null],
    ...COMPONENTS.map((part) => [part, known === null ? null : money(known[part])] as const),
  ]);
  if (isHost || state.owed.obligations.length === 0) return facts;
  const rows = state.owed.obligations.map(({ id, due, amount }) => [
    id,
    due,
    formatMoney(amount, account.currency),
  ]);
  return `${facts}\n\n${table(['part', 'due', 'amount'], rows)}`;
}

function forPeople({ account }: AccountNow, at: Statement): string {
  const bare = (amount: Minor): string => formatMoney(amount, account.currency);
  const money = (amount: Minor): string => `${bare(amount)} ${account.currency}`;
  const { terms, books } = at;
  const percent = (ppm: number): string => `${ppm / 10_000} %`;
  const facts = sheet([
    ['account', `${account.ref} of ${account.lender}`],
    ['books', 'kept by the engine: the loan was given whole'],
    ['interest', `${percent(terms.rate)} a year by ${terms.dayCount}, from ${terms.startsOn}`],
    [
      'penalty interest',
      terms.penaltyRate === 0
        ? null
        : `${percent(terms.penaltyRate)} a year on top, after ${terms.graceDays} days of grace`,
    ],
    ['cap', terms.capRate === null ? null : `${percent(terms.capRate)} a year, with charges`],
    ['on', at.on],
    [
      'charged',
      `${money(totalOf(books.charged))}: ${COMPONENTS.map((part) => `${part} ${bare(books.charged[part])}`).join(', ')}`,
    ],
    ['paid', money(books.paid)],
    ['credited', books.credited === 0 ? null : money(books.credited)],
    ['paid back', books.refunded === 0 ? null : money(books.refunded)],
    [
      'given up',
      totalOf(books.waived) === 0
        ? null
        : `${money(totalOf(books.waived))}: ${COMPONENTS.filter((part) => books.waived[part] > 0)
            .map((part) => `${part} ${bare(books.waived[part])}`)
            .join(', ')}`,
    ],
    ['balance', money(books.balance)],
    ['waiting', books.unallocated === 0 ? null : `${money(books.unallocated)} for what falls due next`],
    ['overpaid', books.balance < 0 ? money(-books.balance) : null],
    ['recovered', at.recovered === null ? null : `${money(at.recovered)} since it was written off`],
  ]);
  const parts = at.parts.map(({ id, due, contractDue, principal, state, owed }) => [
    id,
    due === contractDue ? due : `${due} (${contractDue})`,
    bare(principal),
    state,
    ...COMPONENTS.map((part) => (owed[part] === 0 ? '' : bare(owed[part]))),
    bare(totalOf(owed)),
  ]);
  const months = at.months.map((one) => [
    one.month,
    ...[one.interest, one.penaltyInterest, one.lateCharge, one.stopped, one.capped].map((sum) =>
      sum === 0 ? '' : bare(sum),
    ),
  ]);
  return [
    facts,
    table(['part', 'due', 'principal', 'state', ...COMPONENTS, 'to pay'], parts),
    table(
      ['month', 'interest', 'penalty interest', 'late charge', 'not charged: stopped', 'above the cap'],
      months,
    ),
  ].join('\n\n');
}

interface Plan {
  readonly agreement: string;
  readonly kind: Agreement['terms']['kind'];
  readonly status: Agreement['status'];
  readonly instalments: readonly {
    readonly n: number;
    readonly due: IsoDate;
    readonly amount: Minor;
    readonly principal: Minor;
    readonly interest: Minor;
    readonly left: Minor;
    readonly state: string;
  }[];
}

/** Agreements that are paid by instalments and go on, each instalment with how it stands. */
function plansOf({ state }: AccountNow, day: IsoDate): readonly Plan[] {
  return (state.agreements ?? [])
    .filter((one) => isRunning(one) && isWatched(one))
    .map((one) => {
      const { watched } = judgeAgreement(state, one, day);
      const stands = new Map((watched?.instalments ?? []).map(({ n, state: how }) => [n, how]));
      return {
        ...{ agreement: one.id, kind: one.terms.kind, status: one.status },
        instalments: instalmentsOf(one.terms).map((each) => ({
          ...each,
          state: stands.get(each.n) ?? 'open',
        })),
      };
    });
}

function sayPlan({ agreement, kind, status, instalments }: Plan, { account }: AccountNow): string {
  const bare = (amount: Minor): string => formatMoney(amount, account.currency);
  const rows = instalments.map((one) => [
    one.n,
    one.due,
    bare(one.amount),
    bare(one.principal),
    bare(one.interest),
    bare(one.left),
    one.state,
  ]);
  return `${kind} ${agreement}, ${status}\n${table(['n', 'due', 'amount', 'principal', 'interest', 'left', 'state'], rows)}`;
}
