import { agreementFact } from '../../domain/account/agreement';
import { hashOf, knownOf, lockOffers, offerOf, writeAnswer } from '../../book/offers';
import { accountOf } from '../../book/accounts';
import { accept } from '../../book/journal';
import { inTransaction, type Db } from '../../book/open-book';
import { report } from '../../book/report';
import { strategyByHash } from '../../book/strategies';
import { migrate } from '../../domain/account/migrate';
import { localDate } from '../../domain/calendar/zone';
import { sentenceIn } from '../../domain/decide/sentence-in';
import { why } from '../../domain/decide/why';
import type { OfferAnswer } from '../../domain/offer/answer';
import { considerOffer } from '../../domain/offer/consider';
import { decideOffer, type DecidedOffer } from '../../domain/offer/decide';
import type { AnswerGiven } from '../../domain/offer/given';
import type { Currency } from '../../domain/units';
import type { OfferAnswered, OfferRequest } from '../contract';

/**
 * Answers an offer, in one transaction: by the strategy's rules on the account as its workflow has it, and by the role
 * of whoever asked as the book has it, with what is left of that role's budget. What is given up is reserved, and what
 * is accepted stands in the journal, before anybody hears of it. Once by the offer's id: tried again, the answer is the same.
 */
export function answerOffer(db: Db, request: OfferRequest): Promise<OfferAnswered> {
  const { offer, now } = request;
  return inTransaction(db, async (tx) => {
    // Before the account, as an approval does: neither waits for the other in a ring.
    await lockOffers(tx);
    await report(tx, request.report);
    const account = await accountOf(tx, request.report.ref);
    const found = await tx.selectFrom('offers').select('id').where('id', '=', offer.id).executeTakeFirst();
    const row = found === undefined ? null : await offerOf(tx, offer.id);
    // An offer that nobody of the staff asked for by the book, or that says something else than the book, is none.
    if (row === null || row.account !== account.ref || row.contentHash !== hashOf(offer))
      return refused(offer.id, account.currency, { answer: 'refuse', because: [why('offer-unknown')] });
    if (row.status !== 'asked' && row.answer !== null) return { given: row.answer, event: null };

    const day = localDate(now, account.zone);
    const known = await knownOf(tx, row, day, account.zone);
    if (known === null)
      return refused(offer.id, account.currency, { answer: 'refuse', because: [why('offer-unknown')] });
    const strategy = await strategyByHash(tx, request.report.strategy);
    const considered = considerOffer(migrate(request.state), strategy, offer, now);
    const decided: DecidedOffer = decideOffer(considered, known);
    const given = givenOf(offer.id, account.currency, decided.answer);
    const rule = 'rule' in considered ? considered.rule : null;
    const { reserve, best } = decided;
    await writeAnswer(tx, row.id, { rule, status: given.answer, best, answer: given, reserve }, day);
    await report(tx, request.report, {
      at: now,
      why: why('offer-answered', { offer: offer.id, kind: offer.kind, answer: given.answer }),
      action: { do: 'offer', offer: offer.id },
      result: { answer: given.answer, because: given.because },
    });
    if (decided.answer.answer !== 'accept') return { given, event: null };
    const event = agreementFact({ id: row.id, rule }, decided.answer.terms, now);
    const { seq } = await accept(tx, account.ref, event, 'offer');
    return { given, event: { ...event, seq } };
  });
}

function refused(offer: string, currency: Currency, answer: OfferAnswer): OfferAnswered {
  return { given: givenOf(offer, currency, answer), event: null };
}

function givenOf(offer: string, currency: Currency, { because, ...answer }: OfferAnswer): AnswerGiven {
  return { offer, ...answer, because: because.map((reason) => sentenceIn(currency, reason)) };
}
