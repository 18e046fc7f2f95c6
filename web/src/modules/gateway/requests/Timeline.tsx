import { Stack, Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { Attempt, RequestDetail } from '@/api/types';
import { useFormat } from '@/i18n/useFormat';
import { CodeBlock } from '@/ui/CodeBlock';
import { StatusMark } from '@/ui/StatusMark';
import { isFailure, spansOf, type Span } from './timeline';
import classes from './Timeline.module.css';

const stages = ['arrived', 'first-byte', 'stream', 'ended'];

/** The waterfall of a request, and what each attempt said, in full. */
export function Timeline({ request }: { request: RequestDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { spans, totalMs } = spansOf(request);
  const nameOf = (span: Span) => {
    const attempt = span.attempt === null ? undefined : request.attemptList[span.attempt];
    if (attempt) return `${(span.attempt ?? 0) + 1} · ${attempt.provider} / ${attempt.model}`;
    return stages.includes(span.name) ? t(`stage.${span.name}`) : span.name;
  };
  return (
    <Stack gap="md">
      <ol className={classes.bars}>
        {spans.map((span, index) => (
          <li key={`${span.name}-${index}`} className={classes.line}>
            <span className={classes.name} title={nameOf(span)}>{nameOf(span)}</span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                data-failed={span.failed || undefined}
                data-kind={span.attempt === null ? 'stage' : 'attempt'}
                style={{ left: `${(100 * span.fromMs) / totalMs}%`, width: `max(2px, ${(100 * (span.toMs - span.fromMs)) / totalMs}%)` }}
              />
            </span>
            <span className="num dim">{span.toMs > span.fromMs ? format.ms(span.toMs - span.fromMs) : t('requests.after', { ms: format.ms(span.fromMs) })}</span>
          </li>
        ))}
        {spans.length === 0 && <Text className="dim">{t('requests.noTimeline')}</Text>}
      </ol>
      {request.attemptList.map((attempt, index) => (
        <AttemptView key={`${attempt.startedAt}-${index}`} attempt={attempt} number={index + 1} />
      ))}
    </Stack>
  );
}

function AttemptView({ attempt, number }: { attempt: Attempt; number: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ok = !isFailure(attempt.status, attempt.class);
  return (
    <section className={classes.attempt}>
      <header>
        <strong>{t('requests.attemptNumber', { number })}</strong>
        <StatusMark status={ok ? 'succeeded' : 'failed'} />
        <span>
          {attempt.provider} / {attempt.model}
        </span>
        <span className="dim">{[attempt.status, attempt.class, attempt.code].filter((part) => part !== null && part !== '' && part !== 'none').join(' · ')}</span>
        <span className="num dim">{format.ms(attempt.ms)}</span>
      </header>
      {attempt.message && <CodeBlock code={attempt.message} label={t('test.detail')} />}
      {attempt.upstreamRequestId && (
        <Text className="dim mono">
          {t('requests.upstreamId')} {attempt.upstreamRequestId}
        </Text>
      )}
    </section>
  );
}
