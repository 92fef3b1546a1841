import type { StepResult } from '../../domain/decide/decision';
import { answered, type Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import { chase, isChase } from '../schedule/chase';
import { reach } from './reach';

/** A message to the person, through the gate. */
export async function contact(deps: Dependencies, asked: Asked): Promise<StepResult> {
  const result = isChase(asked) ? await chase(deps.db, asked) : await reach(deps, asked);
  return answered(deps.db, asked.request, result);
}
