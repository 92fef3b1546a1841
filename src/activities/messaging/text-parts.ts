import { encodings } from 'smpp';

const GSM_7_BIT = 0x00;
const UCS_2 = 0x08;
const ESCAPE = 0x1b;

/** Room in one message and in each part of a long one, in septets (sent as octets) and in octets (3GPP TS 23.040). */
const SEPTETS = { whole: 160, part: 153 };
const OCTETS = { whole: 140, part: 134 };

export interface TextParts {
  readonly dataCoding: number;
  /** One body, or several with a user data header each. */
  readonly bodies: readonly Buffer[];
}

/**
 * A text as the bodies of `submit_sm`: GSM 7-bit where every character of it has a place there, else UCS-2. A long
 * one is cut so that no escape sequence and no surrogate pair is torn apart.
 * @param reference 0–255, the same for all parts of this text and different from the last one to the same number
 */
export function textParts(text: string, reference: number): TextParts {
  // The escape itself counts as a character of the library's alphabet; a text that holds one is not GSM text.
  const gsm = encodings.ASCII.match(text) && !text.includes('\x1b');
  const octets = gsm ? encodings.ASCII.encode(text) : encodings.UCS2.encode(text);
  const room = gsm ? SEPTETS : OCTETS;
  const dataCoding = gsm ? GSM_7_BIT : UCS_2;
  if (octets.length <= room.whole) return { dataCoding, bodies: [octets] };
  const pieces = cut(octets, room.part, gsm ? cutsEscape : cutsSurrogate);
  const header = (number: number): Buffer => Buffer.from([5, 0, 3, reference & 0xff, pieces.length, number]);
  return { dataCoding, bodies: pieces.map((piece, i) => Buffer.concat([header(i + 1), piece])) };
}

function cut(octets: Buffer, room: number, tears: (octets: Buffer, at: number) => number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let from = 0; from < octets.length;) {
    let to = Math.min(from + room, octets.length);
    if (to < octets.length) to -= tears(octets, to);
    pieces.push(octets.subarray(from, to));
    from = to;
  }
  return pieces;
}

/** How many octets to leave to the next part so that a cut at `at` tears nothing. */
function cutsEscape(octets: Buffer, at: number): number {
  return octets[at - 1] === ESCAPE ? 1 : 0;
}

function cutsSurrogate(octets: Buffer, at: number): number {
  const unit = octets.readUInt16BE(at - 2);
  return unit >= 0xd800 && unit <= 0xdbff ? 2 : 0;
}
