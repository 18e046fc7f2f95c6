import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { setPreferences, usePreferences, type Scheme } from '@/theme/preferences';

const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon };
const next: Record<Scheme, Scheme> = { auto: 'light', light: 'dark', dark: 'auto' };

/** Goes round system, light, dark. */
export function ThemeButton() {
  const { t } = useTranslation();
  const { scheme } = usePreferences();
  const Icon = icons[scheme];
  const label = t('topbar.theme', { scheme: t(`scheme.${scheme}`) });
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setPreferences({ scheme: next[scheme] })}>
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
