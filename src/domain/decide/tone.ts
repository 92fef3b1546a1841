import type { Episode } from '../account/state';
import type { Step } from '../strategy/strategy';

/** The strongest tone that the engine raises to by itself: T4, the formal notice, is only ever chosen by the document. */
const FIRMEST_RAISED = 3;

/**
 * The tone that a step speaks in, 0…4, or null when it says nothing. It is not below the episode's floor (days follow
 * the facts, manners follow the history), except where it is a service message or soft on purpose.
 */
export function toneOf(step: Step, path: string | null, episode: Episode | null): number | null {
  const own = (path === null ? undefined : step.toneBy?.[path]) ?? step.tone;
  if (own === undefined) return null;
  if (step.kind !== 'contact' || step.soft === true || own === 0) return own;
  return Math.max(own, episode?.floor ?? 0);
}

/** One tone firmer than what was reached: after a broken promise. */
export function firmer(episode: Episode): Episode {
  return { ...episode, floor: Math.min(FIRMEST_RAISED, Math.max(episode.floor, episode.tone + 1)) };
}

/** The floor is what was reached, as far as the engine raises by itself. */
export function keepReached(episode: Episode): Episode {
  return { ...episode, floor: Math.max(episode.floor, Math.min(FIRMEST_RAISED, episode.tone)) };
}
