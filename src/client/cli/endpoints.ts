import type { NewEndpoint } from '../../book/people';
import { fail } from '../../domain/errors/forbear-error';
import { emails, isCountry, phones, SOURCE, SOURCE_SHAPE } from '../../intake/row/contact';

export interface EndpointOptions {
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  readonly country?: string;
  /** Of all of them. */
  readonly at?: 'home' | 'work';
  readonly source?: string;
}

/** Degrees as they are typed: `31.2304,121.4737`. Throws OPTION_WRONG. */
export function pointOf(option: string, text: string): { latitude: number; longitude: number } {
  const [latitude = NaN, longitude = NaN, more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const right = more === undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!right)
    fail('OPTION_WRONG', { option, wanted: 'latitude and longitude in degrees, such as 31.2304,121.4737' });
  return { latitude, longitude };
}

/** Ways to reach a person, as options name them. Throws OPTION_WRONG where one is no number or address, without it. */
export function endpointsOf({ phone, email, address, country, at, source }: EndpointOptions): NewEndpoint[] {
  if (country !== undefined && !isCountry(country))
    fail('OPTION_WRONG', { option: '--country', wanted: 'two capital letters such as CN' });
  const mobile = phones(phone ?? '', country);
  const mail = emails(email ?? '');
  if (phone !== undefined && mobile.length === 0)
    fail('OPTION_WRONG', { option: '--phone', wanted: 'a mobile number with its country' });
  if (email !== undefined && mail.length === 0)
    fail('OPTION_WRONG', { option: '--email', wanted: 'an e-mail address' });
  const line = address?.replace(/\s+/g, ' ').trim();
  if (source !== undefined && !SOURCE.test(source))
    fail('OPTION_WRONG', { option: '--source', wanted: SOURCE_SHAPE });
  const said = { ...(at === undefined ? {} : { place: at }), ...(source === undefined ? {} : { source }) };
  return [
    ...mobile,
    ...mail,
    ...(line === undefined || line === '' ? [] : [{ kind: 'address' as const, value: line }]),
  ].map((endpoint) => ({ ...endpoint, ...said }));
}
