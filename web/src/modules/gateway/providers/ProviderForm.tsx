import { Alert, Button, Drawer, Group, NumberInput, PasswordInput, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Provider } from '@/api/types';
import { useUnsaved } from '@/app/useUnsaved';
import { ErrorView } from '@/ui/ErrorView';
import { UnsavedDialog } from '@/ui/UnsavedDialog';
import { ConflictNote } from './ConflictNote';
import { KindOptions } from './KindOptions';
import { TestSteps } from './TestSteps';
import { fieldErrors } from '@/api/fieldErrors';
import { useProviderForm } from './useProviderForm';
import { useProviderKinds, useSaveProvider, useTestProvider } from './useProviders';

interface Props {
  existing: Provider | null;
  onClose(saved?: Provider): void;
  onReload?(): void;
}

/** Adds or changes a provider: the kind first, the rest follows from it; test before save, save also untested. */
export function ProviderForm({ existing, onClose, onReload }: Props) {
  const { t } = useTranslation();
  const kinds = useProviderKinds();
  const form = useProviderForm(existing, kinds.data ?? []);
  const { values, set, kind } = form;
  const save = useSaveProvider(existing);
  const test = useTestProvider();
  const [tested, setTested] = useState('');
  const fields = fieldErrors(save.error);
  const snapshot = JSON.stringify(values);
  const unsaved = useUnsaved(form.dirty && !save.isSuccess, onClose);
  const { close } = unsaved;
  const runTest = () => {
    setTested(snapshot);
    test.mutate(existing && !form.dirty ? { id: existing.id } : { id: existing?.id, input: form.input });
  };
  const submit = () =>
    save.mutate(form.input, {
      onSuccess: ({ provider, keyErased }) => {
        notifications.show({ title: existing ? t('providers.saved') : t('providers.created'), message: keyErased ? t('providers.keyErased') : provider.name });
        onClose(provider);
      },
    });
  const suggestions = test.data?.models.length ? test.data.models : (kind?.suggestedModels ?? []);
  return (
    <Drawer opened onClose={close} closeOnEscape={!unsaved.asking} position="right" size={560} title={existing ? t('providers.edit', { name: existing.name }) : t('providers.add')} transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="sm">
        {kinds.error && <ErrorView error={kinds.error} retry={() => void kinds.refetch()} />}
        <Select label={t('providers.kind')} data={(kinds.data ?? []).map((k) => ({ value: k.id, label: k.displayName }))} value={values.kind || null} onChange={(id) => id && form.chooseKind(id)} disabled={existing !== null} searchable placeholder={t('providers.chooseKind')} error={fields.kind} data-autofocus />
        {kind && (
          <>
            <TextInput label={t('providers.name')} description={t('providers.nameHint')} value={values.name} onChange={(e) => set({ name: e.currentTarget.value })} error={fields.name} />
            <TextInput label={t('providers.endpoint')} className="mono-input" value={values.endpoint} onChange={(e) => set({ endpoint: e.currentTarget.value })} error={fields.endpoint} placeholder="https://" />
            <Select label={t('providers.mode')} description={t('providers.modeHint')} data={['cloud', 'local'].map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))} value={values.mode} onChange={(mode) => mode && set({ mode })} error={fields.mode} />
            {(kind.needsKey || kind.id !== 'simulator') && (
              <PasswordInput
                label={kind.needsKey ? t('providers.key') : t('providers.keyOptional')}
                placeholder={existing?.hasKey ? t('providers.keepKey', { hint: existing.keyHint ?? '••••' }) : ''}
                value={values.apiKey}
                onChange={(e) => set({ apiKey: e.currentTarget.value })}
                error={fields.apiKey}
                autoComplete="off"
              />
            )}
            {form.keyWillBeErased && (
              <Alert color="yellow" icon={<IconAlertTriangle size={16} />} title={t('providers.eraseTitle')}>
                {t('providers.eraseText')}
              </Alert>
            )}
            <TagsInput label={t('providers.models')} description={t('providers.modelsHint')} data={[...new Set(suggestions)]} value={values.models} onChange={(models) => set({ models })} error={fields.models} splitChars={[',', ' ']} />
            <KindOptions options={kind.options} values={values.options} errors={fields} onChange={(options) => set({ options })} />
            <Group grow>
              <NumberInput label={t('providers.connectTimeout')} suffix=" ms" min={100} step={500} value={values.connectTimeoutMs} onChange={(v) => set({ connectTimeoutMs: typeof v === 'number' ? v : '' })} placeholder="3000 ms" error={fields.connectTimeoutMs} />
              <NumberInput label={t('providers.totalTimeout')} suffix=" ms" min={1000} step={10000} value={values.totalTimeoutMs} onChange={(v) => set({ totalTimeoutMs: typeof v === 'number' ? v : '' })} placeholder="600000 ms" error={fields.totalTimeoutMs} />
            </Group>
            {(test.data || test.isPending) && <TestSteps result={test.data} running={test.isPending} />}
            {test.error && <ErrorView error={test.error} />}
            <ConflictNote error={save.error} onReload={onReload} />
            <Group justify="space-between" gap={8} mt={8}>
              <Button variant="default" leftSection={<IconPlugConnected size={15} />} loading={test.isPending} onClick={runTest}>
                {t('providers.test')}
              </Button>
              <Group gap={8}>
                {!(test.data?.ok && tested === snapshot) && <Text className="dim">{t('providers.untested')}</Text>}
                <Button variant="default" onClick={close}>
                  {t('common.cancel')}
                </Button>
                <Button loading={save.isPending} disabled={existing !== null && !form.dirty} onClick={submit}>
                  {existing ? t('common.save') : t('providers.create')}
                </Button>
              </Group>
            </Group>
          </>
        )}
      </Stack>
      <UnsavedDialog unsaved={unsaved} />
    </Drawer>
  );
}
