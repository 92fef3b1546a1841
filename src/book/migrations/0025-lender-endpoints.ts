import { step } from './step';

/** Which of the lender's accounts name an endpoint: one that none names any more is out of use. */
export const lenderEndpoints = step(
  `create table lender_endpoints (
    account text not null references accounts,
    endpoint text not null references endpoints on delete cascade,
    primary key (account, endpoint)
  )`,
  'create index lender_endpoints_endpoint on lender_endpoints (endpoint)',
);
