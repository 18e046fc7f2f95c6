import { Button, Progress, Stack } from '@mantine/core';
import { IconActivity, IconPlayerStop } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { Job } from '@/api/types';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { useFormat } from '@/i18n/useFormat';
import { CodeBlock } from '@/ui/CodeBlock';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorView } from '@/ui/ErrorView';
import { Facts } from '@/ui/Facts';
import { PageHead } from '@/ui/PageHead';
import { Peek } from '@/ui/Peek';
import { StatusMark } from '@/ui/StatusMark';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import { Time } from '@/ui/Time';
import { useCancelJob, useJobs } from './useJobs';

export default function JobsPage() {
  const { t } = useTranslation();
  const { jobs, query } = useJobs();
  const [open] = useUrlParam('open');
  const setParams = useSetUrlParams();
  const columns = useJobColumns();
  const opened = jobs.find((job) => job.id === open);
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.jobs')}>
        <TableTools id="jobs" columns={columns} rows={query.data?.items} />
      </PageHead>
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="jobs"
          label={t('nav.jobs')}
          columns={columns}
          rows={query.data?.items}
          rowKey={(job) => job.id}
          error={query.error}
          retry={() => void query.refetch()}
          openKey={open}
          onOpen={(job) => setParams({ open: job.id })}
          empty={<EmptyState icon={IconActivity} title={t('jobs.empty.title')} text={t('jobs.empty.text')} />}
        />
        {opened && <JobPeek job={opened} onClose={() => setParams({ open: null })} />}
      </div>
    </div>
  );
}

function useJobColumns(): Column<Job>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo<Column<Job>[]>(
    () => [
      { id: 'title', header: t('jobs.title'), width: 'minmax(200px, 2fr)', sort: (j) => j.title, cell: (j) => <span style={{ fontWeight: 500 }}>{j.title}</span> },
      { id: 'status', header: t('common.status'), width: '120px', sort: (j) => j.status, cell: (j) => <StatusMark status={j.status} /> },
      { id: 'progress', header: t('jobs.progress'), width: 'minmax(160px, 1fr)', sort: (j) => (j.total ? j.done / j.total : null), cell: (j) => <Bar job={j} /> },
      { id: 'rate', header: t('jobs.rate'), width: '96px', align: 'right', sort: (j) => j.rate, cell: (j) => format.number(j.rate, 1) },
      { id: 'left', header: t('jobs.left'), width: '96px', align: 'right', sort: (j) => j.secondsLeft, cell: (j) => (j.secondsLeft === null ? '–' : format.ms(j.secondsLeft * 1000)) },
      { id: 'errors', header: t('jobs.errors'), width: '80px', align: 'right', sort: (j) => j.errors, cell: (j) => format.number(j.errors) },
      { id: 'started', header: t('jobs.started'), width: '120px', sort: (j) => j.startedAt, cell: (j) => <Time at={j.startedAt} ago /> },
      { id: 'by', header: t('jobs.by'), width: '120px', sort: (j) => j.createdBy, cell: (j) => j.createdBy ?? '–' },
    ],
    [t, format],
  );
}

function Bar({ job }: { job: Job }) {
  const format = useFormat();
  const part = job.total ? job.done / job.total : null;
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
      <Progress size="sm" flex={1} aria-label={job.title} value={part === null ? 0 : part * 100} />
      <span className="num dim">{part === null ? format.number(job.done) : format.percent(part, 0)}</span>
    </span>
  );
}

function JobPeek({ job, onClose }: { job: Job; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cancel = useCancelJob();
  const active = job.status === 'running' || job.status === 'queued';
  return (
    <Peek onClose={onClose} title={<><span className="clip">{job.title}</span><StatusMark status={job.status} /></>}>
      <Stack gap="md">
        <Bar job={job} />
        {active && (
          <div>
            <Button variant="default" leftSection={<IconPlayerStop size={15} />} loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
              {t('jobs.cancel')}
            </Button>
          </div>
        )}
        {cancel.error && <ErrorView error={cancel.error} />}
        <Facts
          items={[
            [t('jobs.type'), <span key="t" className="mono">{job.type}</span>],
            [t('jobs.progress'), `${format.number(job.done)} / ${format.number(job.total)}`],
            [t('jobs.errors'), format.number(job.errors)],
            [t('jobs.started'), <Time key="s" at={job.startedAt} />],
            [t('jobs.ended'), <Time key="e" at={job.endedAt} />],
            [t('jobs.by'), job.createdBy ?? '–'],
          ]}
        />
        {job.error && <CodeBlock code={job.error} label={t('jobs.errors')} />}
        {job.result != null && <CodeBlock code={JSON.stringify(job.result, null, 2)} label={t('jobs.result')} />}
      </Stack>
    </Peek>
  );
}
