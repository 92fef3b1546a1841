import type { HoldEffects } from '../hold/effects';
import type { Step } from '../strategy/strategy';

/** Which effect of a hold stops this contact: by the channel where that says more, else by the kind of the step. */
export function effectOnChannel(step: Step, channel: string): keyof HoldEffects {
  if (channel === 'visit') return 'visit';
  return step.kind === 'notice' ? 'notice' : 'contact';
}
