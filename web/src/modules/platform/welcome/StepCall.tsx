import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { Link } from 'react-router';
import type { CreatedKey, Provider } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { chatCurl } from '@/modules/gateway/code/snippets';
import { tokensText } from '@/modules/gateway/requests/tokensText';
import { usePaneRun } from '@/modules/gateway/playground/usePaneRun';
import { CodeBlock } from '@/ui/CodeBlock';
import { ErrorView } from '@/ui/ErrorView';
import { StatusMark } from '@/ui/StatusMark';
import { useFirstCall } from './useFirstCall';
import classes from './StepCall.module.css';

/** Waits for a real call and shows it the moment the gateway has settled it. */
export function StepCall({ created, usable }: { created: CreatedKey | null; usable: Provider[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const seen = useFirstCall();
  const { run, start } = usePaneRun();

  const provider = usable.find((candidate) => candidate.active) ?? usable[0];
  const model = provider ? `${provider.name}/${provider.models[0] ?? ''}` : 'balanced';
  const prompt = t('welcome.call.prompt');
  const curl = `${created ? `export KEY=${created.secret}\n` : ''}${chatCurl(model, prompt)}`;
  return (
    <Stack gap="sm">
      <Text>{t('welcome.call.text')}</Text>
      <CodeBlock code={curl} />
      <Group gap={8}>
        <Button variant="default" leftSection={<IconPlayerPlay size={15} />} loading={run.state === 'running'} onClick={() => void start({ model, messages: [{ role: 'user', content: prompt }], stream: true })}>
          {t('welcome.call.here')}
        </Button>
      </Group>
      {run.error != null && <ErrorView error={run.error} />}
      {run.text && <div className={classes.answer}>{run.text}</div>}
      <div className={classes.seen} data-seen={seen !== null || undefined} aria-live="polite">
        {seen === null ? (
          <>
            <Loader size="xs" type="dots" />
            <span>{t('welcome.call.waiting')}</span>
          </>
        ) : (
          <>
            <IconCircleCheck size={18} aria-hidden />
            <span>
              <strong>{t('welcome.call.received', { ms: format.ms(seen.totalMs), cost: seen.cost === null ? t('requests.noPrice') : format.money(seen.cost, seen.currency) })}</strong>
              <span className={classes.row}>
                {seen.provider} / {seen.model} · {tokensText(format, seen.tokens)} · <StatusMark status={seen.status} />
              </span>
            </span>
            <Link className="link" to={`/gateway/requests/${seen.id}`}>
              {t('welcome.call.open')}
            </Link>
          </>
        )}
      </div>
      <Group justify="flex-end">
        <Button component={Link} to="/" variant={seen ? 'filled' : 'default'}>
          {seen ? t('welcome.finish') : t('welcome.skip')}
        </Button>
      </Group>
    </Stack>
  );
}
