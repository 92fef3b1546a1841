import { FIGURES } from '../../domain/morning/definitions';
import type { FiguresReport, Line, Section } from '../../domain/morning/report';
import { ageGrids } from './age-grid';
import { sayName, sayValue } from './say';
import { stockGrid } from './stock-grid';

/** The report for a terminal. `grid` draws a table. */
export function asText(
  report: FiguresReport,
  grid: (head: readonly string[], rows: readonly (readonly string[])[]) => string,
): string {
  const { title, asOf, day, lender, madeAt, sections } = report;
  return [
    `${title} of ${asOf}${lender === null ? '' : `, ${lender}`}. Figures as of the close of ${day}; made at ${madeAt}.`,
    report.health,
    ...sections.map((section) => sectionText(section, grid)),
    'What the figures mean:',
    ...definitionsOf(sections).map(([name, means]) => `  ${name}: ${means}.`),
  ].join('\n\n');
}

function sectionText(section: Section, grid: Parameters<typeof asText>[1]): string {
  const { title, notes } = section;
  const { grids, rest } = ageGrids(section.lines);
  const { head: over, rows: stock, rest: lines } = stockGrid(rest);
  const said = stock.map(({ part, cells }) => [
    part,
    ...cells.map(({ value, change }) => (change === '' ? value : `${value}  (${change})`)),
  ]);
  const beside = said.length === 0 ? [] : [`In brackets: ${AGAINST}.`, grid(over, said)];
  const compared = lines.some(({ week }) => week !== undefined);
  const rows = lines.map((line) => [
    sayName(line),
    sayValue(line, line.value),
    ...(compared ? [earlier(line, line.week), earlier(line, line.cycle)] : []),
  ]);
  const head = ['', 'the day', ...(compared ? ['a week before', 'a month before'] : [])];
  const ages = grids.map((one) => grid(one.head, one.rows));
  return [title, ...beside, ...ages, ...(rows.length === 0 ? [] : [grid(head, rows)]), ...notes].join('\n');
}

/** What a change is measured against. */
export const AGAINST = 'against a week before | a month before';

const earlier = (line: Line, value: number | null | undefined): string =>
  value === undefined ? '' : sayValue(line, value);

/** Every figure that a report shows, once, with its definition. */
export function definitionsOf(sections: readonly Section[]): [string, string][] {
  const names = new Set(sections.flatMap(({ lines }) => lines.map(({ figure }) => figure)));
  return [...names].map((name) => [FIGURES[name].title, FIGURES[name].means]);
}
