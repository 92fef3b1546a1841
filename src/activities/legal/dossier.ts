import { attemptsOf } from '../../book/attempts';
import { fold } from '../../book/fold';
import { factsOf } from '../../book/journal';
import { messagesOf } from '../../book/messages';
import type { Db } from '../../book/open-book';
import { listTasks } from '../../book/tasks';
import { localDate } from '../../domain/calendar/zone';
import { standing } from '../../domain/delinquency/standing';
import type { Asked } from '../asked';

const MOST_TASKS = 10_000;

/**
 * The file of a case as counsel needs it: what is owed, how it came about, what was tried and when. It refers to the
 * person and to messages by reference; names and words stand in the book beside it and can be erased there.
 */
export async function dossier(db: Db, { request, account, strategy }: Asked) {
  const [state, facts, attempts, messages, tasks] = await Promise.all([
    fold(db, account.ref),
    factsOf(db, account.ref),
    attemptsOf(db, account.ref),
    messagesOf(db, account.ref),
    listTasks(db, { account: account.ref, limit: MOST_TASKS }),
  ]);
  const day = localDate(request.now, account.zone);
  const now = standing(state, strategy.counting, day);
  return {
    form: 'dossier/1',
    on: day,
    account: account.ref,
    person: account.person,
    product: account.product,
    currency: account.currency,
    strategy: request.report.strategy,
    owed: {
      ...{ pastDue: now.pastDue, askable: now.askable, balance: now.balance, oldestDue: now.oldestDue },
      ...{ contractDpd: now.contractDpd, asOf: now.asOf },
      obligations: state.owed.obligations,
    },
    cameAbout: facts
      .filter((event) => MONEY.has(event.kind))
      .map(({ seq: _seq, by: _by, ...event }) => event),
    against: {
      disputes: state.disputes,
      holds: state.holds,
      promises: state.promises,
    },
    tried: attempts.map((attempt) => ({
      ...{ at: attempt.at, step: attempt.step, channel: attempt.channel, how: attempt.status },
      ...{ delivery: attempt.delivery, deliveredAt: attempt.deliveryAt, attempt: attempt.id },
      template: messages.find((message) => message.attempt === attempt.id)?.templateHash ?? null,
    })),
    done: tasks.map(({ kind, step, onDate, status, result }) => ({ kind, step, onDate, status, result })),
    answers: facts
      .filter((event) => event.kind === 'contact-outcome' || event.kind === 'visit-outcome')
      .map(({ seq: _seq, by: _by, ...event }) => event),
    notices: facts.filter((event) => event.kind === 'delivery').map(({ seq: _seq, ...event }) => event),
  };
}

const MONEY: ReadonlySet<string> = new Set([
  'obligation',
  'payment',
  'refund',
  'reversal',
  'adjustment',
  'host-update',
  'write-off',
]);
