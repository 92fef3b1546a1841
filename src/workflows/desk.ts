import { ApplicationFailure, defineSignal, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import { readEvent } from '../domain/account/read-event';
import { readOffer } from '../domain/offer/asked';
import type { AnswerGiven } from '../domain/offer/given';
import type { Inbox } from './inbox';
import { isMalformed } from './payload-converter';
import { offerUpdate, promiseUpdate, SIGNALS, type PromiseAnswer } from './messages';

/**
 * Opens the account to messages. The default handler comes first and takes everything that is waiting, in the order
 * in which it arrived; named handlers registered alone would sort it by their own order. They exist so that
 * Temporal's UI names and describes the signals, and lead to the same place.
 */
export function openDesk(inbox: Inbox): void {
  setDefaultSignalHandler((name, ...args) => inbox.receive(name, args[0]));
  for (const [name, description] of Object.entries(SIGNALS)) {
    setHandler(defineSignal<[unknown]>(name), (payload) => inbox.receive(name, payload), { description });
  }
  setHandler(promiseUpdate, (payload) => ask(inbox, payload), {
    validator: (payload) => {
      const reason = refusal(payload);
      if (reason !== null) throw ApplicationFailure.nonRetryable(reason, 'PROMISE_MALFORMED');
    },
    description: 'May this be promised? Answers whether it is accepted, and why.',
  });
  setHandler(offerUpdate, (payload) => askOffer(inbox, payload), {
    validator: (payload) => {
      const read = isMalformed(payload) ? { refused: payload.malformed } : readOffer(payload);
      if ('refused' in read) throw ApplicationFailure.nonRetryable(read.refused, 'OFFER_MALFORMED');
    },
    description: 'May this be agreed? Answers accept, counter, needs-approval or refuse, and why.',
  });
}

function askOffer(inbox: Inbox, payload: unknown): Promise<AnswerGiven> {
  return new Promise((answer) => {
    const read = readOffer(payload);
    if ('offer' in read) inbox.askOffer(read.offer, answer);
    else answer({ offer: '', answer: 'refuse', because: [read.refused] });
  });
}

function refusal(payload: unknown): string | null {
  if (isMalformed(payload)) return payload.malformed;
  const read = readEvent('promise', payload);
  return 'refused' in read ? read.refused : null;
}

function ask(inbox: Inbox, payload: unknown): Promise<PromiseAnswer> {
  return new Promise((answer) => {
    const read = readEvent('promise', payload);
    if ('event' in read) inbox.ask(read.event, answer);
    else answer({ accepted: false, why: read.refused });
  });
}
