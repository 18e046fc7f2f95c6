import { Button, Menu, TextInput } from '@mantine/core';
import { IconDownload, IconHistory, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from '@/i18n/useTranslation';
import type { AuditRow } from '@/api/types';
import { useSetUrlParams, useUrlParam } from '@/app/useUrlParam';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { Time } from '@/ui/Time';
import { AuditPeek } from './AuditPeek';
import { auditFilters, useAudit, useAuditExport, useAuditFilters } from './useAudit';
import { VerifiedMark } from './VerifiedMark';

export default function AuditPage() {
  const { t } = useTranslation();
  const filters = useAuditFilters();
  const audit = useAudit(filters);
  const exportAs = useAuditExport(filters);
  const [open] = useUrlParam('open');
  const setParams = useSetUrlParams();
  const columns = useAuditColumns();
  const rows = useMemo(() => audit.data?.pages.flatMap((page) => page.items), [audit.data]);
  const opened = rows?.find((row) => row.id === open);
  const filtered = auditFilters.some((name) => filters[name]);
  return (
    <div className="page" style={{ height: '100%' }}>
      <PageHead title={t('nav.audit')} note={<VerifiedMark />}>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<IconDownload size={15} />}>{t('table.export')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['csv', 'jsonl'] as const).map((format) => (
              <Menu.Item key={format} component="a" href={exportAs(format)} download={`audit.${format}`}>
                {t(`export.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </PageHead>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
        {auditFilters.map((name) => (
          <FilterText key={name} name={name} value={filters[name] ?? ''} onChange={(value) => setParams({ [name]: value })} />
        ))}
        {filtered && (
          <Button variant="subtle" leftSection={<IconX size={14} />} onClick={() => setParams(Object.fromEntries(auditFilters.map((name) => [name, null])))}>
            {t('empty.clear')}
          </Button>
        )}
      </div>
      <div style={{ display: 'flex', gap: 16, flex: 1, minHeight: 320 }}>
        <DataTable
          id="audit"
          label={t('nav.audit')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          error={audit.error}
          retry={() => void audit.refetch()}
          openKey={open}
          onOpen={(row) => setParams({ open: row.id })}
          more={{ has: audit.hasNextPage, busy: audit.isFetchingNextPage, load: () => void audit.fetchNextPage() }}
          empty={<EmptyState icon={IconHistory} title={filtered ? t('empty.filtered') : t('audit.empty.title')} text={filtered ? t('empty.filteredText') : t('audit.empty.text')} />}
        />
        {opened && <AuditPeek row={opened} onClose={() => setParams({ open: null })} />}
      </div>
    </div>
  );
}

function FilterText({ name, value, onChange }: { name: string; value: string; onChange(value: string): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return <TextInput w={176} aria-label={t(`audit.${name}`)} placeholder={t(`audit.${name}`)} value={text} onChange={(e) => setText(e.currentTarget.value)} />;
}

/** What people call it; an id only where nothing better was written down. */
function nameOf({ before, after }: AuditRow): string | null {
  for (const state of [after, before] as unknown[]) {
    if (typeof state !== 'object' || state === null) continue;
    const { name, model } = state as { name?: unknown; model?: unknown };
    if (typeof name === 'string' && name) return name;
    if (typeof model === 'string' && model) return model;
  }
  return null;
}

function useAuditColumns(): Column<AuditRow>[] {
  const { t } = useTranslation();
  return useMemo<Column<AuditRow>[]>(
    () => [
      { id: 'at', header: t('audit.at'), width: '176px', text: (r) => r.at, cell: (r) => <Time at={r.at} /> },
      { id: 'actor', header: t('audit.actor'), width: 'minmax(128px, 0.8fr)', text: (r) => r.actor, cell: (r) => (r.actor === r.actorKind ? r.actor : <>{r.actor} <span className="dim">{r.actorKind}</span></>) },
      { id: 'action', header: t('audit.action'), width: 'minmax(168px, 1fr)', text: (r) => r.action, cell: (r) => <span className="mono">{r.action}</span> },
      { id: 'resource', header: t('audit.resource'), width: 'minmax(200px, 1.4fr)', text: (r) => `${r.resource} ${r.resourceId ?? ''}`, cell: (r) => <>{r.resource} {nameOf(r) ?? <span className="mono dim">{r.resourceId}</span>}</> },
      { id: 'hash', header: t('audit.hash'), width: '120px', hidden: true, text: (r) => r.hash, cell: (r) => <span className="mono dim">{r.hash}</span> },
    ],
    [t],
  );
}
