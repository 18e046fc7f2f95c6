import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import { fieldErrors } from '@/api/fieldErrors';
import type { CreatedKey } from '@/api/types';
import { useCreateKey } from '@/modules/gateway/keys/useKeys';
import { CodeBlock } from '@/ui/CodeBlock';
import { ErrorView } from '@/ui/ErrorView';

/** A key for an application, shown this once. */
export function StepKey({ created, onCreated, onDone }: { created: CreatedKey | null; onCreated(key: CreatedKey): void; onDone(): void }) {
  const { t } = useTranslation();
  const create = useCreateKey();
  const [name, setName] = useState(t('welcome.key.name'));
  const fields = fieldErrors(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, scopes: ['client'], allowedModels: [], expiresAt: null }, { onSuccess: onCreated });
  };
  if (created) {
    return (
      <Stack gap="sm">
        <Alert color="yellow" icon={<IconAlertTriangle size={16} />}>
          {t('keys.once')}
        </Alert>
        <CodeBlock code={created.secret} label={t('keys.secret')} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('welcome.key.kept')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text>{t('welcome.key.text')}</Text>
        <TextInput size="sm" maw={360} label={t('keys.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} error={fields.name} data-autofocus />
        {create.error && <ErrorView error={create.error} />}
        <Group gap={8}>
          <Button type="submit" disabled={!name.trim()} loading={create.isPending}>
            {t('keys.create')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('welcome.key.have')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
