import { Button, Group, Spoiler, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX, IconLock, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { ApiError, OfflineError } from '@/api/ApiError';
import { CopyButton } from './CopyButton';
import classes from './ErrorView.module.css';

/** What happened, why, how to mend it, the request id; in full and to be copied. */
export function ErrorView({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const said = useErrorText(error);
  const Icon = error instanceof OfflineError ? IconPlugConnectedX : error instanceof ApiError && error.status === 403 ? IconLock : IconAlertTriangle;
  const report = [said.title, said.detail, said.cure, said.requestId && `${t('error.requestId')}: ${said.requestId}`].filter(Boolean).join('\n');
  return (
    <div className={classes.view} role="alert">
      <Icon size={20} aria-hidden className={classes.icon} />
      <Stack gap={4} miw={0} flex={1}>
        <Text fw={600}>{said.title}</Text>
        {said.detail && (
          <Spoiler maxHeight={160} showLabel={t('common.showAll')} hideLabel={t('common.showLess')}>
            <Text className={classes.detail}>{said.detail}</Text>
          </Spoiler>
        )}
        {said.fields.length > 0 && (
          <ul className={classes.fields}>
            {said.fields.map(([field, text]) => (
              <li key={field}>
                <code>{field}</code> {text}
              </li>
            ))}
          </ul>
        )}
        {said.cure && <Text className="dim">{said.cure}</Text>}
        <Group gap={8} mt={4}>
          {retry && (
            <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={retry}>
              {t('common.retry')}
            </Button>
          )}
          {said.requestId && (
            <Text className="dim mono">
              {t('error.requestId')} {said.requestId}
            </Text>
          )}
          <CopyButton text={report} label={t('error.copy')} />
        </Group>
      </Stack>
    </div>
  );
}

interface ErrorText {
  title: string;
  detail: string;
  cure: string | null;
  requestId: string | null;
  fields: [string, string][];
}

export function useErrorText(error: unknown): ErrorText {
  const { t } = useTranslation();
  if (error instanceof OfflineError) {
    return { title: t('error.offline.title'), detail: t('error.offline.detail'), cure: t('error.offline.cure'), requestId: null, fields: [] };
  }
  if (error instanceof ApiError) {
    const { problem, status } = error;
    const denied = status === 403;
    return {
      title: problem.title ?? (denied ? t('error.denied.title') : t('error.http.title', { status })),
      detail: problem.detail ?? (denied ? t('error.denied.detail') : ''),
      cure: problem.cure ?? (denied ? t('error.denied.cure') : null),
      requestId: problem.requestId ?? error.requestId,
      fields: (problem.errors ?? []).filter((e) => e.field).map((e) => [e.field ?? '', [e.detail, e.cure].filter(Boolean).join(' ')]),
    };
  }
  return {
    title: t('error.unexpected.title'),
    detail: error instanceof Error ? error.message : String(error),
    cure: t('error.unexpected.cure'),
    requestId: null,
    fields: [],
  };
}
