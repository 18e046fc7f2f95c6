import { Button, Group, Modal, MultiSelect, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { ApiKey, CreatedKey } from '@/api/types';
import { useUnsaved } from '@/app/useUnsaved';
import { ErrorView } from '@/ui/ErrorView';
import { UnsavedDialog } from '@/ui/UnsavedDialog';
import { useProviders } from '../providers/useProviders';
import { fieldErrors } from '@/api/fieldErrors';
import { useCreateKey, useUpdateKey, type KeyInput } from './useKeys';

const scopes = ['client', 'component', 'scrape', 'viewer', 'submitter', 'reviewer', 'analyst', 'merchandiser', 'admin'];

interface Props {
  existing: ApiKey | null;
  onClose(): void;
  onCreated?(key: CreatedKey): void;
}

export function KeyForm({ existing, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const { providers } = useProviders();
  const create = useCreateKey();
  const update = useUpdateKey(existing?.id ?? '');
  const [initial] = useState<KeyInput>(() => ({
    name: existing?.name ?? '',
    scopes: existing?.scopes ?? ['client'],
    allowedModels: existing?.allowedModels ?? [],
    expiresAt: existing?.expiresAt ?? null,
  }));
  const [input, setInput] = useState(initial);
  const unsaved = useUnsaved(!create.isSuccess && !update.isSuccess && JSON.stringify(input) !== JSON.stringify(initial), onClose);
  const set = (change: Partial<KeyInput>) => setInput((before) => ({ ...before, ...change }));
  const error = create.error ?? update.error;
  const fields = fieldErrors(error);
  const models = [...new Set(providers.flatMap((p) => p.models.map((model) => `${p.name}/${model}`)))];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (existing) update.mutate(input, { onSuccess: onClose });
    else create.mutate(input, { onSuccess: (key) => onCreated?.(key) });
  };
  return (
    <Modal opened onClose={unsaved.close} closeOnEscape={!unsaved.asking} title={existing ? t('keys.edit', { name: existing.name }) : t('keys.add')} size={480} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label={t('keys.name')} description={t('keys.nameHint')} required withAsterisk={false} value={input.name} onChange={(e) => set({ name: e.currentTarget.value })} error={fields.name} data-autofocus />
          <MultiSelect label={t('keys.scopes')} description={t('keys.scopesHint')} data={scopes.map((scope) => ({ value: scope, label: t(`role.${scope}`) }))} value={input.scopes} onChange={(value) => set({ scopes: value })} error={fields.scopes} />
          <TagsInput label={t('keys.models')} description={t('keys.modelsHint')} placeholder={input.allowedModels.length === 0 ? t('keys.allModels') : ''} data={models} value={input.allowedModels} onChange={(value) => set({ allowedModels: value })} error={fields.allowedModels} />
          <TextInput type="datetime-local" label={t('keys.expires')} description={t('keys.expiresHint')} value={localOf(input.expiresAt)} onChange={(e) => set({ expiresAt: e.currentTarget.value ? new Date(e.currentTarget.value).toISOString() : null })} error={fields.expiresAt} />
          {error && <ErrorView error={error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={unsaved.close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending} disabled={input.name.trim() === '' || input.scopes.length === 0}>
              {existing ? t('common.save') : t('keys.create')}
            </Button>
          </Group>
        </Stack>
      </form>
      <UnsavedDialog unsaved={unsaved} />
    </Modal>
  );
}

/** An ISO moment as the input for local date and time wants it. */
function localOf(iso: string | null): string {
  if (!iso) return '';
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
