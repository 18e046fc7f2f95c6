import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import type { AuditRow } from '@/api/types';
import { CopyButton } from '@/ui/CopyButton';
import { Facts } from '@/ui/Facts';
import { Peek } from '@/ui/Peek';
import { Time } from '@/ui/Time';
import { difference } from './difference';
import classes from './AuditPeek.module.css';

/** One change: what it was before and after, and its place in the chain. */
export function AuditPeek({ row, onClose }: { row: AuditRow; onClose(): void }) {
  const { t } = useTranslation();
  const changes = difference(row.before, row.after);
  return (
    <Peek onClose={onClose} title={<span className="mono clip">{row.action}</span>} actions={<CopyButton text={JSON.stringify(row, null, 2)} label={t('audit.copy')} />}>
      <Stack gap="md">
        <Facts
          items={[
            [t('audit.at'), <Time key="t" at={row.at} />],
            [t('audit.actor'), `${row.actor} (${row.actorKind})`],
            [t('audit.resource'), <span key="r">{row.resource} <span className="mono">{row.resourceId}</span></span>],
          ]}
        />
        <section>
          <Text fw={600} mb={4}>{t('audit.changes')}</Text>
          {changes.length === 0 ? (
            <Text className="dim">{t('audit.noChanges')}</Text>
          ) : (
            <Table className={classes.diff}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('audit.field')}</Table.Th>
                  <Table.Th>{t('audit.before')}</Table.Th>
                  <Table.Th>{t('audit.after')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {changes.map((change) => (
                  <Table.Tr key={change.path}>
                    <Table.Td className="mono">{change.path}</Table.Td>
                    <Table.Td className={`mono ${change.before === undefined ? '' : classes.removed}`}>{change.before ?? '–'}</Table.Td>
                    <Table.Td className={`mono ${change.after === undefined ? '' : classes.added}`}>{change.after ?? '–'}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </section>
        <Facts
          items={[
            [t('audit.hash'), <span key="h" className="mono">{row.hash}</span>],
            [t('audit.previous'), <span key="p" className="mono">{row.previousHash ?? '–'}</span>],
          ]}
        />
      </Stack>
    </Peek>
  );
}
