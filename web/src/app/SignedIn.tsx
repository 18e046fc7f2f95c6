import { useTranslation } from '@/i18n/useTranslation';
import { Navigate, useLocation } from 'react-router';
import { HotkeyProvider } from '@/hotkeys/HotkeyProvider';
import { LiveProvider } from '@/live/LiveProvider';
import { useSession } from '@/modules/platform/session/useSession';
import { ErrorView } from '@/ui/ErrorView';
import { Shell } from './shell/Shell';

/** Lets only those in who are signed in; everybody else goes to the door and comes back here. */
export function SignedIn() {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.error && !session.data) {
    return (
      <main className="page">
        <h1 className="visually-hidden">{t('app.name')}</h1>
        <ErrorView error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data) return null;
  if (!session.data.signedIn) return <Navigate to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <LiveProvider>
      <HotkeyProvider>
        <Shell />
      </HotkeyProvider>
    </LiveProvider>
  );
}
