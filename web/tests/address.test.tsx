import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { remember, restore } from '@/app/remembered';
import { momentOf, queryOf, useTimeRange } from '@/app/timeRange';
import { useOpenRow } from '@/app/useOpenRow';
import { useUrlParam } from '@/app/useUrlParam';

function at(path: string) {
  return ({ children }: { children: ReactNode }) => <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>;
}

describe('the address is the state', () => {
  beforeEach(() => sessionStorage.clear());

  it('reads and writes one piece without touching the others', () => {
    const { result } = renderHook(() => ({ param: useUrlParam('sort'), location: useLocation() }), { wrapper: at('/x?q=hello&sort=name') });
    expect(result.current.param[0]).toBe('name');
    act(() => result.current.param[1]('-name'));
    expect(result.current.location.search).toBe('?q=hello&sort=-name');
    act(() => result.current.param[1](null));
    expect(result.current.location.search).toBe('?q=hello');
  });

  it('keeps the time range, and leaves the usual one out', () => {
    const { result } = renderHook(() => ({ range: useTimeRange(), location: useLocation() }), { wrapper: at('/x?from=-1h') });
    expect(result.current.range[0]).toEqual({ from: '-1h', to: 'now' });
    act(() => result.current.range[1]({ from: '-24h', to: 'now' }));
    expect(result.current.location.search).toBe('');
  });

  it('understands relative and absolute moments, and nothing else', () => {
    const now = Date.UTC(2026, 0, 2);
    expect(momentOf('-24h', now)?.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(momentOf('2026-01-01T10:00:00Z', now)?.toISOString()).toBe('2026-01-01T10:00:00.000Z');
    expect(momentOf('yesterday-ish', now)).toBeNull();
    expect(queryOf({ from: 'nonsense', to: 'now' }, now)).toEqual({ from: '2026-01-01T00:00:00.000Z' });
  });

  it('keeps what is open while its list is asked for, and forgets it when it is gone', () => {
    let list: { data: { items: string[] } | undefined; isFetching: boolean } = { data: undefined, isFetching: true };
    const { result, rerender } = renderHook(() => ({ row: useOpenRow(list, (row) => row), location: useLocation() }), { wrapper: at('/x?open=b') });
    list = { data: { items: ['a', 'b'] }, isFetching: false };
    rerender();
    expect(result.current.row).toBe('b');
    list = { data: { items: ['a'] }, isFetching: true };
    rerender();
    expect(result.current.location.search).toBe('?open=b');
    list = { data: { items: ['a'] }, isFetching: false };
    rerender();
    expect(result.current.location.search).toBe('');
  });

  it('remembers a screen for the visit, but neither tokens nor another screen’s time range', () => {
    remember('/gateway/requests', '?status=failed&token=secret&from=-7d');
    expect(restore('/gateway/requests', '?from=-1h')).toBe('/gateway/requests?status=failed&from=-1h');
    expect(restore('/gateway/keys', '')).toBe('/gateway/keys');
  });
});
