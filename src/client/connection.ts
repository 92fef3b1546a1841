import {
  Client,
  Connection,
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  type ConnectionOptions,
} from '@temporalio/client';
import { ForbearError } from '../domain/errors/forbear-error';

/** Where Temporal is, and which part of it is ours. */
export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue?: string;
  /** Certificates and keys, where an address is not enough. */
  readonly connection?: ConnectionOptions;
}

export const TASK_QUEUE = 'forbear';

/** A Temporal client; it connects with its first call. Payloads are plain JSON: documents are put in by the worker. */
export function temporalClient(place: TemporalPlace): Client {
  const connection = Connection.lazy({ ...place.connection, address: place.address, connectTimeout: 2_000 });
  return new Client({ connection, namespace: place.namespace });
}

const UNAVAILABLE = 14;
/** What a server says that gave up under its load: of a call that was broken off, and of one too many. */
const CANCELLED = 1;
const RESOURCE_EXHAUSTED = 8;
const AWAY: readonly (number | null)[] = [UNAVAILABLE, CANCELLED, RESOURCE_EXHAUSTED];
const NOT_FOUND = 5;

/** What the SDK threw as a coded error, without its payloads and stack; anything else as it came. */
export function temporalError(thrown: unknown, address: string): unknown {
  if (isUnreachable(thrown)) return new ForbearError('TEMPORAL_UNREACHABLE', { address });
  const code = grpcCode(thrown);
  if (code !== null) return new ForbearError('TEMPORAL_REFUSED', { code: `gRPC ${code}` });
  return thrown;
}

/** The server is away or too busy: what was to be told is told again later. */
export function isUnreachable(thrown: unknown): boolean {
  if (AWAY.includes(grpcCode(thrown)) || isGrpcDeadlineError(thrown)) return true;
  // The SDK says so of a first connection that never came about, with no code.
  return thrown instanceof Error && /failed to connect|connect(ion)? timed? ?out/i.test(thrown.message);
}

export function isNotFound(thrown: unknown): boolean {
  if (thrown instanceof Error && thrown.name === 'WorkflowNotFoundError') return true;
  return grpcCode(thrown) === NOT_FOUND;
}

function grpcCode(thrown: unknown): number | null {
  const cause = thrown instanceof ServiceError ? thrown.cause : thrown;
  return isGrpcServiceError(cause) ? cause.code : null;
}
