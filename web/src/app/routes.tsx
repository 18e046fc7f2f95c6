import { lazy, Suspense, type ComponentType } from 'react';
import { Route, Routes } from 'react-router';
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

const signIn = screen(() => import('@/modules/platform/session/SignInPage'));
const welcome = screen(() => import('@/modules/platform/welcome/WelcomePage'));
const notFound = screen(() => import('./NotFoundPage'));

/** Address → screen; the folders under `modules/` mirror it. */
const screens = {
  '/': screen(() => import('@/modules/platform/overview/OverviewPage')),
  '/gateway/providers': screen(() => import('@/modules/gateway/providers/ProvidersPage')),
  '/gateway/models': screen(() => import('@/modules/gateway/models/ModelsPage')),
  '/gateway/keys': screen(() => import('@/modules/gateway/keys/KeysPage')),
  '/gateway/requests': screen(() => import('@/modules/gateway/requests/RequestsPage')),
  '/gateway/requests/:id': screen(() => import('@/modules/gateway/requests/RequestPage')),
  '/gateway/playground': screen(() => import('@/modules/gateway/playground/PlaygroundPage')),
  '/admin/flags': screen(() => import('@/modules/platform/flags/FlagsPage')),
  '/admin/audit': screen(() => import('@/modules/platform/audit/AuditPage')),
  '/admin/users': screen(() => import('@/modules/platform/users/UsersPage')),
  '/admin/jobs': screen(() => import('@/modules/platform/jobs/JobsPage')),
  '/admin/system': screen(() => import('@/modules/platform/system/SystemPage')),
  '/docs': screen(() => import('@/modules/platform/reference/ReferencePage')),
  '/licences': screen(() => import('@/modules/platform/licences/LicencesPage')),
  '/settings': screen(() => import('@/modules/platform/settings/SettingsPage')),
};

export function Screens() {
  return (
    <Routes>
      <Route path="/sign-in" element={signIn} />
      <Route path="/welcome" element={welcome} />
      <Route element={<SignedIn />}>
        {Object.entries(screens).map(([path, element]) => (
          <Route key={path} path={path} element={element} />
        ))}
        <Route path="*" element={notFound} />
      </Route>
    </Routes>
  );
}
