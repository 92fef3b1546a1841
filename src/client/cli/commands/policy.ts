import { Command } from 'commander';
import { withExamples, type Context } from '../context';
import { policyCheck } from './policy-check';
import { policyExplain, policyList, policyShow } from './policy-look';
import { policyPublish, policyPublished } from './policy-publish';

/** What laws and industry codes want, as packs of rules. All but publishing needs no server. */
export function policy(context: Context): Command {
  return withExamples(
    new Command('policy').description('the packs of rules: list, show, explain, ask and publish them'),
    [
      'policy list',
      'policy show us-federal',
      'policy explain US-F1',
      'policy check examples/eighth-call.policy.yaml',
      'policy publish cn-consumer-credit',
    ],
  )
    .addCommand(policyList(context))
    .addCommand(policyShow(context))
    .addCommand(policyExplain(context))
    .addCommand(policyCheck(context))
    .addCommand(policyPublish(context))
    .addCommand(policyPublished(context));
}
