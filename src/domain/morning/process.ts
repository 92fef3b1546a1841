import { apply } from '../account/apply';
import { begin } from '../account/begin';
import type { AccountEvent } from '../account/events';
import { refold } from '../account/refold';
import { reopens } from '../account/reopening';
import { RESULT_CODES } from '../account/result-codes';
import { reachesBack } from '../account/reversal';
import type { AccountState, Promised } from '../account/state';
import type { IsoDate } from '../units';
import type { History, KnownDecision } from './history';

/** An account as its journal and its decisions make it, without deciding anything: what figures are taken from. */
export class Process {
  account: AccountState;
  stage: string | null = null;
  segment: string | null = null;
  ended: string | null = null;
  /** Spoken to or visited by a person since it last became late. */
  contacted = false;
  strategy: string;
  private readonly told: AccountEvent[];
  /** Money that came in for each promise, as its judgement said. */
  readonly paid = new Map<string, number>();
  readonly judged = new Map<string, IsoDate>();
  /** How each promise stands, also of those that the account itself has forgotten. */
  readonly statuses = new Map<string, Promised['status']>();

  constructor(history: History) {
    this.account = begin(history.enrolment);
    this.told = [...history.enrolment.events];
    this.strategy = history.decisions[0]?.strategy ?? history.strategy;
  }

  fact(event: AccountEvent, day: IsoDate): void {
    if (reachesBack(this.account, event)) this.account = refold(this.account, this.told);
    this.told.push(event);
    const before = this.account.promises;
    this.account = apply(this.account, event);
    this.noteJudged(before, day);
    if (this.ended !== null && reopens(event, this.ended)) {
      this.ended = null;
      this.account = { ...this.account, closed: null };
    }
    if (isHumanContact(event)) this.contacted = true;
  }

  decision({ day, code, args, close, strategy }: KnownDecision): void {
    this.strategy = strategy;
    if (close !== null) this.ended = close;
    if (code === 'stage-enter') this.stage = String(args['stage']);
    else if (code === 'stage-leave') this.stage = null;
    else if (code === 'segment' || code === 'segment-fall') this.segment = String(args['segment']);
    else if (code.startsWith('promise-')) this.judge(code.slice('promise-'.length), args, day);
  }

  /** A judgement names its promise by amount and date: of two such the one made first was judged first. */
  private judge(verdict: string, args: KnownDecision['args'], day: IsoDate): void {
    if (!isVerdict(verdict)) return;
    const judged = this.account.promises.find(
      ({ status, amount, date }) => status === 'open' && amount === args['amount'] && date === args['date'],
    );
    if (judged === undefined) return;
    this.judged.set(judged.id, day);
    this.paid.set(judged.id, Number(args['paid'] ?? 0));
    this.statuses.set(judged.id, verdict);
    this.account = {
      ...this.account,
      promises: this.account.promises.map((one): Promised =>
        one === judged ? { ...one, status: verdict, judgedOn: day } : one,
      ),
    };
  }

  /** What a fact ended by itself: superseded, cancelled, or money that came back. */
  private noteJudged(before: readonly Promised[], day: IsoDate): void {
    if (before === this.account.promises) return;
    for (const { id, status } of this.account.promises) {
      this.statuses.set(id, status);
      const was = before.find((one) => one.id === id);
      if (was !== undefined && was.status !== status) this.judged.set(id, day);
    }
  }
}

type Verdict = 'kept' | 'kept-late' | 'partial' | 'overpaid' | 'broken' | 'cancelled';
const VERDICTS: readonly string[] = ['kept', 'kept-late', 'partial', 'overpaid', 'broken', 'cancelled'];

function isVerdict(text: string): text is Verdict {
  return VERDICTS.includes(text);
}

/** A person spoke with the right person, or stood at the door: an automated voice is nobody. */
function isHumanContact(event: AccountEvent): boolean {
  if (event.kind === 'visit-outcome') return true;
  return event.kind === 'contact-outcome' && event.channel !== 'voice_ai' && RESULT_CODES[event.code].rpc;
}
