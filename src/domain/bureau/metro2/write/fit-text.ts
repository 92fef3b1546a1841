const MARKS = /\p{M}/gu;

/** Letters that are no base letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'SS', æ: 'AE', œ: 'OE', ø: 'O', đ: 'D', ł: 'L', þ: 'TH', ð: 'D', ı: 'I' },
  ...{ '\u2018': "'", '\u2019': "'", '\u2010': '-', '\u2013': '-', '\u2014': '-' },
};

/**
 * A name or an address as the format takes it: upper-case, plain ASCII, single blanks, cut at so many characters.
 * Accents are dropped; what has no Latin letter is left out, so a name in Chinese comes out empty and the field is
 * reported as missing rather than filled with a guess.
 */
export function fitText(text: string, length: number): string {
  const plain = [...text.normalize('NFKD').replace(MARKS, '').toLowerCase()]
    .map((char) => LETTERS[char] ?? char)
    .join('')
    .replace(/[^ -~]/gu, ' ');
  return plain.replace(/ +/g, ' ').trim().toUpperCase().slice(0, length).trimEnd();
}
