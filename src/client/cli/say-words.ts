import type { Complaint } from '../../domain/account/state';
import { formatMoney } from '../../domain/money';
import type { Leaning } from '../../domain/score/leaning';
import type { AccountNow } from '../account-now';

/** What is disputed, whether it is frozen, and by when it must be answered. */
export function sayDispute(
  {
    id,
    amount,
    items = [],
    reason,
    raisedOn,
    repeats,
    evidence = {},
    resolved,
  }: AccountNow['state']['disputes'][number],
  { account, answerBy }: AccountNow,
): string {
  const money = (sum: number): string => formatMoney(sum, account.currency);
  const of = items
    .map((one) => one.item + (one.amount === undefined ? '' : ` ${money(one.amount)}`))
    .join(', ');
  const what = amount === null ? (of === '' ? 'the whole debt' : of) : money(amount);
  const proof = Object.entries(evidence).map(([how, on]) => `proof ${how} on ${on}`);
  const end =
    resolved === undefined
      ? [
          repeats === undefined ? 'open' : `again after ${repeats}, not frozen`,
          `answer by ${answerBy.dispute(raisedOn)}`,
        ]
      : [
          `${resolved.outcome} on ${resolved.on}`,
          ...(resolved.amount === undefined ? [] : [`right in ${money(resolved.amount)}`]),
        ];
  return `${id}: ${[`${what}, ${reason}`, ...end, ...proof].join(', ')}`;
}

export function sayComplaint(
  { id, cause, on, collector, agency, answered }: Complaint,
  { answerBy, restingComplaints }: AccountNow,
): string {
  const about = [collector, agency].filter((one) => one !== undefined).map((one) => `about ${one}`);
  const rests = restingComplaints.includes(id) ? [] : ['the same matter again, rests nothing'];
  const end =
    answered === undefined ? `answer by ${answerBy.complaint(on)}` : `${answered.outcome} on ${answered.on}`;
  return `${id}: ${[`${cause} on ${on}`, ...about, end, ...rests].join(', ')}`;
}

/** What was promised, by whom and how, where an open one stands, and what became of it. */
export function sayPromise(
  promise: AccountNow['promises'][number],
  { account, promised }: AccountNow,
): string {
  const { id, amount, date, status, judgedOn, parts = [], method, channel, party, takenBy } = promise;
  const money = (sum: number): string => formatMoney(sum, account.currency);
  const inParts = parts.map((part) => `${money(part.amount)} by ${part.date}`).join(', ');
  const how = [
    inParts === '' ? null : `in parts: ${inParts}`,
    method === undefined ? null : `by ${method}`,
    channel === undefined ? null : `given on ${channel}${party === undefined ? '' : ` by ${party}`}`,
    takenBy === undefined ? null : `taken by ${takenBy}`,
  ].filter((part) => part !== null);
  const open = promised.find((one) => one.promise === id);
  const stands = [
    judgedOn === undefined ? status : `${status} on ${judgedOn}`,
    ...(open === undefined ? [] : [WHERE[open.where]]),
    ...(open === undefined ? [] : [`${money(open.paid)} paid`]),
    ...(open?.lastDay == null ? [] : [`money counts up to ${open.lastDay}`]),
  ];
  return `${money(amount)} ${account.currency} by ${date} (${id}): ${[...stands, ...how].join(', ')}`;
}

const WHERE = {
  ahead: 'its day is ahead',
  due: 'due today',
  grace: 'in its grace',
  held: 'its days stand still under a hold',
} as const;

/** The two-by-two by which treatments are chosen, and what each side of it was taken from. */
export function sayQuadrant({ leanings: { ability, willingness, quadrant } }: AccountNow): string | null {
  if (ability.because.length === 0 && willingness.because.length === 0) return null;
  return `${quadrant}; ability ${sayLeaning(ability)}; willingness ${sayLeaning(willingness)}`;
}

function sayLeaning({ level, because }: Leaning): string {
  const reasons = because.map(({ says, points }) => `${says} ${points > 0 ? '+' : ''}${points}`);
  return level === null ? 'not known' : `${level} (${reasons.join(', ')})`;
}

/** What models said, each by its name and with the day that it is of. */
export function sayScores({ scores = {} }: AccountNow['state']): string {
  return Object.entries(scores)
    .map(([model, { value, on }]) => `${model} ${value} of ${on}`)
    .join('; ');
}
