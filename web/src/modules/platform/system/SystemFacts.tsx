import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/i18n/useFormat';
import { ErrorView } from '@/ui/ErrorView';
import { Facts } from '@/ui/Facts';
import { Time } from '@/ui/Time';
import { useSystemInfo } from './useSystem';

/** Version, nodes, uptime, database. */
export function SystemFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  const info = useSystemInfo();
  if (info.error) return <ErrorView error={info.error} retry={() => void info.refetch()} />;
  if (!info.data) return <Skeleton height={120} />;
  const { version, nodes, uptime, database } = info.data;
  const databaseText = typeof database === 'string' ? database : [database.kind, database.version, database.status].filter(Boolean).join(' · ');
  return (
    <section className="panel" style={{ padding: '8px 16px', flex: 'none' }}>
      <Facts
        items={[
          [t('system.version'), version],
          [t('system.uptime'), typeof uptime === 'number' ? format.duration(uptime) : uptime],
          [t('system.database'), databaseText],
          [
            t('system.nodes'),
            <span key="n">
              {nodes.map((node) => (
                <span key={node.id ?? node.name} style={{ display: 'block' }}>
                  <span className="mono">{node.name}</span> {node.version} {node.startedAt && <Time at={node.startedAt} ago />}
                </span>
              ))}
            </span>,
          ],
        ]}
      />
    </section>
  );
}
