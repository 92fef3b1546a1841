import { Command } from 'commander';
import { withExamples, type Context } from '../context';
import { policyCheck } from './policy-check';
import { policyExplain, policyList, policyShow } from './policy-look';

/** What laws and industry codes want, as packs of rules. Needs no server. */
export function policy(context: Context): Command {
  return withExamples(
    new Command('policy').description('the packs of rules: list, show, explain and ask them'),
    [
      'policy list',
      'policy show us-federal',
      'policy explain US-F1',
      'policy check examples/eighth-call.policy.yaml',
    ],
  )
    .addCommand(policyList(context))
    .addCommand(policyShow(context))
    .addCommand(policyExplain(context))
    .addCommand(policyCheck(context));
}
