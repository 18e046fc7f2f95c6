import { useEffect, useRef, useState } from 'react';
import { useBeforeUnload } from 'react-router';
import { guardHistory } from './historyGuard';

/** Where the router has numbered this place in the browser's history. */
function placeOf(state: unknown): number | null {
  const place = (state as { idx?: unknown } | null)?.idx;
  return typeof place === 'number' ? place : null;
}

/**
 * Asks before something unsaved is left: on closing it, on the browser's Back and Forward, on closing the tab.
 * A step through the history has happened when it is told of: it is kept from the router and taken back, and
 * taken again once the reader agrees.
 */
export function useUnsaved(dirty: boolean, onClose: () => void) {
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const latest = useRef({ dirty, onClose });
  useEffect(() => {
    latest.current = { dirty, onClose };
  });

  useBeforeUnload((event) => {
    if (dirty) event.preventDefault();
  });

  useEffect(() => {
    if (!dirty) return;
    const here = placeOf(history.state);
    if (here === null) return;
    let takingBack = false;
    let agreed = false;
    return guardHistory((event) => {
      if (agreed) return;
      event.stopImmediatePropagation();
      if (takingBack) {
        takingBack = false;
        return;
      }
      const step = (placeOf(event.state) ?? here - 1) - here;
      if (step === 0) return;
      takingBack = true;
      history.go(-step);
      setLeaving(() => () => {
        agreed = true;
        history.go(step);
      });
    });
  }, [dirty]);

  return {
    close: () => {
      if (!latest.current.dirty) return latest.current.onClose();
      // Not within this press of Escape: the question would hear of it as well, and take it for its own.
      setTimeout(() => setLeaving(() => () => latest.current.onClose()));
    },
    asking: leaving !== null,
    stay: () => setLeaving(null),
    leave: () => {
      setLeaving(null);
      leaving?.();
    },
  };
}
