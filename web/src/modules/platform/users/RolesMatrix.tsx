import { Table } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from '@/i18n/useTranslation';
import { abilities, abilitiesOf, roles } from './roles';

/** Which role may do what. */
export function RolesMatrix() {
  const { t } = useTranslation();
  return (
    <section className="panel" style={{ padding: '8px 16px 12px', overflowX: 'auto', flex: 'none', minWidth: 0, maxWidth: '100%', position: 'relative' }} tabIndex={0} aria-label={t('users.matrix')}>
      <h2 style={{ margin: 0, fontSize: 13, lineHeight: '28px' }}>{t('users.matrix')}</h2>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('users.roles')}</Table.Th>
            {abilities.map((ability) => (
              <Table.Th key={ability}>{t(`ability.${ability}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {roles.map((role) => (
            <Table.Tr key={role}>
              <Table.Th scope="row" style={{ whiteSpace: 'nowrap' }}>{t(`role.${role}`)}</Table.Th>
              {abilities.map((ability) => (
                <Table.Td key={ability}>
                  {abilitiesOf[role].includes(ability) ? (
                    <>
                      <IconCheck size={15} aria-hidden color="var(--sy-ok)" />
                      <span className="visually-hidden">{t('common.yes')}</span>
                    </>
                  ) : (
                    <span className="visually-hidden">{t('common.no')}</span>
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
