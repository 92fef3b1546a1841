import { isZone } from '../../domain/calendar/zone';
import { fail } from '../../domain/errors/forbear-error';
import { isCountry } from './contact';
import type { RowDefaults } from './row';

export const LENDER = /^[\w.-]{1,32}$/;
export const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** What is said for all rows is held to what a row's own cell is held to, before the first is read. Throws OPTION_WRONG. */
export function mustBeDefaults({ lender, zone, language, country }: RowDefaults): void {
  const wrong = (option: string, wanted: string): never => fail('OPTION_WRONG', { option, wanted });
  if (!LENDER.test(lender)) wrong('--lender', 'at most 32 letters, digits, dots or dashes');
  if (zone !== undefined && !isZone(zone)) wrong('--zone', 'a time zone such as Asia/Shanghai');
  if (language !== undefined && !LANGUAGE.test(language)) wrong('--language', 'a tag such as zh or en');
  if (country !== undefined && !isCountry(country)) wrong('--country', 'two capital letters such as CN');
}
