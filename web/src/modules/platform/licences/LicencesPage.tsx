import { IconLicense } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useUrlParam } from '@/app/useUrlParam';
import { useTranslation } from '@/i18n/useTranslation';
import { EmptyState } from '@/ui/EmptyState';
import { PageHead } from '@/ui/PageHead';
import { SearchBox } from '@/ui/SearchBox';
import type { Column } from '@/ui/table/columns';
import { DataTable } from '@/ui/table/DataTable';
import { TableTools } from '@/ui/table/TableTools';
import packages from './packages.json';

type Package = (typeof packages)[number];

/** Everything by others that Switchyard contains, with its licence. */
export default function LicencesPage() {
  const { t } = useTranslation();
  const [search] = useUrlParam('q');
  const wanted = (search ?? '').toLowerCase();
  const rows = useMemo(() => packages.filter((entry) => `${entry.name} ${entry.licence} ${entry.from}`.toLowerCase().includes(wanted)), [wanted]);
  const columns = useMemo<Column<Package>[]>(
    () => [
      { id: 'name', header: t('licences.name'), width: 'minmax(200px, 2fr)', sort: (p) => p.name, cell: (p) => <span className="mono">{p.name}</span> },
      { id: 'version', header: t('system.version'), width: '112px', sort: (p) => p.version, cell: (p) => p.version },
      { id: 'licence', header: t('settings.licence'), width: 'minmax(120px, 1fr)', sort: (p) => p.licence, cell: (p) => p.licence },
      { id: 'from', header: t('licences.from'), width: '112px', sort: (p) => p.from, cell: (p) => p.from },
    ],
    [t],
  );
  return (
    <div className="page" style={{ height: '100%', maxWidth: 960 }}>
      <PageHead title={t('licences.title')} note={t('licences.note', { count: packages.length })}>
        <SearchBox />
        <TableTools id="licences" columns={columns} rows={rows} />
      </PageHead>
      <DataTable id="licences" label={t('licences.title')} columns={columns} rows={rows} rowKey={(entry) => `${entry.from}/${entry.name}`} empty={<EmptyState icon={IconLicense} title={t('empty.filtered')} text={t('empty.filteredText')} />} />
    </div>
  );
}
