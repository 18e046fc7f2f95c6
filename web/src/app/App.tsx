import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { usePreferences } from '@/theme/preferences';
import { theme } from '@/theme/theme';
import './historyGuard';
import { afterFirstPaint } from './afterFirstPaint';
import { queryClient } from './queryClient';
import { Screens } from './routes';
import { schemeManager } from './schemeManager';

const Notifications = lazy(async () => {
  await afterFirstPaint();
  return { default: (await import('@mantine/notifications')).Notifications };
});

export function App() {
  const { scheme, density } = usePreferences();
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return (
    <MantineProvider theme={theme} colorSchemeManager={schemeManager} forceColorScheme={scheme === 'auto' ? undefined : scheme} defaultColorScheme="auto">
      <Suspense>
        <Notifications position="bottom-right" limit={4} />
      </Suspense>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Screens />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
