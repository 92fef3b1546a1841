/** A control character that is no white space of a text, half of a surrogate pair, or what stands for a broken byte. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|\ufffd/u;

/** Whether people can read all of it and PostgreSQL can keep it, which takes no U+0000. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}
