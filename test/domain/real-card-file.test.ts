import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCardFile, type CardRow, CARD_MONTHS } from '../../src/lab/card-file';
import { playCardFile } from '../../src/lab/play-card-file';

const folder = join(process.env['FORBEAR_SHARED'] ?? '../shared', 'data/uci-taiwan');
const present = existsSync(join(folder, 'UCI_Credit_Card.csv'));
const whenPresent = present ? it : it.skip;
if (!present) console.log(`skipped: the card file is not in ${folder}`);

interface Expected {
  readonly counts_by_month: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly transitions: readonly (Readonly<Record<string, number>> & { from: string; to: string })[];
  readonly ever_late: number;
}

whenPresent('takes the 30,000 real accounts through six months as they really went', async () => {
  const expected = JSON.parse(readFileSync(join(folder, 'expected-transitions.json'), 'utf8')) as Expected;
  const rows: CardRow[] = [];
  for await (const row of readCardFile(join(folder, 'UCI_Credit_Card.csv'))) rows.push(row);
  const played = playCardFile(rows);

  expect(played.accounts).toBe(30_000);
  expect(played.everLate).toBe(expected.ever_late);
  CARD_MONTHS.forEach((month, i) => {
    const late = Object.entries(expected.counts_by_month[month] ?? {}).filter(
      ([status]) => Number(status) > 0,
    );
    expect(Object.fromEntries(played.late[i] ?? [])).toEqual(Object.fromEntries(late));
  });
  expect(
    played.movements.map((moves, i) => ({ from: CARD_MONTHS[i], to: CARD_MONTHS[i + 1], ...moves })),
  ).toEqual(expected.transitions);
});
