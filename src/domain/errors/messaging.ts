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
} as const satisfies Record<string, ErrorText>;
