import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's own folder, from the sources as well as from the build. */
export function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** The document that a name means: a file, or a strategy that ships with the project. Null when there is neither. */
export function strategyFile(name: string): string | null {
  if (existsSync(name)) return name;
  const shipped = join(projectFolder(), 'strategies', `${name}.yaml`);
  return /^[\w-]+$/.test(name) && existsSync(shipped) ? shipped : null;
}

/** The scorecard that a name means: a file, or one that ships with the project. Null when there is neither. */
export function scorecardFile(name: string): string | null {
  if (existsSync(name)) return name;
  const shipped = join(projectFolder(), 'scorecards', `${name}.yaml`);
  return /^[\w-]+$/.test(name) && existsSync(shipped) ? shipped : null;
}

/** Names of the message texts that ship, such as `zh/pay-reminder.T1.sms`. */
export function templateNames(): ReadonlySet<string> {
  const folder = join(projectFolder(), 'templates');
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(
    files.filter((file) => file.endsWith('.liquid')).map((file) => file.slice(0, -'.liquid'.length)),
  );
}

/** The texts of one template that ship, in every language, tone and channel. */
export function templateTexts(template: string): readonly { name: string; channel: string; text: string }[] {
  return [...templateNames()].flatMap((name) => {
    const [, its, channel = ''] = /^[^/]+\/([a-z0-9-]+?)(?:\.T?\d)?\.([a-z_]+)$/i.exec(name) ?? [];
    if (its !== template) return [];
    return [
      { name, channel, text: readFileSync(join(projectFolder(), 'templates', `${name}.liquid`), 'utf8') },
    ];
  });
}
