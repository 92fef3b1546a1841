import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { ForbearError } from '../../domain/errors/forbear-error';

/** `demand-letter-1.T4.letter.liquid`; without a tone it serves every tone of its language. */
const FILE = /^([a-z0-9-]+?)(?:\.T?(\d))?\.([a-z_]+)\.liquid$/i;
const SUBJECT = /^Subject:[ \t]*(.+)\r?\n(?:[ \t]*\r?\n)?/i;

export interface Wanted {
  /** The person's, BCP 47. `zh-CN` is served by `zh-CN`, then `zh`, then the store's own language. */
  readonly language: string;
  readonly template: string;
  readonly tone: number | null;
  readonly channel: string;
}
/** What a template may name, as text of the language that it is written in. */
export type Values = Readonly<Record<string, string | number>>;
export interface Rendered {
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
  /** sha-256 of the template's text: which version the person was sent. */
  readonly hash: string;
}

interface Entry {
  readonly parsed: Template[];
  readonly hash: string;
}

/** The templates of a folder, one sub-folder a language, read and parsed once. */
export class TemplateStore {
  private readonly liquid = new Liquid({ strictVariables: true, strictFilters: true, cache: false });
  private readonly entries = new Map<string, Entry>();

  constructor(
    folder: string,
    private readonly defaultLanguage: string,
  ) {
    for (const language of readdirSync(folder, { withFileTypes: true })) {
      if (language.isDirectory()) this.readLanguage(join(folder, language.name), language.name);
    }
  }

  /**
   * The text for a person. Where the tone has no text of its own, the nearest softer one speaks; never a harder one.
   * @throws TEMPLATE_MISSING · TEMPLATE_INCOMPLETE, when it names a value that is not known
   */
  render(wanted: Wanted, valuesIn: (language: string) => Values): Rendered {
    const { template, channel } = wanted;
    for (const language of this.languages(wanted.language)) {
      for (const tone of tones(wanted.tone)) {
        const entry = this.entries.get(key(language, template, tone, channel));
        if (entry) return this.filled(entry, language, wanted, valuesIn(variant(wanted.language, language)));
      }
    }
    throw new ForbearError('TEMPLATE_MISSING', { template, channel, language: wanted.language });
  }

  /** Whether there is any text for it, in whatever language and tone. */
  has(template: string, channel: string): boolean {
    return [...this.entries.keys()].some((name) => {
      const [, itsTemplate, , itsChannel] = name.split(' ');
      return itsTemplate === template && itsChannel === channel;
    });
  }

  private filled(
    entry: Entry,
    language: string,
    wanted: Wanted,
    values: Values,
  ): Rendered {
    const text = this.run(entry, wanted, values).trim();
    // Whoever answers with an estate only is to read it, in whatever text.
    const must = values['estate'];
    if (must !== undefined && !text.includes(String(must)))
      throw new ForbearError('TEMPLATE_INCOMPLETE', {
        ...{ template: wanted.template, channel: wanted.channel, variable: 'estate' },
      });
    const subject = SUBJECT.exec(text);
    return {
      language,
      hash: entry.hash,
      subject: subject?.[1]?.trim() ?? null,
      body: subject ? text.slice(subject[0].length) : text,
    };
  }

  private run(entry: Entry, wanted: Wanted, values: Values): string {
    try {
      return String(this.liquid.renderSync(entry.parsed, { ...values }));
    } catch (error) {
      // The library's message quotes the template's line; only the variable's name is taken from it.
      const variable = /undefined variable: ([\w.]+)/.exec((error as Error).message)?.[1] ?? 'unknown';
      throw new ForbearError('TEMPLATE_INCOMPLETE', {
        template: wanted.template,
        channel: wanted.channel,
        variable,
      });
    }
  }

  private readLanguage(folder: string, language: string): void {
    for (const file of readdirSync(folder)) {
      const name = FILE.exec(file);
      if (!name) continue;
      const text = readFileSync(join(folder, file), 'utf8');
      const tone = name[2] === undefined ? null : Number(name[2]);
      this.entries.set(key(language, name[1]!, tone, name[3]!), {
        parsed: this.liquid.parse(text),
        hash: createHash('sha256').update(text).digest('hex'),
      });
    }
  }

  private languages(language: string): string[] {
    return [...new Set([language, language.split('-')[0]!, this.defaultLanguage])];
  }
}

/** Days are written as where the person lives, when the text is in the person's language. */
export function variant(wanted: string, language: string): string {
  return wanted.startsWith(`${language}-`) ? wanted : language;
}

/** From the wanted tone down to the softest, then the text that serves every tone. */
function tones(wanted: number | null): (number | null)[] {
  const softer = Array.from({ length: (wanted ?? 0) + 1 }, (_, i) => (wanted ?? 0) - i);
  return [...softer, null];
}

function key(language: string, template: string, tone: number | null, channel: string): string {
  return [language, template, tone ?? '-', channel].join(' ');
}
