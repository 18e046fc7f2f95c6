import { useMemo } from 'react';
import { useTranslation } from './useTranslation';

export interface Format {
  number(value: number | null | undefined, digits?: number): string;
  compact(value: number | null | undefined): string;
  percent(fraction: number | null | undefined, digits?: number): string;
  money(value: number | null | undefined, currency?: string | null): string;
  bytes(value: number): string;
  ms(value: number | null | undefined): string;
  /** A long time, from seconds: `3d 4h`. */
  duration(seconds: number): string;
  dateTime(iso: string | null | undefined): string;
  time(iso: string | null | undefined): string;
  ago(iso: string | null | undefined, now?: number): string;
  utc(iso: string): string;
}

const none = '–';

/** Numbers, money, dates and durations in the chosen language; "–" where there is no value. */
export function makeFormat(language: string): Format {
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const dateTime = new Intl.DateTimeFormat(language, { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const unit = (name: string, digits: number) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits });
  const milliseconds = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const seconds = unit('second', 1);
  const minutes = unit('minute', 1);

  return {
    number: (value, digits = 0) => (value == null ? none : new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)),
    compact: (value) => (value == null ? none : compact.format(value)),
    percent: (fraction, digits = 1) => (fraction == null || !Number.isFinite(fraction) ? none : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(fraction)),
    money: (value, currency) => (value == null ? none : moneyFormat(language, value, currency ?? 'USD').format(value)),
    ms: (value) => {
      if (value == null) return none;
      if (value < 10_000) return `${milliseconds.format(value)} ms`;
      return value < 120_000 ? seconds.format(value / 1000) : minutes.format(value / 60_000);
    },
    bytes: (value) => (value >= 2 ** 30 ? unit('gigabyte', 1).format(value / 2 ** 30) : unit('megabyte', 0).format(value / 2 ** 20)),
    duration: (value) => durationOf(language, value),
    dateTime: (iso) => (iso ? dateTime.format(new Date(iso)) : none),
    time: (iso) => (iso ? time.format(new Date(iso)) : none),
    ago: (iso, now = Date.now()) => (iso ? agoOf(relative, (new Date(iso).getTime() - now) / 1000) : none),
    utc: (iso) => new Date(iso).toISOString().replace('T', ' ').replace('Z', ' UTC'),
  };
}

function durationOf(language: string, total: number): string {
  const parts: [string, number][] = [
    ['day', Math.floor(total / 86_400)],
    ['hour', Math.floor(total / 3600) % 24],
    ['minute', Math.floor(total / 60) % 60],
    ['second', Math.floor(total) % 60],
  ];
  const found = parts.findIndex(([, value]) => value > 0);
  const first = found < 0 ? 3 : found;
  const shown = parts.slice(first, first + 2);
  return shown.map(([name, value]) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(value)).join(' ');
}

/** Small amounts keep the digits that tell them apart: one call may cost $0.0003. */
function moneyFormat(language: string, value: number, currency: string): Intl.NumberFormat {
  const size = Math.abs(value);
  const digits = size === 0 || size >= 1 ? 2 : size >= 0.01 ? 4 : 6;
  return new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: digits });
}

function agoOf(format: Intl.RelativeTimeFormat, seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 60) return format.format(Math.round(seconds), 'second');
  if (size < 3600) return format.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.round(seconds / 3600), 'hour');
  return format.format(Math.round(seconds / 86_400), 'day');
}

export function useFormat(): Format {
  const { language } = useTranslation();
  return useMemo(() => makeFormat(language), [language]);
}
