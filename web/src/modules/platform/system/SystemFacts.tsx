import { Skeleton } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { useFormat } from '@/i18n/useFormat';
import { ErrorView } from '@/ui/ErrorView';
import { Facts } from '@/ui/Facts';
import { StatusMark } from '@/ui/StatusMark';
import { Time } from '@/ui/Time';
import { useSystemInfo } from './useSystem';

/** Version, nodes, uptime, database. */
export function SystemFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  const info = useSystemInfo();
  if (info.error) return <ErrorView error={info.error} retry={() => void info.refetch()} />;
  if (!info.data) return <Skeleton height={120} />;
  const { version, nodes, uptimeSeconds, memoryBytes, database } = info.data;
  return (
    <section className="panel" style={{ padding: '8px 16px', flex: 'none' }}>
      <Facts
        items={[
          [t('system.version'), version],
          [t('system.uptime'), format.duration(uptimeSeconds)],
          [t('system.memory'), format.bytes(memoryBytes)],
          [
            t('system.database'),
            <span key="d" style={{ display: 'inline-flex', gap: 12, flexWrap: 'wrap' }}>
              <StatusMark status={database.reachable ? 'healthy' : 'down'} />
              {t('system.databaseText', { version: database.version ?? '–', embedded: database.embedded ? 'yes' : 'no', ms: format.number(database.roundTripMs, 1) })}
            </span>,
          ],
          [
            t('system.nodes'),
            <span key="n">
              {nodes.map((node) => (
                <span key={node.id} style={{ display: 'block' }}>
                  <span className="mono">{node.name}</span> {node.version} · {node.role} · {node.address} · <Time at={node.seenAt} ago />
                </span>
              ))}
            </span>,
          ],
        ]}
      />
    </section>
  );
}
