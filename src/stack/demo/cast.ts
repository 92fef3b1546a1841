import { readCardFile } from '../../lab/card-file';
import type { Card } from '../../lab/portfolio/card';
import { chooseForShow, sample } from '../../lab/portfolio/choose';
import { generate, makeCard } from '../../lab/portfolio/generate';
import { lifeOf, type Life } from '../../lab/portfolio/life';
import { goOn } from '../../lab/portfolio/movements';
import { Random } from '../../lab/portfolio/random';
import { fail } from '../../domain/errors/forbear-error';
import type { IsoDate } from '../../domain/units';

/** One of the accounts of the show. */
export interface Role {
  readonly card: Card;
  readonly life: Life;
}
export interface Cast {
  readonly roles: readonly Role[];
  /** How many accounts they were chosen from, and what those are. */
  readonly from: number;
  readonly says: string;
}

export interface CastOptions {
  readonly accounts: number;
  readonly seed: number;
  readonly enrolledOn: IsoDate;
  readonly until: IsoDate;
  readonly months: number;
  /** The file of 30,000 real accounts instead of the made-up book. */
  readonly portfolio?: string;
}

const BOOK = 30_000;
/** Amounts of the file are in Taiwan dollars; the strategy is written in yuan. */
const DOLLARS_A_YUAN = 4.5;

/** The accounts of a show and what is going to happen to them. Throws FILE_UNREADABLE. */
export async function castOf(options: CastOptions): Promise<Cast> {
  const { accounts, seed, enrolledOn, until, months, portfolio } = options;
  const role = (card: Card): Role => ({ card, life: lifeOf(card, { seed, enrolledOn, until }) });
  if (portfolio !== undefined) {
    const book = await readBook(portfolio, options);
    const says = 'a seeded sample of the file, with its movements from month to month';
    return { roles: sample(book, accounts, seed).map(role), from: book.length, says };
  }
  const book = generate({ seed, accounts: Math.max(BOOK, accounts * 10), months, enrolledOn });
  const says = 'made up by a seeded generator that moves from month to month as a real book does';
  return { roles: chooseForShow(book, accounts, seed).map(role), from: book.length, says };
}

/** After its last month the file's accounts go on as its months went. */
async function readBook(file: string, options: CastOptions): Promise<Card[]> {
  try {
    return await cardsOf(file, options);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'it is not the card file of the UCI repository';
    return fail('FILE_UNREADABLE', { file, reason });
  }
}

async function cardsOf(file: string, { seed, enrolledOn, months }: CastOptions): Promise<Card[]> {
  const book: Card[] = [];
  for await (const row of readCardFile(file)) {
    const place = book.length;
    const late = row.months.map(({ status }) => Math.max(0, status));
    const path = goOn(late, months, new Random(seed, 'after', place));
    const yuan = (dollars: number): number => Math.max(0, Math.round(dollars / DOLLARS_A_YUAN));
    const known = { limit: yuan(row.limit), balance: yuan(row.months[0]?.bill ?? 0) };
    book.push(makeCard(seed, place, path, enrolledOn, known));
  }
  return book;
}
