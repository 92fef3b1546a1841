import type { Course } from '../../../domain/morning/report';
import type { IsoDate } from '../../../domain/units';
import { FIGURES } from '../../../domain/morning/definitions';
import { escaped } from './escaped';
import { sayValue } from '../say';

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 4;
const BOTTOM = 18;
const TOP = 16;

/** A picture of its own: no script, nothing fetched. Scales to the width that there is. */
function frame(title: string, inner: string, legend = ''): string {
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">${inner}</svg>${legend}</figure>`;
}

const daysOf = (courses: readonly Course[]): IsoDate[] =>
  [...new Set(courses.flatMap(({ points }) => points.map(({ day }) => day)))].sort();

/** Courses on top of each other, such as what is past due by bucket; the darkest is the latest bucket. */
export function stacked(title: string, courses: readonly Course[]): string {
  const days = daysOf(courses);
  const [some] = courses;
  if (some === undefined || days.length < 2) return '';
  const at = courses.map(({ points }) => new Map(points.map(({ day, value }) => [day, value])));
  const most = Math.max(1, ...days.map((day) => at.reduce((sum, of) => sum + (of.get(day) ?? 0), 0)));
  const x = (i: number): number => LEFT + (i * (WIDTH - 2 * LEFT)) / (days.length - 1);
  const y = (value: number): number => HEIGHT - BOTTOM - (value * (HEIGHT - BOTTOM - TOP)) / most;
  const below = days.map(() => 0);
  const areas = courses.map((_course, c) => {
    const low = [...below];
    days.forEach((day, i) => (below[i] = (below[i] ?? 0) + Math.max(0, at[c]?.get(day) ?? 0)));
    const up = days.map((_day, i) => `${x(i).toFixed(1)},${y(below[i] ?? 0).toFixed(1)}`);
    const down = days.map((_day, i) => `${x(i).toFixed(1)},${y(low[i] ?? 0).toFixed(1)}`).reverse();
    return `<polygon class="s${c % 8}" points="${[...up, ...down].join(' ')}"/>`;
  });
  const legend = courses
    .map(({ part }, c) => `<span><i class="k${c % 8}"></i>${escaped(part)}</span>`)
    .join('');
  const top = sayValue({ unit: FIGURES[some.figure].unit, currency: some.currency }, most);
  return frame(
    title,
    `${areas.join('')}${axis(days)}<text x="${LEFT}" y="11">${escaped(top)}</text>`,
    `<p class="legend">${legend}</p>`,
  );
}

/** One bar a day. */
export function bars(title: string, course: Course): string {
  const days = daysOf([course]);
  if (days.length === 0) return '';
  const values = new Map(course.points.map(({ day, value }) => [day, value]));
  const most = Math.max(1, ...values.values());
  const wide = (WIDTH - 2 * LEFT) / days.length;
  const drawn = days.map((day, i) => {
    const high = (Math.max(0, values.get(day) ?? 0) * (HEIGHT - BOTTOM - TOP)) / most;
    const place = `x="${(LEFT + i * wide).toFixed(1)}" y="${(HEIGHT - BOTTOM - high).toFixed(1)}"`;
    return `<rect class="s2" ${place} width="${Math.max(1, wide - 1).toFixed(1)}" height="${high.toFixed(1)}"/>`;
  });
  const top = sayValue({ unit: FIGURES[course.figure].unit, currency: course.currency }, most);
  return frame(title, `${drawn.join('')}${axis(days)}<text x="${LEFT}" y="11">${escaped(top)}</text>`);
}

export interface Against {
  readonly name: string;
  readonly value: number;
  readonly target: number | null;
}

/** Percentages as bars, with a mark where the target is. */
export function againstTarget(title: string, rows: readonly Against[]): string {
  if (rows.length === 0) return '';
  const high = 24;
  const scale = (value: number): number => (Math.min(100, value) * (WIDTH - 130)) / 100;
  const drawn = rows.map(({ name, value, target }, i) => {
    const y = i * high + 4;
    const mark =
      target === null
        ? ''
        : `<line class="target" x1="${80 + scale(target)}" x2="${80 + scale(target)}" y1="${y}" y2="${y + 16}"/>`;
    const over = target !== null && value > target ? 'over' : 's2';
    return `<text x="0" y="${y + 12}">${escaped(name)}</text>
<rect class="${over}" x="80" y="${y}" width="${scale(value).toFixed(1)}" height="16"/>${mark}
<text x="${(84 + scale(Math.max(value, target ?? 0))).toFixed(1)}" y="${y + 12}">${value.toFixed(1)} %</text>`;
  });
  const height = rows.length * high + 4;
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${drawn.join('')}</svg></figure>`;
}

function axis(days: readonly IsoDate[]): string {
  const [first] = days;
  const last = days[days.length - 1];
  return `<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>
<text x="${LEFT}" y="${HEIGHT - 5}">${first ?? ''}</text>
<text class="end" x="${WIDTH - LEFT}" y="${HEIGHT - 5}">${last ?? ''}</text>`;
}
