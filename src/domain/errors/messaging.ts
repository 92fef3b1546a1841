import type { ErrorText } from './error-text';

/** Errors of messages and their carriers. */
export const messaging = {
  TEMPLATE_MISSING: {
    says: 'There is no text of template {template} for {channel} in {language}, nor in the default language',
    do: 'Add the file to the templates folder; a harder tone than the one asked for is never taken.',
  },
  TEMPLATE_INCOMPLETE: {
    says: 'Template {template} for {channel} names {variable}, which is not known for this account',
    do: 'Put the place between {% if %} and {% endif %}, or supply the value.',
  },
  ACTIVITY_FAILED: {
    says: 'The {part} failed with {reason}',
    do: 'See the logs of the service behind it; the activity is tried again.',
  },
  SEND_TIMES: {
    says: 'A carrier may take {carrier} ms, a permit lives {permit} ms and the activity that sends {activity} ms: a slow first try could send after a second one has begun',
    do: 'Let the carrier give up after at most {most} ms, before the permit ends, and the permit before the activity does.',
  },
} as const satisfies Record<string, ErrorText>;
