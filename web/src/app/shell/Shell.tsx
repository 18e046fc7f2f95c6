import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Outlet, useLocation } from 'react-router';
import { setPreferences, usePreferences } from '@/theme/preferences';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { remember } from '../remembered';
import { NavBar } from './NavBar';
import { ScreenSkeleton } from './ScreenSkeleton';
import { TopBar } from './TopBar';
import { useShellKeys } from './useShellKeys';
import classes from './Shell.module.css';

const Palette = lazy(() => import('./Palette'));
const KeySheet = lazy(() => import('./KeySheet'));

/** What stands around every screen. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const narrow = useMediaQuery('(max-width: 900px)', matchMedia('(max-width: 900px)').matches);
  const { navCollapsed } = usePreferences();
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  useShellKeys({ search: () => setPalette(true), keys: () => setKeys(true) });
  useEffect(() => remember(pathname, search), [pathname, search]);

  const toggleMenu = () => (narrow ? setDrawer((open) => !open) : setPreferences({ navCollapsed: !navCollapsed }));
  const showNav = !narrow || drawer;
  return (
    <div className={classes.shell} data-collapsed={(!narrow && navCollapsed) || undefined}>
      <a className="skip" href="#screen">
        {t('app.skip')}
      </a>
      <header className={classes.top}>
        <TopBar onMenu={toggleMenu} onSearch={() => setPalette(true)} onKeys={() => setKeys(true)} />
      </header>
      {showNav && (
        <div className={classes.side} data-drawer={narrow || undefined}>
          <NavBar collapsed={!narrow && navCollapsed} onGo={() => setDrawer(false)} />
        </div>
      )}
      {narrow && drawer && <div className={classes.shade} onClick={() => setDrawer(false)} />}
      <main id="screen" className={classes.screen} tabIndex={-1}>
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<ScreenSkeleton />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Suspense>
        {palette && <Palette onClose={() => setPalette(false)} />}
        {keys && <KeySheet onClose={() => setKeys(false)} />}
      </Suspense>
    </div>
  );
}
