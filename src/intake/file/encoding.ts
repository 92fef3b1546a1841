import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { fail } from '../../domain/errors/forbear-error';

const BOMS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
];
const LF = 10;
const CR = 13;
const MOST_IN_A_LINE = 1 << 20;

/**
 * The encoding of a whole file: by its byte order mark, else UTF-8 or GB18030, whichever fits more of the lines that
 * hold anything beyond ASCII. One broken byte therefore costs its row, not the meaning of all others.
 */
export async function detectEncoding(path: string): Promise<string> {
  let first = true;
  let rest: Buffer = Buffer.alloc(0);
  let utf8 = 0;
  let other = 0;
  const count = (line: Buffer): void => {
    if (isAscii(line)) return;
    if (isUtf8(line)) utf8 += 1;
    else other += 1;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    if (first) {
      first = false;
      const mark = BOMS.find(({ bytes }) => bytes.every((byte, i) => chunk[i] === byte));
      if (mark !== undefined) return mark.encoding;
    }
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = Math.max(whole.lastIndexOf(LF), whole.lastIndexOf(CR)) + 1;
    // Without any line end the file is judged in pieces, so that one endless line does not fill the memory.
    const cut = end === 0 && whole.length > MOST_IN_A_LINE ? whole.length : end;
    const block = whole.subarray(0, cut);
    if (!isAscii(block)) {
      if (isUtf8(block)) utf8 += 1;
      else for (const line of lines(block)) count(line);
    }
    rest = Buffer.from(whole.subarray(cut));
  }
  count(rest);
  return other > utf8 ? 'gb18030' : 'utf-8';
}

/**
 * The file as text, piece by piece, without its byte order mark. Throws ENROL_ENCODING for an unknown name.
 * @param onBytes told how many bytes each piece was
 */
export async function* readText(
  path: string,
  encoding: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string> {
  if (!iconv.encodingExists(encoding)) fail('ENROL_ENCODING', { encoding });
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 }) as AsyncIterable<Buffer>) {
    const text = decoder.write(chunk);
    onBytes?.(chunk.length);
    if (text === '') continue;
    yield first && text.startsWith('\ufeff') ? text.slice(1) : text;
    first = false;
  }
  const end = decoder.end();
  if (end !== undefined && end !== '') yield end;
}

function* lines(block: Buffer): Generator<Buffer> {
  let start = 0;
  for (let i = 0; i < block.length; i += 1) {
    if (block[i] !== LF && block[i] !== CR) continue;
    yield block.subarray(start, i);
    start = i + 1;
  }
  yield block.subarray(start);
}
