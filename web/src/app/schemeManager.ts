import type { MantineColorSchemeManager } from '@mantine/core';

/** The chosen scheme lives in our preferences; the component library only follows it. */
export const schemeManager: MantineColorSchemeManager = {
  get: (fallback) => fallback,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};
