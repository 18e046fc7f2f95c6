/**
 * The shapes the server answers with, by the names the console uses. Everything the console knows of the
 * API stands here, so that it can be exchanged for generated types without touching a screen.
 */
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

export interface SessionUser {
  id: string;
  name: string;
  email: string | null;
  roles: string[];
  language: string | null;
}

export interface Session {
  signedIn: boolean;
  user: SessionUser | null;
  tenant: { id: string; name: string } | null;
  grants: string[];
  firstRun: boolean;
}

export interface User {
  id: string;
  name: string;
  email: string | null;
  roles: string[];
  status: string;
  createdAt: string;
  lastSignInAt: string | null;
}

export interface CreatedUser extends User {
  inviteLink?: string | null;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  owner: string | null;
  scopes: string[];
  allowedModels: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  status: string;
}

export interface CreatedKey extends ApiKey {
  secret: string;
}

export interface AuditRow {
  id: string;
  at: string;
  actor: string;
  actorKind: string;
  action: string;
  resource: string;
  resourceId: string | null;
  before: unknown;
  after: unknown;
  hash: string;
  previousHash: string | null;
}

export interface AuditVerification {
  ok: boolean;
  checked: number;
  brokenAt: string | null;
}

export interface Flag {
  name: string;
  description: string | null;
  state: 'on' | 'off' | 'percentage';
  percentage: number | null;
  targets: string[];
  kill: boolean;
  updatedAt: string;
  updatedBy: string | null;
  version: number;
  source: string;
}

export interface FlagChange {
  state: Flag['state'];
  percentage?: number | null;
  targets?: string[];
  description?: string | null;
  kill?: boolean;
}

export interface FlagHistoryRow extends Pick<Flag, 'version' | 'description' | 'state' | 'percentage' | 'targets' | 'kill'> {
  removed: boolean;
  at: string;
  by: string | null;
}

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
  updatedAt: string;
  components: Partial<Record<ComponentName, Record<string, unknown>>>;
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

export interface KindOption {
  name: string;
  required: boolean;
  default: string | null;
  pattern: string | null;
  choices: string[];
}

export interface ProviderKind {
  id: string;
  displayName: string;
  dialect: string;
  defaultMode: string;
  defaultEndpoint: string | null;
  needsKey: boolean;
  capabilities: Record<string, boolean> | string[];
  options: KindOption[];
  suggestedModels: string[];
}

export interface TestStep {
  name: 'dns' | 'tls' | 'auth' | 'models' | 'call' | 'stream' | (string & {});
  ok: boolean | null;
  ms: number | null;
  message: string | null;
  detail: string | null;
}

export interface TestResult {
  ok: boolean;
  steps: TestStep[];
  latencyMs: number | null;
  models: string[];
  testedAt?: string;
}

export interface ProviderHealth {
  status: string;
  latencyMs: number | null;
  consecutiveFailures: number;
  lastError: string | null;
  checkedAt: string | null;
}

export interface Provider {
  id: string;
  name: string;
  kind: string;
  endpoint: string;
  mode: string;
  models: string[];
  options: Record<string, string>;
  hasKey: boolean;
  keyHint: string | null;
  enabled: boolean;
  active: boolean;
  fallbackPosition: number | null;
  status: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  lastTest: { ok: boolean; at?: string; latencyMs?: number | null } | null;
  connectTimeoutMs?: number | null;
  totalTimeoutMs?: number | null;
  health?: ProviderHealth | null;
  keyErased?: boolean;
}

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

export interface Tokens {
  input: number;
  output: number;
  cachedRead: number;
  cacheWrite: number;
  reasoning: number;
}

export interface UsageFigures {
  requests: number;
  succeeded: number;
  failed: number;
  aborted: number;
  unknown: number;
  tokens: Tokens;
  cost: number;
  currency: string;
  unpricedRequests: number;
  ttftMsP50: number | null;
  ttftMsP95: number | null;
  latencyMsP50: number | null;
  latencyMsP95: number | null;
  cacheHits: number;
}

export interface UsageStats {
  from: string;
  to: string;
  totals: UsageFigures;
  groups: (UsageFigures & { key: string })[];
}

export interface RequestRow {
  id: string;
  at: string;
  dialect: string;
  endpoint: string;
  key: { id: string; name: string } | null;
  user: string | null;
  feature: string | null;
  taskType: string | null;
  route: string | null;
  provider: string | null;
  model: string | null;
  status: 'succeeded' | 'failed' | 'aborted' | 'unknown';
  httpStatus: number | null;
  stream: boolean;
  ttftMs: number | null;
  totalMs: number | null;
  tokens: Tokens;
  cost: number | null;
  currency: string | null;
  cache: string | null;
  attempts: number;
  stopReason: string | null;
  errorClass: string | null;
  reason: string | null;
}

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

export interface RequestDetail extends RequestRow {
  attemptList: Attempt[];
  priceVersion: string | null;
  timeline: { name: string; atMs: number; ms?: number | null }[] | null;
}

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

export interface ConfigurationEntry {
  key: string;
  value: unknown;
  source: string;
  secret: boolean;
  /** Whether a change needs a restart. */
  atStart: boolean;
  description: string | null;
}

export interface SystemInfo {
  version: string;
  startedAt: string;
  uptimeSeconds: number;
  memoryBytes: number;
  nodes: { id: string; name: string; version: string; role: string; address: string | null; startedAt: string; seenAt: string; isThis: boolean }[];
  database: { reachable: boolean; since: string; roundTripMs: number | null; version: string | null; embedded: boolean };
}
