import type { Named } from './fit';

/** The card that ships, fitted on the 30,000 accounts of the card file. */
export const CARD_FILE_CARD: Named = {
  name: 'payment-behaviour',
  title: 'Payment behaviour of credit cards',
  currency: 'TWD',
};

/** What the document says of itself, before its numbers. */
export const CARD_FILE_COMMENT = `Payment behaviour: the chance that a card's next minimum is paid, from how it was paid so far.
Points of every line are added to "base"; so many points as "doubles" says double the odds of paying. A value counts in
the first bin that it is below (or that names it); a bin without an edge takes all that are left. Nothing about who the
person is can stand here: the facts are those of src/domain/score/behaviour.ts.
Fitted on 30,000 cards of a Taiwanese bank, April to September 2005, and whether they defaulted in October (UCI "Default
of Credit Card Clients", Yeh 2016, CC BY 4.0). Amounts are in its dollars: fit a card on a book of your own
(\`forbear score fit\`) before you decide anything by it. Lines that are "judged" are set by people: the file knows neither
promises nor calls. The payment ratio was tried and is left out: beside the money itself it was worth nothing.`;
