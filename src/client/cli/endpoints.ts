import type { NewEndpoint } from '../../book/people';
import { fail } from '../../domain/errors/forbear-error';
import { emails, isCountry, phones } from '../../intake/row/contact';

export interface EndpointOptions {
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  readonly country?: string;
}

/** Ways to reach a person, as options name them. Throws OPTION_WRONG where one is no number or address, without it. */
export function endpointsOf({ phone, email, address, country }: EndpointOptions): NewEndpoint[] {
  if (country !== undefined && !isCountry(country))
    fail('OPTION_WRONG', { option: '--country', wanted: 'two capital letters such as CN' });
  const mobile = phones(phone ?? '', country);
  const mail = emails(email ?? '');
  if (phone !== undefined && mobile.length === 0)
    fail('OPTION_WRONG', { option: '--phone', wanted: 'a mobile number with its country' });
  if (email !== undefined && mail.length === 0)
    fail('OPTION_WRONG', { option: '--email', wanted: 'an e-mail address' });
  const line = address?.replace(/\s+/g, ' ').trim();
  return [
    ...mobile,
    ...mail,
    ...(line === undefined || line === '' ? [] : [{ kind: 'address' as const, value: line }]),
  ];
}
