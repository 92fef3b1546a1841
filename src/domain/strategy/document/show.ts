import { sayCondition } from '../say-condition';
import type { Step, Strategy } from '../strategy';
import { ladderPaths } from './checking';

/** The ladder as a table for people: one row a step, one column of days for each path. */
export interface LadderTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows in the document's order, under their stage. `declared` gives the types of the host's own facts. */
export function ladderTable(strategy: Strategy): LadderTable {
  const paths = pathsOf(strategy);
  return {
    head: ['stage', 'step', 'what', ...paths, 'from', 'channel', 'tone', 'if', 'text'],
    rows: strategy.steps.map((step) => [
      step.stages.length === 0 ? 'any' : (step.stages[0] ?? ''),
      step.name,
      step.title,
      ...paths.map((path) => daysText(step, path)),
      step.at.anchor,
      channelText(step),
      toneText(step),
      conditionText(step, strategy),
      step.template ?? step.action ?? '',
    ]),
  };
}

function pathsOf(strategy: Strategy): readonly string[] {
  const ladder = ladderPaths(strategy);
  const others = strategy.segments.map(({ path }) => path).filter((path) => !ladder.includes(path));
  return [...ladder, ...new Set(others)];
}

/** `+6, +13`, `+18 ×2 a day, 3 days`, `+2, then every 7`, `–`. */
export function daysText(step: Step, path: string): string {
  const days = step.at.days[path];
  if (days === undefined) return '–';
  const every = step.at.every?.[path];
  const campaign = step.campaign?.[path];
  const unit = step.at.unit === 'business-day' ? ' business' : '';
  const listed = days.map((day) => (day > 0 ? `+${day}` : String(day))).join(', ') + unit;
  const again = every === undefined ? '' : `, then every ${every}`;
  const attempts = campaign === undefined ? '' : ` (${campaign.attemptsADay} a day × ${campaign.days})`;
  return listed + again + attempts;
}

function channelText({ channels, kind }: Step): string {
  return channels === undefined ? kind : channels.join(' → ');
}

function toneText({ tone, toneBy }: Step): string {
  if (tone === undefined) return '';
  const others = Object.entries(toneBy ?? {}).map(([path, other]) => `${path} T${other}`);
  return [`T${tone}`, ...others].join(', ');
}

function conditionText(step: Step, { currency }: Strategy): string {
  const needs = (step.needs ?? []).map(
    ({ step: other, state, days }) => `${other} ${state} ${days} days ago`,
  );
  const when = step.when === undefined ? [] : [sayCondition(step.when, currency)];
  return [...when, ...needs].join('; ');
}

/** Stages as boxes with the days on which each path enters them, and the ends; a Mermaid flow chart. */
export function ladderDiagram(strategy: Strategy): string {
  const lines = ['flowchart TD'];
  for (const segment of strategy.segments) {
    if (ladderPaths(strategy).includes(segment.path)) continue;
    lines.push(`  ${id(segment.path)}(["${segment.name}: ${names(strategy, '', segment.path)}"])`);
  }
  for (const stage of strategy.stages) {
    lines.push(`  ${id(stage.name)}["<b>${stage.name}</b><br/>${names(strategy, stage.name)}"]`);
  }
  strategy.stages.slice(1).forEach((stage, index) => {
    const before = strategy.stages[index]?.name ?? '';
    lines.push(`  ${id(before)} -->|"${entry(stage.from)}"| ${id(stage.name)}`);
  });
  const first = strategy.stages[0]?.name ?? '';
  lines.push('  cured(["cured"])', `  ${id(first)} -.->|"paid"| cured`);
  for (const stage of strategy.stages.slice(1)) lines.push(`  ${id(stage.name)} -.-> cured`);
  return `${lines.join('\n')}\n`;
}

const id = (name: string): string => `s_${name.replace(/[^A-Za-z0-9]/g, '_')}`;

function entry(from: Readonly<Record<string, number>>): string {
  return Object.entries(from)
    .map(([path, day]) => `${path} ${day > 0 ? '+' : ''}${day}`)
    .join(', ');
}

/** The steps of a stage, or of a path that has none. */
function names({ steps }: Strategy, stage: string, path?: string): string {
  const own = steps.filter((step) =>
    path === undefined
      ? step.stages[0] === stage
      : step.stages.length === 0 && step.at.days[path] !== undefined,
  );
  return own.map(({ name }) => name).join(' · ');
}
