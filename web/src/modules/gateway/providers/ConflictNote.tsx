import { Button, Group } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { ApiError } from '@/api/ApiError';
import { ErrorView } from '@/ui/ErrorView';

/** Why a save was refused; where somebody else was faster, the way to their version. */
export function ConflictNote({ error, onReload }: { error: unknown; onReload: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (error == null) return null;
  const conflict = error instanceof ApiError && error.status === 412;
  return (
    <>
      <ErrorView error={error} />
      {conflict && onReload && (
        <Group justify="flex-end">
          <Button variant="default" onClick={onReload}>
            {t('form.loadTheirs')}
          </Button>
        </Group>
      )}
    </>
  );
}
