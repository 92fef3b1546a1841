import { isCode } from '../../book/book-error';
import { readClock } from '../../book/clock';
import { foldAt } from '../../book/fold';
import type { LetterDraft } from '../../book/letters';
import type { Db } from '../../book/open-book';
import { personOf, type Endpoint } from '../../book/people';
import { localDate } from '../../domain/calendar/zone';
import { standing } from '../../domain/delinquency/standing';
import type { Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import { letterheadOf } from '../templates/letterhead';
import { messageValues } from '../templates/message-values';

/**
 * The text of a step's letter with the figures of the account's day; null where there is no such text, and a person
 * writes it. Written when the task opens, so that the mailroom prints what the strategy meant on that day.
 */
export async function letterText(
  db: Db,
  deps: Dependencies,
  asked: Asked,
  place: Endpoint | undefined,
): Promise<Omit<LetterDraft, 'task'> | null> {
  const { request, strategy, step } = asked;
  const { now, tone } = request;
  const person = await personOf(db, asked.addressee ?? asked.account.person);
  const account = await foldAt(db, asked.account, await readClock(db), now);
  const today = localDate(now, account.terms.zone);
  const template = step.template ?? step.name;
  try {
    const text = deps.templates.render(
      { language: person.language, template, tone, channel: 'letter' },
      (language) =>
        messageValues({
          ...{ account, strategy, now, language },
          standing: standing(account, strategy.counting, today),
          name: person.name,
          lenderNumber: asked.account.lenderNumber,
          letterhead: letterheadOf(deps.letterheads, account.terms.lender),
          ...(asked.heir === undefined ? {} : { heir: asked.heir }),
        }),
    );
    return {
      account: asked.account.ref,
      person: person.ref,
      template,
      templateHash: text.hash,
      language: text.language,
      tone,
      sentTo: place?.value ?? null,
      subject: text.subject,
      body: text.body,
      at: now,
    };
  } catch (error) {
    if (isCode(error, 'TEMPLATE_MISSING') || isCode(error, 'TEMPLATE_INCOMPLETE')) return null;
    throw error;
  }
}
