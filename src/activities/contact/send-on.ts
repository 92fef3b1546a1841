import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { settle, settleUnknown, type AttemptRow } from '../../book/attempts';
import { isCode } from '../../book/book-error';
import { noteTextHeld } from '../../book/evidence/text-held';
import { keepMessage } from '../../book/messages';
import { inTransaction } from '../../book/open-book';
import { reserve, type Reservation } from '../../book/permit';
import { forbiddenText } from '../../book/policy/forbidden';
import type { Tables } from '../../book/tables';
import { maySendNow } from '../../domain/policy/permit-life';
import type { Instant } from '../../domain/units';
import type { Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import type { Carrier, Sent } from '../messaging/carrier';
import { letterheadOf } from '../templates/letterhead';
import { messageValues } from '../templates/message-values';
import { listOthers, namingOthers } from '../templates/other-accounts';
import { variant, type Rendered } from '../templates/template-store';
import { tellDelivery } from '../receipts';
import { throttledUntil } from './throttled';

/** How one channel ended. `unusable`: nothing went out, and the step's next channel may be tried. */
export type ChannelEnd =
  | { readonly end: 'done' }
  /** Said today by that contact, made for another account of the person. */
  | { readonly end: 'spoken'; readonly contact: string }
  | { readonly end: 'unknown' }
  | { readonly end: 'deferred'; readonly until: Instant; readonly rule: string; readonly stopped?: true }
  | { readonly end: 'refused'; readonly rule: string }
  | { readonly end: 'review'; readonly rule: string }
  | { readonly end: 'unusable'; readonly rule: string };

/** So often a message is offered to a carrier that refused it before accepting, each time with a new permit. */
const TRIES = 3;
const PAUSE_MS = 400;

/** Sends on one channel: reserve, send, settle. Only what was refused before it was accepted is tried again. */
export async function sendOn(
  deps: Dependencies,
  asked: Asked,
  channel: string,
  carrier: Carrier,
): Promise<ChannelEnd> {
  let refused = 'carrier';
  for (let i = 0; i < TRIES; i += 1) {
    if (i > 0) await sleep(PAUSE_MS * i);
    // An activity that outlived its time-out would send behind the back of the one started in its place.
    if (Date.now() > asked.lastSendAt) return { end: 'unusable', rule: 'out-of-time' };
    const reserved = await prepare(deps, asked, channel);
    if ('end' in reserved) return reserved;
    if ('underWay' in reserved) {
      // Another account's activity is sending for this one: it takes seconds, and its end is this one's too.
      await sleep(PAUSE_MS);
      i -= 1;
      continue;
    }
    const { permitted, message } = reserved;
    // A process that was held up must not use a permit that may end before the carrier answers.
    const now = Date.now();
    if (now > asked.lastSendAt || !maySendNow(Date.parse(permitted.permit.expiresAt), now)) {
      await settle(deps.db, permitted.permit, 'not-sent');
      continue;
    }
    const sent = await carrier.send({
      to: permitted.endpoint.value,
      ...(message.subject === null ? {} : { subject: message.subject }),
      text: message.body,
      attempt: permitted.permit.id,
    });
    const end = await settled(deps, asked, permitted, sent);
    if (end !== 'again') return end;
    refused = sent.how === 'refused' ? sent.reason : refused;
  }
  return { end: 'unusable', rule: `refused:${refused}` };
}

type Permitted = Extract<Reservation, { answer: 'permit' }>;
type UnderWay = { readonly underWay: true };
type Prepared = { readonly permitted: Permitted; readonly message: Rendered };

/** The permit and the text to be sent under it, in one transaction: without a text there is no attempt. */
async function prepare(
  deps: Dependencies,
  asked: Asked,
  channel: string,
): Promise<Prepared | UnderWay | ChannelEnd> {
  try {
    return await inTransaction(deps.db, async (tx) => {
      const reservation = await reserve(tx, {
        account: asked.account.ref,
        occurrence: asked.request.occurrence,
        channel,
        strategy: asked.request.report.strategy,
        path: asked.request.path,
        segment: asked.request.report.view.segment,
        now: asked.request.now,
        tone: asked.request.tone,
        ...(asked.askedBy === undefined ? {} : { askedBy: asked.askedBy }),
        ...(asked.addressee === undefined ? {} : { person: asked.addressee }),
      });
      if (reservation.answer === 'already') {
        await settleUnknown(tx, reservation.attempt.id);
        return endOfEarlier(reservation.attempt);
      }
      if (reservation.answer === 'spoken')
        return reservation.underWay ? { underWay: true } : { end: 'spoken', contact: reservation.contact };
      if (reservation.answer !== 'permit') return noPermit(reservation);
      const message = textFor(deps, asked, reservation, channel);
      const held = await heldBack(tx, asked, reservation, channel, message);
      if (held !== null) return held;
      await keepMessage(tx, {
        attempt: reservation.permit.id,
        account: asked.account.ref,
        person: reservation.person.ref,
        template: asked.step.template ?? asked.step.name,
        templateHash: message.hash,
        language: message.language,
        tone: asked.request.tone,
        channel,
        sentTo: reservation.endpoint.value,
        subject: message.subject,
        body: message.body,
        at: reservation.now,
      });
      return { permitted: reservation, message };
    });
  } catch (error) {
    if (isCode(error, 'TEMPLATE_MISSING')) return { end: 'unusable', rule: 'template-missing' };
    if (isCode(error, 'TEMPLATE_INCOMPLETE')) return { end: 'unusable', rule: 'template-incomplete' };
    throw error;
  }
}

/** A text that says what a pack forbids does not go out: the permit is given back, and a person is asked. */
async function heldBack(
  tx: Transaction<Tables>,
  asked: Asked,
  { permit, person, account, now }: Permitted,
  channel: string,
  { subject, body, hash }: Rendered,
): Promise<ChannelEnd | null> {
  const found = await forbiddenText(tx, {
    ...{ strategy: asked.strategy, row: asked.account, account, zone: person.zone, channel, now },
    text: `${subject ?? ''}\n${body}`,
  });
  if (found === null) return null;
  await settle(tx, permit, 'not-sent');
  await noteTextHeld(tx, person.ref, {
    account: asked.account.ref,
    at: now,
    attempt: permit.id,
    hash,
    found,
  });
  return { end: 'review', rule: `policy:${found.rule}` };
}

/** An attempt of an earlier run of this activity. Unless the carrier is known to have taken it, nobody knows. */
function endOfEarlier(attempt: AttemptRow): ChannelEnd {
  return attempt.status === 'accepted' ? { end: 'done' } : { end: 'unknown' };
}

function noPermit(answer: Exclude<Reservation, { answer: 'permit' | 'already' | 'spoken' }>): ChannelEnd {
  if (answer.answer === 'defer') {
    const { answer: _defer, ...deferred } = answer;
    return { end: 'deferred', ...deferred };
  }
  if (answer.answer === 'review') return { end: 'review', rule: answer.rule };
  // What the packs refuse of this channel alone, another may do: the gate is asked for that one, too.
  if (answer.rule === 'no-endpoint' || answer.rule === 'opted-out' || answer.channel === true)
    return { end: 'unusable', rule: answer.rule };
  return { end: 'refused', rule: answer.rule };
}

function textFor(deps: Dependencies, asked: Asked, permitted: Permitted, channel: string): Rendered {
  const { person, account, standing, named, now } = permitted;
  const text = deps.templates.render(
    {
      language: person.language,
      template: asked.step.template ?? asked.step.name,
      tone: asked.request.tone,
      channel,
    },
    (language) =>
      messageValues({
        ...{ account, standing, now, language },
        strategy: asked.strategy,
        // A text message may be read over a shoulder.
        name: channel === 'sms' ? null : person.name,
        lenderNumber: asked.account.lenderNumber,
        letterhead: letterheadOf(deps.letterheads, account.terms.lender),
        others: listOthers(named, language),
        ...(asked.heir === undefined ? {} : { heir: asked.heir }),
      }),
  );
  const list = listOthers(named, variant(person.language, text.language));
  return { ...text, body: namingOthers(text.body, list, text.language, channel) };
}

async function settled(
  deps: Dependencies,
  asked: Asked,
  { permit, now }: Permitted,
  sent: Sent,
): Promise<ChannelEnd | 'again'> {
  switch (sent.how) {
    case 'accepted':
      await settle(deps.db, permit, 'accepted', sent.carrierId);
      // The receipt may have come before the carrier's id was known here.
      await tellDelivery(deps.db, permit.id);
      return { end: 'done' };
    case 'unknown':
      await settle(deps.db, permit, 'unknown');
      return { end: 'unknown' };
    case 'throttled':
      await settle(deps.db, permit, 'refused-before');
      return { end: 'deferred', until: throttledUntil(asked.request.factor, now), rule: 'throttled' };
    case 'refused':
      await settle(deps.db, permit, 'refused-before');
      return sent.again ? 'again' : { end: 'unusable', rule: `refused:${sent.reason}` };
  }
}
