import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useSetUrlParams } from './useUrlParam';

/** A time range as it stands in the address: `-24h`, `-7d`, `now`, or a moment in ISO form. */
export interface TimeRange {
  from: string;
  to: string;
}

export const defaultRange: TimeRange = { from: '-24h', to: 'now' };
export const presetRanges = ['-15m', '-1h', '-6h', '-24h', '-7d', '-30d'] as const;

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The moment an end of a range means; null for what cannot be understood. */
export function momentOf(text: string, now: number): Date | null {
  if (text === 'now') return new Date(now);
  const relative = /^-(\d{1,5})([mhd])$/.exec(text);
  if (relative) return new Date(now - Number(relative[1]) * (units[relative[2] ?? ''] ?? 0));
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** The range as the API wants it; open at the end where it ends now, so that a list stays live. */
export function queryOf(range: TimeRange, now = Date.now()): { from: string; to?: string } {
  const from = momentOf(range.from, now) ?? momentOf(defaultRange.from, now) ?? new Date(now);
  const to = range.to === 'now' ? null : momentOf(range.to, now);
  return to ? { from: from.toISOString(), to: to.toISOString() } : { from: from.toISOString() };
}

/** Start of the present day in local time, for figures "today". */
export function startOfToday(now = new Date()): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
}

export function useTimeRange(): [TimeRange, (range: TimeRange) => void] {
  const [params] = useSearchParams();
  const setParams = useSetUrlParams();
  const set = useCallback(
    (range: TimeRange) =>
      setParams({ from: range.from === defaultRange.from && range.to === 'now' ? null : range.from, to: range.to === 'now' ? null : range.to }),
    [setParams],
  );
  return [{ from: params.get('from') ?? defaultRange.from, to: params.get('to') ?? defaultRange.to }, set];
}
