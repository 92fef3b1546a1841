import type { FiguresReport, Line, Section } from '../../../domain/morning/report';
import { FIGURES } from '../../../domain/morning/definitions';
import { AGAINST, definitionsOf } from '../as-text';
import { ageGrids, type AgeGrid } from '../age-grid';
import { sayName, sayValue } from '../say';
import { stockGrid, type StockGrid } from '../stock-grid';
import { escaped } from './escaped';
import { againstTarget, bars, stacked, type Against } from './plots';
import { STYLE } from './style';

/** Lines of a section that are shown at once; the rest unfolds. */
const SHOWN = 14;

/** The report as one file: plots drawn in it, nothing fetched, no script. Read on a phone or printed. */
export function asHtml(report: FiguresReport): string {
  const { title, asOf, day, lender, madeAt, health, sections } = report;
  const heading = `${title} ${asOf}${lender === null ? '' : `, ${lender}`}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(heading)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(heading)}</h1>
<p class="soft">Figures as of the close of ${escaped(day)}. Made at ${escaped(madeAt.slice(0, 16).replace('T', ' '))} UTC.</p>
<p>${escaped(health)}</p>
<div class="plots">${plotsOf(report)}</div>
${sections.map(sectionHtml).join('\n')}
<details><summary>What the figures mean</summary><dl>${definitionsOf(sections)
    .map(([name, means]) => `<dt>${escaped(name)}</dt><dd>${escaped(means)}</dd>`)
    .join('')}</dl></details>
</body></html>
`;
}

function sectionHtml({ id, title, lines: all, notes }: Section): string {
  const { grids, rest } = ageGrids(all);
  const { rest: lines, ...stock } = stockGrid(rest);
  const said = notes.map((note) => `<p class="soft">${escaped(note)}</p>`).join('');
  const compared = lines.some(({ week }) => week !== undefined);
  const hidden = lines.slice(SHOWN);
  const more =
    hidden.length === 0
      ? ''
      : `<details><summary>${hidden.length} more lines</summary>${tableOf(hidden, compared)}</details>`;
  const shown = lines.length === 0 ? '' : tableOf(lines.slice(0, SHOWN), compared);
  return `<section id="${escaped(id)}"><h2>${escaped(title)}</h2>${said}${stockHtml(stock)}${grids.map(ageHtml).join('')}${shown}${more}</section>`;
}

function stockHtml({ head, rows }: Omit<StockGrid, 'rest'>): string {
  if (rows.length === 0) return '';
  const body = rows.map(({ part, cells }) => {
    const shown = cells.map(
      // One below the other, neither broken: a phone has no room for both in a line.
      ({ value, change }) =>
        `<td>${escaped(value)}${change === '' ? '' : change.split(' | ').map(smallHtml).join('')}</td>`,
    );
    return `<tr><td>${escaped(part)}</td>${shown.join('')}</tr>`;
  });
  const heads = head.map((name) => `<th>${escaped(name)}</th>`).join('');
  const tableHtml = (some: readonly string[]): string => `<table><tr>${heads}</tr>${some.join('')}</table>`;
  const hidden = body.slice(SHOWN);
  const more =
    hidden.length === 0
      ? ''
      : `<details><summary>${hidden.length} more rows</summary>${tableHtml(hidden)}</details>`;
  return `<p class="soft">Below each: ${AGAINST}.</p>${tableHtml(body.slice(0, SHOWN))}${more}`;
}

/** As wide as it is: it moves sideways under the thumb. */
function ageHtml({ head, rows }: AgeGrid): string {
  const heads = head.map((name) => `<th>${escaped(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
  return `<div class="wide"><table><tr>${heads}</tr>${body.join('')}</table></div>`;
}

const smallHtml = (text: string): string => `<small>${escaped(text)}</small>`;

function tableOf(lines: readonly Line[], compared: boolean): string {
  const head = compared ? '<th></th><th>the day</th><th>a week before</th><th>a month before</th>' : '';
  const rows = lines.map((line) => {
    const cells = [line.value, ...(compared ? [line.week, line.cycle] : [])].map((value) =>
      value === undefined ? '<td></td>' : `<td>${escaped(sayValue(line, value))}</td>`,
    );
    return `<tr><td title="${escaped(FIGURES[line.figure].means)}">${escaped(sayName(line))}</td>${cells.join('')}</tr>`;
  });
  return `<table>${head === '' ? '' : `<tr>${head}</tr>`}${rows.join('')}</table>`;
}

function plotsOf({ courses, sections }: FiguresReport): string {
  const currencies = [
    ...new Set(courses.flatMap(({ currency }) => (currency === null ? [] : [currency]))),
  ].sort();
  const plots: string[] = [];
  for (const currency of currencies) {
    const of = (figure: string) =>
      courses.filter((one) => one.figure === figure && one.currency === currency);
    plots.push(stacked(`Past due by bucket, ${currency}, eight weeks`, of('stock-past-due')));
    for (const course of of('payments-amount')) plots.push(bars(`Paid a day, ${currency}`, course));
  }
  for (const course of courses.filter(({ currency }) => currency === null))
    plots.push(bars(`${FIGURES[course.figure].title} a day`, course));
  const flow = sections.find(({ id }) => id === 'flow')?.lines ?? [];
  plots.push(againstTarget('Roll this month by bucket; the mark is the target', rolls(flow)));
  return plots.join('\n');
}

function rolls(lines: readonly Line[]): Against[] {
  return lines.flatMap((line) => {
    if (line.figure !== 'roll' || line.value === null) return [];
    const target = lines.find(({ figure, part }) => figure === 'roll-target' && part === line.part);
    return [{ name: line.part, value: line.value, target: target?.value ?? null }];
  });
}
