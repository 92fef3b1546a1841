import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Say } from './cache';

/** A Temporal server that the user named. */
export interface ProfileServer {
  readonly address: string;
  /** The profile's namespace, or null for our own. */
  readonly namespace: string | null;
  readonly ui: null;
  readonly profile: true;
}

/** The server named by TEMPORAL_ADDRESS or a profile of the SDK's configuration, or null when none is named. */
export function temporalOfProfile(say: Say): ProfileServer | null {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const address = connectionOptions.address;
  if (address === undefined || address === '') return null;
  const why =
    process.env['TEMPORAL_ADDRESS'] === address ? 'named by TEMPORAL_ADDRESS' : "named by the SDK's profile";
  say(`Temporal server: ${address} (${why})`);
  return { address, namespace: namespace ?? null, ui: null, profile: true };
}
