import { useEffect } from 'react';
import { useUrlParam } from './useUrlParam';

interface List<T> {
  data: { items: T[] } | undefined;
  isFetching: boolean;
}

/** The row of a whole list that the address holds open. One that is gone, deleted here or elsewhere, leaves the address as well: it is remembered. */
export function useOpenRow<T>(list: List<T>, keyOf: (row: T) => string): T | undefined {
  const [open, setOpen] = useUrlParam('open');
  const found = open === null ? undefined : list.data?.items.find((row) => keyOf(row) === open);
  const gone = open !== null && !found && list.data !== undefined && !list.isFetching;
  useEffect(() => {
    if (gone) setOpen(null);
  }, [gone, setOpen]);
  return found;
}
