import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDatabaseImport, IconPlugConnected, IconPlus, IconTestPipe } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { call } from '@/api/client';
import type { Provider } from '@/api/types';
import { ProviderForm } from '@/modules/gateway/providers/ProviderForm';
import { TestSteps } from '@/modules/gateway/providers/TestSteps';
import { statusOf, useProviderActions, useProviderKinds, useSaveProvider, useTestProvider } from '@/modules/gateway/providers/useProviders';
import { ErrorView } from '@/ui/ErrorView';
import { StatusMark } from '@/ui/StatusMark';
import classes from './StepProvider.module.css';

/** A model to call: one found in the environment, one of your own, or the simulator. */
export function StepProvider({ providers, usable, onDone }: { providers: Provider[]; usable: Provider[]; onDone(): void }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const kinds = useProviderKinds();
  const save = useSaveProvider(null);
  const test = useTestProvider();
  const { activate } = useProviderActions();
  const simulator = kinds.data?.find((kind) => kind.id === 'simulator');

  const check = (id: string) => test.mutate({ id }, { onSuccess: (result) => result.ok && !providers.some((p) => p.active) && activate.mutate(id) });
  const addSimulator = () =>
    simulator &&
    save.mutate(
      { name: 'simulator', kind: 'simulator', endpoint: simulator.defaultEndpoint ?? 'http://localhost', mode: simulator.defaultMode, models: simulator.suggestedModels, enabled: true },
      { onSuccess: ({ provider }) => check(provider.id) },
    );
  const queries = useQueryClient();
  const demo = useMutation({ mutationFn: () => call('/api/system/demo', { method: 'POST' }), onSuccess: () => queries.invalidateQueries() });
  const error = demo.error ?? save.error ?? test.error ?? activate.error;
  return (
    <Stack gap="sm">
      <Text>{providers.length > 0 ? t('welcome.provider.found', { count: providers.length }) : t('welcome.provider.none')}</Text>
      {providers.length > 0 && (
        <ul className={classes.list}>
          {providers.map((provider) => (
            <li key={provider.id}>
              <StatusMark status={statusOf(provider)} />
              <strong>{provider.name}</strong>
              <span className="dim clip">{provider.models.slice(0, 3).join(', ')}</span>
              <Button variant="default" leftSection={<IconPlugConnected size={15} />} loading={test.isPending && test.variables?.id === provider.id} onClick={() => check(provider.id)}>
                {t('welcome.provider.use')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Group gap={8}>
        <Button variant={providers.length > 0 ? 'default' : 'filled'} leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
          {t('providers.add')}
        </Button>
        {!providers.some((provider) => provider.kind === 'simulator') && (
          <Button variant="default" leftSection={<IconDatabaseImport size={15} />} loading={demo.isPending} onClick={() => demo.mutate()}>
            {t('welcome.provider.demo')}
          </Button>
        )}
        {simulator && !providers.some((provider) => provider.kind === 'simulator') && (
          <Button variant="default" leftSection={<IconTestPipe size={15} />} loading={save.isPending} onClick={addSimulator}>
            {t('welcome.provider.simulator')}
          </Button>
        )}
      </Group>
      <Text className="dim">{t('welcome.provider.simulatorHint')}</Text>
      {(test.data || test.isPending) && <TestSteps result={test.data} running={test.isPending} />}
      {error && <ErrorView error={error} />}
      <Group justify="flex-end" gap={8}>
        <Button disabled={usable.length === 0} onClick={onDone}>
          {t('welcome.next')}
        </Button>
      </Group>
      {adding && <ProviderForm existing={null} onClose={() => setAdding(false)} />}
    </Stack>
  );
}
