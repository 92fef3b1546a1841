import type { GateAnswer, Known } from '../../domain/policy/gate';
import type { PolicyAnswer, Spoken } from '../../domain/policy/pack/answer';

/**
 * What the packs were asked and said, as it is kept: every rule that spoke with its pack, those that allowed it by name,
 * the versions of packs and calendars, the zones. Rules' sentences and sources stand in the pack of that version.
 */
export function lawSaid({ law }: GateAnswer, { policy }: Known): { readonly law?: unknown } {
  if (policy === undefined) return {};
  if (law === undefined) return { law: { missing: policy.missing } };
  const { request } = policy;
  return {
    law: {
      packs: law.packs.map(({ name, version, holidays }) => {
        return { pack: name, version, calendar: holidays.version };
      }),
      asked: {
        ...{ role: request.role, party: request.party, place: request.place, purpose: request.purpose },
        ...{ endpoint: request.endpoint, staff: request.staff, recording: request.recording },
      },
      ...{ zones: law.zones, narrowed: law.narrowed, said: law.answer, until: law.until },
      spoke: law.rules.filter(({ says }) => says !== 'allow').map(brief),
      allowed: law.rules.filter(({ says }) => says === 'allow').map(({ pack, rule }) => `${pack}/${rule}`),
    },
  };
}

/** The same of an action that is no contact. */
export function actionSaid(law: PolicyAnswer | null): { readonly law?: unknown } {
  if (law === null) return {};
  return {
    law: {
      packs: law.packs.map(({ name, version, holidays }) => {
        return { pack: name, version, calendar: holidays.version };
      }),
      spoke: law.rules.filter(({ says }) => says !== 'allow').map(brief),
      allowed: law.rules.filter(({ says }) => says === 'allow').map(({ pack, rule }) => `${pack}/${rule}`),
      clocks: law.clocks,
    },
  };
}

function brief({ rule, pack, version, says, why, until, at }: Spoken) {
  return { rule, pack, version, says, why, until, at };
}
