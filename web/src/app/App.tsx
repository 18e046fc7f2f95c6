import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { RouterProvider } from 'react-router/dom';
import { usePreferences } from '@/theme/preferences';
import { theme } from '@/theme/theme';
import { queryClient } from './queryClient';
import { router } from './routes';
import { schemeManager } from './schemeManager';

export function App() {
  const { scheme, density } = usePreferences();
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return (
    <MantineProvider theme={theme} colorSchemeManager={schemeManager} forceColorScheme={scheme === 'auto' ? undefined : scheme} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
