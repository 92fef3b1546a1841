import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/mobile';
import type { RowEndpoint } from './row';

const SEPARATOR = /[;/]/;
/** Where a number or address is known from, in the words of the packs, such as `left-by-customer`. */
export const SOURCE = /^[a-z][a-z0-9-]{0,39}$/;
export const SOURCE_SHAPE = 'a word of the packs such as contract or left-by-customer';
const EMAIL = /^[^\s@<>"(),;:\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

export function isCountry(text: string): text is CountryCode {
  return isSupportedCountry(text);
}

/** Mobile numbers in E.164, each once. A number that no mobile can have, or without a country, is left out. */
export function phones(text: string, country: CountryCode | undefined): RowEndpoint[] {
  const found = pieces(text).map((piece) => parsePhoneNumberFromString(piece, country));
  const valid = found.flatMap((phone) => (phone?.isValid() === true ? [phone.number] : []));
  return [...new Set<string>(valid)].map((value) => ({ kind: 'mobile', value }));
}

/** E-mail addresses that can be written to, each once, in lower case after the `@`. */
export function emails(text: string): RowEndpoint[] {
  const found = pieces(text).filter((piece) => piece.length <= 254 && EMAIL.test(piece));
  const written = found.map((piece) => {
    const at = piece.lastIndexOf('@');
    return piece.slice(0, at) + piece.slice(at).toLowerCase();
  });
  return [...new Set(written)].map((value) => ({ kind: 'email', value }));
}

function pieces(text: string): string[] {
  return text
    .split(SEPARATOR)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}
