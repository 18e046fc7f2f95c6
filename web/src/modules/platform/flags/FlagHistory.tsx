import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { FlagChange } from '@/api/types';
import { ErrorView } from '@/ui/ErrorView';
import { StatusMark } from '@/ui/StatusMark';
import { Time } from '@/ui/Time';
import { changeOf, useFlagHistory } from './useFlags';

/** Who changed a flag and how; any earlier version can be brought back. */
export function FlagHistory({ name, version, onRevert }: { name: string; version: number; onRevert(change: FlagChange): void }) {
  const { t } = useTranslation();
  const history = useFlagHistory(name);
  if (history.error) return <ErrorView error={history.error} retry={() => void history.refetch()} />;
  if (!history.data?.items.length) return null;
  return (
    <section>
      <Text fw={600}>{t('flags.history')}</Text>
      <Table>
        <Table.Tbody>
          {history.data.items.map((row) => (
            <Table.Tr key={row.version}>
              <Table.Td><Time at={row.at} /></Table.Td>
              <Table.Td>{row.by ?? '–'}</Table.Td>
              <Table.Td><StatusMark status={row.kill ? 'killed' : row.state} /></Table.Td>
              <Table.Td className="num">{row.state === 'percentage' ? `${row.percentage} %` : ''}</Table.Td>
              <Table.Td className="num">
                {row.version !== version && (
                  <Button size="compact-xs" variant="subtle" onClick={() => onRevert(changeOf(row))}>
                    {t('flags.revert')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
