import type { PolicyRequest } from '../request';
import type { ConductRule } from '../rule';
import { ALLOW, block, review, type Verdict } from '../verdict';
import { RECORDINGS } from '../words';

/** How a contact is made: how many go, what is recorded, what must be said and what never, by which means. */
export function judgeConduct(rule: ConductRule, request: PolicyRequest): Verdict {
  for (const judge of JUDGES) {
    const verdict = judge(rule, request);
    if (verdict.says !== 'allow') return verdict;
  }
  return ALLOW;
}

type Judge = (rule: ConductRule, request: PolicyRequest) => Verdict;

const staff: Judge = ({ minStaff }, request) => {
  if (minStaff === null) return ALLOW;
  if (request.staff === null) return review('how many go is not known');
  return request.staff >= minStaff ? ALLOW : block(`${request.staff} of ${minStaff} staff`);
};

const recording: Judge = ({ recording: wanted }, request) => {
  if (wanted === null) return ALLOW;
  if (request.recording === null) return review('whether it is recorded is not known');
  const enough = RECORDINGS.indexOf(request.recording) >= RECORDINGS.indexOf(wanted);
  return enough ? ALLOW : block(`recorded as ${request.recording}, not ${wanted}`);
};

const disclosures: Judge = ({ disclosures: wanted }, request) => {
  if (wanted.length === 0) return ALLOW;
  if (request.disclosures === null) return review('what is disclosed is not known');
  const missing = wanted.filter((one) => !request.disclosures?.includes(one));
  return missing.length === 0 ? ALLOW : block(`lacks ${missing.join(', ')}`);
};

/** A call has no text beforehand: what is not written is not judged here. */
const phrases: Judge = ({ forbiddenPhrases }, { text }) => {
  const small = text?.toLowerCase();
  const found = small === undefined ? undefined : forbiddenPhrases.find((phrase) => small.includes(phrase));
  return found === undefined ? ALLOW : block(`says "${found}"`);
};

const means: Judge = ({ forbiddenMeans }, request) => {
  const found = forbiddenMeans.find((one) => request.means.includes(one));
  return found === undefined ? ALLOW : block(`by ${found}`);
};

const endpoints: Judge = ({ endpointSources, forbiddenEndpoints }, request) => {
  if (endpointSources !== null) {
    if (request.endpointSource === null) return review('where the endpoint is known from is not known');
    if (!endpointSources.includes(request.endpointSource))
      return block(`endpoint from ${request.endpointSource}`);
  }
  if (forbiddenEndpoints.length === 0) return ALLOW;
  if (request.endpointKind === null) return review('what kind of endpoint it is is not known');
  return forbiddenEndpoints.includes(request.endpointKind) ? block(`to a ${request.endpointKind}`) : ALLOW;
};

const JUDGES: readonly Judge[] = [staff, recording, disclosures, phrases, means, endpoints];
