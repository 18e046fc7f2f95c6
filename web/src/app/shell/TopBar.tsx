import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { useSession } from '@/modules/platform/session/useSession';
import { LivePill } from './LivePill';
import { Mark } from './Mark';
import { Keys } from './Keys';
import classes from './TopBar.module.css';

const TopTools = lazy(() => import('./TopTools'));

interface Props {
  onMenu(): void;
  onSearch(): void;
  onKeys(): void;
}

export function TopBar({ onMenu, onSearch, onKeys }: Props) {
  const { t } = useTranslation();
  const { data } = useSession();
  return (
    <div className={classes.bar}>
      <Tooltip label={t('topbar.menu')}>
        <ActionIcon aria-label={t('topbar.menu')} onClick={onMenu}>
          <IconMenu2 size={18} />
        </ActionIcon>
      </Tooltip>
      <Link to="/" className={classes.brand} aria-label={t('app.name')}>
        <Mark />
        <span className={classes.name}>{t('app.name')}</span>
      </Link>
      {data?.tenant && <span className={classes.tenant}>{data.tenant.name}</span>}
      <UnstyledButton className={classes.search} onClick={onSearch}>
        <IconSearch size={15} aria-hidden />
        <span className={classes.hint}>{t('topbar.search')}</span>
        <span className={classes.hint}>
          <Keys keys="mod+k" />
        </span>
      </UnstyledButton>
      <span className={classes.spring} />
      <LivePill />
      <Suspense>
        <TopTools onKeys={onKeys} />
      </Suspense>
    </div>
  );
}
