import { Button, Chip, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { useSetUrlParams } from '@/app/useUrlParam';
import { SearchBox } from '@/ui/SearchBox';
import { useProviders } from '../providers/useProviders';
import { filterNames, type RequestFilters } from './useRequests';
import classes from './RequestFilterBar.module.css';

const statuses = ['succeeded', 'failed', 'aborted', 'unknown'];
const dialects = ['openai', 'anthropic'];

/** What the request log is narrowed to; every choice stands in the address. */
export function RequestFilterBar({ filters }: { filters: RequestFilters }) {
  const { t } = useTranslation();
  const setParams = useSetUrlParams();
  const { providers } = useProviders();
  const models = [...new Set(providers.filter((p) => !filters.provider || p.name === filters.provider).flatMap((p) => p.models))];
  const any = filterNames.some((name) => filters[name]);
  return (
    <div className={classes.bar}>
      <SearchBox label={t('requests.search')} />
      <Choice label={t('common.status')} value={filters.status} data={statuses.map((s) => ({ value: s, label: t(`status.${s}`) }))} onChange={(status) => setParams({ status, ...(status ? { rescued: null } : {}) })} />
      <Choice label={t('requests.provider')} value={filters.provider} data={providers.map((p) => p.name)} onChange={(provider) => setParams({ provider, model: null })} />
      <Choice label={t('requests.model')} value={filters.model} data={models} onChange={(model) => setParams({ model })} />
      <Choice label={t('requests.dialect')} value={filters.dialect} data={dialects} onChange={(dialect) => setParams({ dialect })} />
      <Chip size="xs" checked={filters.rescued === 'true'} onChange={(on) => setParams({ rescued: on ? 'true' : null, ...(on ? { status: null } : {}) })}>
        {t('requests.onlyRescued')}
      </Chip>
      {any && (
        <Button variant="subtle" leftSection={<IconX size={14} />} onClick={() => setParams(Object.fromEntries(filterNames.map((name) => [name, null])))}>
          {t('empty.clear')}
        </Button>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  data: (string | { value: string; label: string })[];
  onChange(value: string | null): void;
}

function Choice({ label, value, data, onChange }: ChoiceProps) {
  return <Select w={152} aria-label={label} placeholder={label} data={data} value={value ?? null} onChange={onChange} clearable searchable={data.length > 8} comboboxProps={{ width: 'max-content', position: 'bottom-start' }} />;
}
