import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core';
import { IconAdjustments, IconBook2, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { useSession, useSignOut } from '@/modules/platform/session/useSession';

export function UserMenu({ onKeys }: { onKeys(): void }) {
  const { t } = useTranslation();
  const { data } = useSession();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={224}>
      <Menu.Target>
        <Tooltip label={t('topbar.user')}>
          <ActionIcon aria-label={t('topbar.user')}>
            <IconUserCircle size={20} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} c="var(--sy-text)">{data?.user?.name}</Text>
          <Text size="xs">{data?.user?.roles.map((role) => t(`role.${role}`)).join(' · ')}</Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconAdjustments size={15} />}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={onKeys}>
          {t('topbar.keys')}
        </Menu.Item>
        <Menu.Item component="a" href="/openapi/v1.json" target="_blank" rel="noreferrer" leftSection={<IconBook2 size={15} />}>
          {t('topbar.api')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut.mutate()}>
          {t('topbar.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
