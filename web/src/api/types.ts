import type { components } from './schema';

/**
 * The shapes the server answers with, by the names the console uses. They come from the server's own
 * OpenAPI document (`npm run generate`); written here are only narrower words where it says no more than "text".
 */
type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type Problem = Partial<Schemas['ProblemDocument']>;
export type ProblemField = NonNullable<Problem['errors']>[number];

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

export type FlagChange = Omit<Schemas['FlagSettings'], 'state'> & { state: FlagState };

export type FlagHistoryRow = Omit<Schemas['FlagVersion'], 'state'> & { state: FlagState };

export type Job = Schemas['Job'];

export type GlobalState = Omit<Schemas['StateResponse'], 'components'> & { components: Partial<Record<ComponentName, Record<string, unknown> | null>> };

export type ComponentName = 'center' | 'ml' | 'data' | 'gateway';

export type LiveEvent<T = unknown> = Omit<Schemas['LiveEvent'], 'payload'> & { payload: T };

export type KindOption = Schemas['ProviderOption'];

export type ProviderKind = Schemas['KindView'];

export type TestStep = Schemas['ConnectionStep'];

export type TestResult = Schemas['ConnectionReport'];

export type Provider = Schemas['ProviderView'] & { health?: Schemas['HealthView'] | null };

export type ProviderInput = Schemas['ProviderForm'];

export type Tokens = Schemas['CallTokens'];

export type UsageFigures = Schemas['UsageFigures'];

export type UsageStats = Schemas['UsageStatistics'];

export type RequestRow = Schemas['SettledCall'];

export type Attempt = Schemas['AttemptView'];

/** The row is a part of it; the document lists what the detail adds. */
export type RequestDetail = RequestRow & Pick<Schemas['RequestDetail'], 'attemptList' | 'priceVersion' | 'dealId' | 'cycleId' | 'node' | 'timeline'>;

export type Price = Schemas['PriceView'];

export type CallsSettled = Schemas['GatewayCallsSettled'];

export type ConfigurationEntry = Schemas['EffectiveSetting'];

export type SystemInfo = Schemas['SystemInfo'];
