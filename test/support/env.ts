import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTimeSkipping } from '../../src/stack/time-skipping';

/**
 * A time-skipping server of a test file's own, with its client. Close it with `env.teardown()` in `afterAll`. Its
 * clock jumps ten years after each `result()` with nothing pending: start workflows and use `env.sleep()`, and
 * compare with `env.currentTimeMs()` only. It has no lists, and a memo is lost at continue-as-new.
 */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await findTimeSkipping(() => undefined);
  const server = { executable: { type: 'existing-path', path } } as const;
  // On a busy machine a Java virtual machine may need longer than the five seconds that the SDK waits for it.
  for (let tries = 1; ; tries += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server });
    } catch (error) {
      if (tries === 4 || !String(error).includes('ephemeral server')) throw error;
    }
  }
}
