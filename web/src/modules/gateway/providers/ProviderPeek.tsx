import { Badge, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconArrowsSplit2, IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import type { Provider } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { useMay } from '@/modules/platform/session/useSession';
import { CodeBlock } from '@/ui/CodeBlock';
import { ErrorView } from '@/ui/ErrorView';
import { Facts } from '@/ui/Facts';
import { Peek } from '@/ui/Peek';
import { StatusMark } from '@/ui/StatusMark';
import { Time } from '@/ui/Time';
import { DeleteProvider } from './DeleteProvider';
import { HealthStrip } from './HealthStrip';
import { TestSteps } from './TestSteps';
import { statusOf, useProviderActions, useTestProvider } from './useProviders';

/** One provider: health, last error in full, models, and what can be done with it. */
export function ProviderPeek({ provider, onClose, onEdit }: { provider: Provider; onClose(): void; onEdit(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const test = useTestProvider();
  const { activate, setEnabled } = useProviderActions();
  const [deleting, setDeleting] = useState(false);
  const { health } = provider;
  const failed = activate.error ?? setEnabled.error ?? test.error;
  return (
    <Peek
      onClose={onClose}
      title={
        <>
          <span className="clip">{provider.name}</span>
          <StatusMark status={statusOf(provider)} />
        </>
      }
    >
      <Stack gap="md">
        {may('admin') && (
          <Group gap={8}>
            <Button variant="default" leftSection={<IconPlugConnected size={15} />} loading={test.isPending} onClick={() => test.mutate({ id: provider.id })}>
              {t('providers.test')}
            </Button>
            {!provider.active && (
              <Button variant="default" leftSection={<IconArrowsSplit2 size={15} />} loading={activate.isPending} onClick={() => activate.mutate(provider.id)}>
                {t('providers.activate')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPencil size={15} />} onClick={onEdit}>
              {t('common.edit')}
            </Button>
            <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
              {t('common.delete')}
            </Button>
            <Switch label={t('providers.enabled')} checked={provider.enabled} disabled={setEnabled.isPending} onChange={(e) => setEnabled.mutate({ id: provider.id, enabled: e.currentTarget.checked })} />
          </Group>
        )}
        {failed && <ErrorView error={failed} />}
        {(test.data || test.isPending) && <TestSteps result={test.data} running={test.isPending} />}
        <Facts
          items={[
            [t('providers.kind'), provider.kind],
            [t('providers.mode'), t(`mode.${provider.mode}`)],
            [t('providers.endpoint'), <span key="e" className="mono">{provider.endpoint}</span>],
            [t('providers.key'), provider.hasKey ? <span key="k" className="mono">{provider.keyHint ?? '••••'}</span> : t('providers.noKey')],
            [t('providers.latency'), format.ms(health?.latencyMs)],
            [t('providers.probe'), <Time key="p" at={health?.checkedAt} ago />],
            [t('providers.failures'), format.number(health?.consecutiveFailures ?? null)],
            [t('common.changed'), <Time key="c" at={provider.updatedAt} />],
          ]}
        />
        <section>
          <Text fw={600} mb={4}>{t('providers.strip')}</Text>
          <HealthStrip provider={provider.name} />
        </section>
        {health?.lastError && (
          <section>
            <Text fw={600} mb={4}>{t('providers.lastError')}</Text>
            <CodeBlock code={health.lastError} />
          </section>
        )}
        <section>
          <Text fw={600} mb={4}>{t('providers.models')}</Text>
          <Group gap={4}>
            {provider.models.map((model) => (
              <Badge key={model} className="mono">{model}</Badge>
            ))}
            {provider.models.length === 0 && <Text className="dim">{t('providers.noModels')}</Text>}
          </Group>
        </section>
        <Link className="link" to={`/gateway/requests?provider=${encodeURIComponent(provider.name)}`}>
          {t('providers.itsRequests')}
        </Link>
      </Stack>
      <DeleteProvider provider={provider} opened={deleting} onClose={() => setDeleting(false)} onDeleted={onClose} />
    </Peek>
  );
}
