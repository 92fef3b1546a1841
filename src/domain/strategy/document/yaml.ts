import { LineCounter, parseDocument } from 'yaml';
import type { Where } from '../../errors/forbear-error';
import { placesOf, type Places } from './places';

/** One thing that keeps a text from being YAML, with its place. */
export interface Broken {
  readonly reason: string;
  readonly where: Where;
}
export interface ReadYaml {
  /** Undefined when the text is broken. */
  readonly value: unknown;
  readonly places: Places;
  readonly broken: readonly Broken[];
}

/** Reads one YAML or JSON document, remembering where everything stands. Never throws, whatever the text is. */
export function readYaml(text: string, file: string): ReadYaml {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const places = placesOf(file, doc, lines);
  const broken = doc.errors.map(({ code, message, pos }): Broken => {
    const { line, col } = lines.linePos(pos[0]);
    return { reason: SAID[code] ?? plain(message), where: { file, line, column: col } };
  });
  if (broken.length > 0) return { value: undefined, places, broken };
  try {
    return { value: doc.toJS(), places, broken };
  } catch {
    // The parser gives up on aliases of aliases, which would unfold into more than any memory holds.
    const reason = 'its aliases unfold without end';
    return { value: undefined, places, broken: [{ reason, where: { file, line: 1, column: 1 } }] };
  }
}

/** What the parser says to programmers, for people. */
const SAID: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second document begins here, and a file holds one',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
};

function plain(message: string): string {
  return message.includes('call stack') ? 'it is nested too deeply' : message.replace(/\.$/, '');
}
