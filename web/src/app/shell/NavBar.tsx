import { Tooltip } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { NavLink, useLocation } from 'react-router';
import { useMay } from '@/modules/platform/session/useSession';
import { restore } from '../remembered';
import { screenGroups, type Screen } from '../screens';
import classes from './NavBar.module.css';

/** The sections of the console; with icons only where it is collapsed. */
export function NavBar({ collapsed, onGo }: { collapsed: boolean; onGo(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <nav className={classes.nav} aria-label={t('nav.label')} data-collapsed={collapsed || undefined}>
      {screenGroups.map((group) => {
        const screens = group.screens.filter((screen) => may(screen.grant));
        if (screens.length === 0) return null;
        return (
          <div key={group.label ?? ''} className={classes.group}>
            {group.label && <div className={classes.label}>{t(group.label)}</div>}
            {screens.map((screen) => (
              <Entry key={screen.path} screen={screen} collapsed={collapsed} onGo={onGo} />
            ))}
          </div>
        );
      })}
    </nav>
  );
}

function Entry({ screen, collapsed, onGo }: { screen: Screen; collapsed: boolean; onGo(): void }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const Icon = screen.icon;
  return (
    <Tooltip label={t(screen.label)} position="right" disabled={!collapsed}>
      <NavLink to={restore(screen.path, search)} end={screen.path === '/'} className={classes.entry} onClick={onGo}>
        <Icon size={17} stroke={1.75} aria-hidden />
        <span className={classes.name}>{t(screen.label)}</span>
      </NavLink>
    </Tooltip>
  );
}
