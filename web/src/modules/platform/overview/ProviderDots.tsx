import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import type { Provider } from '@/api/types';
import { statusOf } from '@/modules/gateway/providers/useProviders';
import { StatusMark } from '@/ui/StatusMark';
import classes from './ProviderDots.module.css';

/** Every provider as a dot with its word. */
export function ProviderDots({ providers }: { providers: Provider[] }) {
  const { t } = useTranslation();
  if (providers.length === 0) return null;
  return (
    <ul className={classes.dots} aria-label={t('nav.providers')}>
      {providers.map((provider) => (
        <li key={provider.id}>
          <Link to={`/gateway/providers?open=${provider.id}`}>
            <StatusMark status={statusOf(provider)} compact />
            {provider.name}
            {provider.active && <span className="dim">{t('providers.active')}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
