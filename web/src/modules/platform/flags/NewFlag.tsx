import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { fieldErrors } from '@/api/fieldErrors';
import { ErrorView } from '@/ui/ErrorView';
import { useSaveFlag } from './useFlags';

export function NewFlag({ onClose }: { onClose(name?: string): void }) {
  const { t } = useTranslation();
  const save = useSaveFlag();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const fields = fieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name, change: { state: 'off', description, targets: [] } }, { onSuccess: () => onClose(name) });
  };
  return (
    <Modal opened onClose={() => onClose()} title={t('flags.add')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label={t('flags.name')} description={t('flags.nameHint')} required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} error={fields.name} data-autofocus />
          <TextInput label={t('flags.description')} value={description} onChange={(e) => setDescription(e.currentTarget.value)} error={fields.description} />
          {save.error && <ErrorView error={save.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={() => onClose()}>{t('common.cancel')}</Button>
            <Button type="submit" loading={save.isPending} disabled={!name}>{t('flags.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
