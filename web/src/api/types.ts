import type { components } from './schema';

/**
 * The shapes the server answers with, by the names the console uses. They come from the server's own
 * OpenAPI document (`npm run generate`); written here is only what that document does not describe yet,
 * and narrower words where it says no more than "text".
 */
type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface ProblemField {
  code: string;
  field: string | null;
  detail: string;
  cure: string | null;
}

export interface Problem {
  title?: string;
  detail?: string;
  status?: number;
  code?: string;
  field?: string;
  cure?: string;
  requestId?: string;
  errors?: ProblemField[];
}

export type Role = 'viewer' | 'submitter' | 'reviewer' | 'analyst' | 'merchandiser' | 'admin';

export type Session = Schemas['SessionView'];
export type SessionUser = Schemas['SessionUser'];

export type User = Schemas['User'];

export type CreatedUser = Schemas['CreatedUser'];

export type ApiKey = Schemas['KeyView'];

export type CreatedKey = ApiKey & { secret: string };

export type AuditRow = Schemas['AuditItem'];

export type AuditVerification = Schemas['AuditVerification'];

export type FlagState = 'on' | 'off' | 'percentage';
export type Flag = Omit<Schemas['Flag'], 'state'> & { state: FlagState };

export interface FlagChange {
  state: FlagState;
  percentage?: number | null;
  targets?: string[];
  description?: string | null;
  kill?: boolean;
}

export type FlagHistoryRow = Omit<Schemas['FlagVersion'], 'state'> & { state: FlagState };

export interface Job {
  id: string;
  type: string;
  title: string;
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  rate: number | null;
  secondsLeft: number | null;
  errors: number;
  startedAt: string | null;
  endedAt: string | null;
  createdBy: string | null;
  result: unknown;
  error: string | null;
}

export interface GlobalState {
  version: number;
  updatedAt: string | null;
  components: Partial<Record<ComponentName, Record<string, unknown> | null>>;
  extensions: Record<string, unknown>;
}

export type ComponentName = 'center' | 'ml' | 'data' | 'gateway';

export interface LiveEvent<T = unknown> {
  sequence: number;
  type: string;
  subject: string | null;
  actor: string | null;
  at: string;
  payload: T;
}

export type KindOption = Schemas['ProviderOption'];

export type ProviderKind = Schemas['KindView'];

export type TestStep = Schemas['ConnectionStep'];

export type TestResult = Schemas['ConnectionReport'];

export type Provider = Schemas['ProviderView'] & { health?: Schemas['HealthView'] | null };

export interface ProviderInput {
  name: string;
  kind: string;
  endpoint: string;
  mode?: string;
  apiKey?: string;
  models: string[];
  options?: Record<string, string>;
  enabled?: boolean;
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
}

export type Tokens = Schemas['CallTokens'];

export type UsageFigures = Schemas['UsageFigures'];

export type UsageStats = Schemas['UsageStatistics'];

export type RequestRow = Schemas['SettledCall'];

export interface Attempt {
  provider: string;
  model: string;
  startedAt: string;
  ms: number | null;
  status: number | string | null;
  class: string | null;
  code: string | null;
  message: string | null;
  upstreamRequestId: string | null;
}

export type RequestDetail = RequestRow & {
  attemptList: Attempt[];
  priceVersion: string | null;
  /** What happened when, in milliseconds since the request arrived. */
  timeline: { step: string; ms: number; note: string | null }[] | null;
};

export interface Price {
  id: string;
  provider: string | null;
  model: string;
  currency: string;
  input: number | null;
  output: number | null;
  cachedRead: number | null;
  cacheWrite: number | null;
  source: string;
  validFrom: string;
  /** `list` for a vendor's published price, `own` for one set here. */
  scope: string;
}

export interface CallsSettled {
  node: string;
  requests: number;
  failed: number;
  tokensIn: number;
  tokensOut: number;
  cost: number;
  latencyMsP50: number | null;
  latencyMsP95: number | null;
  recent: RequestRow[];
}

export type ConfigurationEntry = Schemas['EffectiveSetting'];

export type SystemInfo = Schemas['SystemInfo'];
