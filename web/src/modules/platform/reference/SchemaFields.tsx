import { Table } from '@mantine/core';
import { useTranslation } from '@/i18n/useTranslation';
import { fieldsOf, typeName, type OpenApiDocument, type Schema } from './document';

/** The fields of a body or an answer, one a line. */
export function SchemaFields({ document, schema }: { document: OpenApiDocument; schema: Schema | undefined }) {
  const { t } = useTranslation();
  const fields = schema ? fieldsOf(document, schema) : [];
  if (fields.length === 0) return <p className="mono dim">{typeName(document, schema)}</p>;
  return (
    <Table withRowBorders={false} verticalSpacing={2} aria-label={typeName(document, schema)}>
      <Table.Tbody>
        {fields.map((field) => (
          <Table.Tr key={field.name}>
            <Table.Td className="mono">
              {field.name}
              {field.required && <span title={t('reference.required')} aria-label={t('reference.required')}> *</span>}
            </Table.Td>
            <Table.Td className="mono dim">{field.schema.enum?.join(' | ') ?? typeName(document, field.schema)}</Table.Td>
            <Table.Td>{field.schema.description}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
