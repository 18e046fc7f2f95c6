import { ActionIcon, Indicator, Menu, Text, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { LiveEvent } from '@/api/types';
import { useEventText } from '@/modules/platform/overview/useEventText';
import { useRealTimeUpdates } from '@/live/useLive';
import { Time } from '@/ui/Time';

const kept = 20;

/** What a person should notice: health changes, failed jobs, breaks in the audit chain. */
export function Notices() {
  const { t } = useTranslation();
  const textOf = useEventText();
  const [notices, setNotices] = useState<LiveEvent[]>([]);
  const [unread, setUnread] = useState(0);
  useRealTimeUpdates(['gateway.provider-health-changed', 'gateway.provider-changed', 'jobs.changed', 'broadcast.*'], (event) => {
    if (event.type === 'jobs.changed' && (event.payload as { status?: string }).status !== 'failed') return;
    setNotices((before) => [event, ...before].slice(0, kept));
    setUnread((count) => count + 1);
  });
  const label = t('topbar.notices', { count: unread });
  return (
    <Menu position="bottom-end" width={340} onOpen={() => setUnread(0)}>
      <Menu.Target>
        <Tooltip label={label}>
          <Indicator disabled={unread === 0} size={8} offset={5} color="rail">
            <ActionIcon aria-label={label}>
              <IconBell size={18} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {notices.length === 0 && <Menu.Label>{t('topbar.noNotices')}</Menu.Label>}
        {notices.map((event) => (
          <Menu.Item key={`${event.sequence}-${event.at}`}>
            <Text>{textOf(event)}</Text>
            <Text size="xs" className="dim">
              <Time at={event.at} ago />
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
