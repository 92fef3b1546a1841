import { formatMoney } from '../../domain/money';
import type { Dossier, DossierAccount } from './dossier';
import { dossierWords, type DossierWords } from './dossier-words';

/** Latin and Chinese in one file, SIL Open Font License; pdfkit puts in only the signs that are used. */
const FONT = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const MARGIN = 50;
const SIZE = { title: 18, head: 12, text: 10 } as const;

/**
 * The dossier as a PDF of A4 pages, in the language of the team: `zh…` or anything else for English. `made` is kept as
 * its date, so that the same dossier is the same file on any machine.
 */
export async function dossierPdf(dossier: Dossier, language: string): Promise<Buffer> {
  // Loaded when a dossier is written: it is a third of what a command takes to start.
  const { default: PDFDocument } = await import('pdfkit');
  const words = dossierWords(language);
  const info = {
    Title: `${words.title} ${dossier.task}`,
    CreationDate: new Date(`${dossier.made}T00:00:00Z`),
  };
  const doc = new PDFDocument({ size: 'A4', margin: MARGIN, font: FONT, info, lang: language });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((done, failed) => {
    doc.on('end', () => done(Buffer.concat(chunks)));
    doc.on('error', failed);
  });
  write(doc, dossier, words);
  doc.end();
  return ended;
}

function write(doc: PDFKit.PDFDocument, dossier: Dossier, words: DossierWords): void {
  const { task, purpose, name, address, made, accounts, visits, risks } = dossier;
  doc.fontSize(SIZE.title).text(words.title);
  doc.fontSize(SIZE.text).text(words.confidential);
  lines(doc, [
    [words.purpose, purpose],
    [words.person, name ?? words.none],
    [words.address, address],
    [words.task, task],
    [words.made, made],
  ]);
  head(doc, words.risks);
  doc.text(risks.length === 0 ? words.none : risks.join(', '));
  head(doc, words.debts);
  for (const account of accounts) debt(doc, account, words);
  head(doc, words.visits);
  doc.text(
    visits.length === 0 ? words.none : visits.map(({ on, result }) => `${on}  ${result ?? '–'}`).join('\n'),
  );
  head(doc, words.rules);
  for (const rule of words.ruleList) doc.text(`• ${rule}`);
}

function debt(doc: PDFKit.PDFDocument, account: DossierAccount, words: DossierWords): void {
  const { ref, currency, pastDue, disputed, balance, dpd, oldestDue, stage, promises, offer } = account;
  const money = (amount: number) => `${formatMoney(amount, currency)} ${currency}`;
  lines(doc, [
    [words.account, ref],
    [words.pastDue, money(pastDue)],
    [words.disputed, disputed === 0 ? words.none : money(disputed)],
    [words.balance, money(balance)],
    [words.days, String(dpd)],
    [words.since, oldestDue ?? words.none],
    [words.stage, stage ?? words.none],
    [words.history, `${account.contacts} ${words.contacts}, ${account.talks} ${words.talks}`],
    [
      words.promises,
      promises.length === 0
        ? words.none
        : promises.map(({ amount, date, status }) => `${date} ${money(amount)} ${status}`).join('; '),
    ],
    [words.offers, offer === null ? words.none : words.offer(offer.latest, offer.least)],
  ]);
}

function head(doc: PDFKit.PDFDocument, text: string): void {
  doc.moveDown(0.8).fontSize(SIZE.head).text(text, { underline: true }).fontSize(SIZE.text);
}

function lines(doc: PDFKit.PDFDocument, rows: readonly (readonly [string, string])[]): void {
  doc.moveDown(0.5);
  for (const [name, value] of rows) doc.text(`${name}: ${value}`);
}
