import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { ScreenSkeleton } from './shell/ScreenSkeleton';
import { SignedIn } from './SignedIn';

type Loader = () => Promise<{ default: ComponentType }>;

/** A screen in its own chunk, fetched when it is gone to. */
function screen(load: Loader) {
  const Screen = lazy(load);
  return (
    <Suspense fallback={<ScreenSkeleton />}>
      <Screen />
    </Suspense>
  );
}

export const router = createBrowserRouter([
  { path: '/sign-in', element: screen(() => import('@/modules/platform/session/SignInPage')) },
  { path: '/welcome', element: screen(() => import('@/modules/platform/welcome/WelcomePage')) },
  {
    element: <SignedIn />,
    children: [
      { index: true, element: screen(() => import('@/modules/platform/overview/OverviewPage')) },
      { path: 'gateway/providers', element: screen(() => import('@/modules/gateway/providers/ProvidersPage')) },
      { path: 'gateway/models', element: screen(() => import('@/modules/gateway/models/ModelsPage')) },
      { path: 'gateway/keys', element: screen(() => import('@/modules/gateway/keys/KeysPage')) },
      { path: 'gateway/requests', element: screen(() => import('@/modules/gateway/requests/RequestsPage')) },
      { path: 'gateway/requests/:id', element: screen(() => import('@/modules/gateway/requests/RequestPage')) },
      { path: 'gateway/playground', element: screen(() => import('@/modules/gateway/playground/PlaygroundPage')) },
      { path: 'admin/flags', element: screen(() => import('@/modules/platform/flags/FlagsPage')) },
      { path: 'admin/audit', element: screen(() => import('@/modules/platform/audit/AuditPage')) },
      { path: 'admin/users', element: screen(() => import('@/modules/platform/users/UsersPage')) },
      { path: 'admin/jobs', element: screen(() => import('@/modules/platform/jobs/JobsPage')) },
      { path: 'admin/system', element: screen(() => import('@/modules/platform/system/SystemPage')) },
      { path: 'settings', element: screen(() => import('@/modules/platform/settings/SettingsPage')) },
      { path: '*', element: screen(() => import('./NotFoundPage')) },
    ],
  },
]);
