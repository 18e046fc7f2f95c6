import { ActionIcon, Indicator, Menu, Progress, Text, Tooltip } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import { useJobs } from '@/modules/platform/jobs/useJobs';
import { useFormat } from '@/i18n/useFormat';

/** Running jobs, from every screen. */
export function JobTray() {
  const { t } = useTranslation();
  const format = useFormat();
  const { running } = useJobs();
  const label = t('topbar.jobs', { count: running.length });
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Tooltip label={label}>
          <Indicator disabled={running.length === 0} size={8} offset={5} color="rail">
            <ActionIcon aria-label={label}>
              <IconActivity size={18} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        {running.slice(0, 6).map((job) => (
          <Menu.Item key={job.id} component={Link} to={`/admin/jobs?open=${job.id}`}>
            <Text truncate>{job.title}</Text>
            <Progress size="xs" mt={4} aria-label={job.title} value={job.total ? (100 * job.done) / job.total : 0} />
            <Text size="xs" className="dim">
              {format.number(job.done)} / {format.number(job.total)}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Item component={Link} to="/admin/jobs">
          {t('topbar.allJobs')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
