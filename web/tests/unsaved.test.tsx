import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useUnsaved } from '@/app/useUnsaved';

/** The browser's history as far as the guard sees it: steps taken, and the events they cause. */
let steps: number[];
let place: number;
beforeEach(() => {
  steps = [];
  history.replaceState({ idx: 3 }, '');
  place = 3;
  vi.spyOn(history, 'go').mockImplementation((step = 0) => {
    steps.push(step);
    pop(place + step);
  });
});
afterEach(() => vi.restoreAllMocks());

/** Tells of a step to this place; true if the router would have heard of it. */
function pop(to: number): boolean {
  place = to;
  let heard = false;
  const router = () => (heard = true);
  addEventListener('popstate', router);
  act(() => void dispatchEvent(new PopStateEvent('popstate', { state: { idx: to } })));
  removeEventListener('popstate', router);
  return heard;
}

const wrapper = ({ children }: { children: ReactNode }) => <BrowserRouter>{children}</BrowserRouter>;

it('takes Back back and asks, and goes once the reader agrees', () => {
  const { result } = renderHook(() => useUnsaved(true, () => undefined), { wrapper });
  expect(pop(2)).toBe(false);
  expect(steps).toEqual([1]);
  expect(place).toBe(3);
  expect(result.current.asking).toBe(true);
  act(() => result.current.stay());
  expect(result.current.asking).toBe(false);
  pop(2);
  act(() => result.current.leave());
  expect(steps).toEqual([1, 1, -1]);
  expect(place).toBe(2);
});

it('lets Back pass where nothing is unsaved, and closes without a question', () => {
  const close = vi.fn();
  const { result } = renderHook(() => useUnsaved(false, close), { wrapper });
  expect(pop(2)).toBe(true);
  expect(steps).toEqual([]);
  act(() => result.current.close());
  expect(close).toHaveBeenCalledOnce();
});

it('closes only after the question where something is', async () => {
  const close = vi.fn();
  const { result } = renderHook(() => useUnsaved(true, close), { wrapper });
  act(() => result.current.close());
  await waitFor(() => expect(result.current.asking).toBe(true));
  expect(close).not.toHaveBeenCalled();
  act(() => result.current.leave());
  expect(close).toHaveBeenCalledOnce();
});
