import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** One piece of a screen's state that lives in its address. Set to null, it leaves the address. */
export function useUrlParam(name: string): [string | null, (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | null) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === null || value === '') after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true },
      );
    },
    [name, setParams],
  );
  return [params.get(name), set];
}

/** Several pieces at once, so that one does not overwrite the other. */
export function useSetUrlParams(): (values: Record<string, string | null>) => void {
  const [, setParams] = useSearchParams();
  return useCallback(
    (values) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value === null || value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParams],
  );
}
