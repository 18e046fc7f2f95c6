import { useTranslation } from '@/i18n/useTranslation';
import { CodeBlock } from '@/ui/CodeBlock';
import { Facts } from '@/ui/Facts';
import { PageHead } from '@/ui/PageHead';
import { Peek } from '@/ui/Peek';
import { curlOf, typeName, type OpenApiDocument, type Operation } from './document';
import { SchemaFields } from './SchemaFields';
import { TryIt } from './TryIt';

/** One operation: what it takes, what it answers, and a call to try. */
export function OperationPeek({ document, operation, onClose }: { document: OpenApiDocument; operation: Operation; onClose(): void }) {
  const { t } = useTranslation();
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  return (
    <Peek title={<span className="mono">{`${operation.method} ${operation.path}`}</span>} onClose={onClose}>
      <p>{operation.summary}</p>
      {operation.description && <p className="dim">{operation.description}</p>}
      <Facts items={[[t('reference.access'), operation.access], [t('reference.id'), <span className="mono">{operation.operationId}</span>]]} />
      <CodeBlock code={curlOf(operation, window.location.origin)} label={t('reference.call')} />
      {operation.method === 'GET' && <TryIt operation={operation} />}
      {operation.parameters && operation.parameters.length > 0 && (
        <>
          <PageHead level={2} title={t('reference.parameters')} />
          <Facts
            items={operation.parameters.map((p) => [
              p.name,
              <span>
                <span className="mono dim">{`${p.in} · ${typeName(document, p.schema)}${p.required ? ' *' : ''}`}</span> {p.description}
              </span>,
            ])}
          />
        </>
      )}
      {body && (
        <>
          <PageHead level={2} title={t('reference.body')} note={<span className="mono">{body[0]}</span>} />
          <SchemaFields document={document} schema={body[1].schema} />
        </>
      )}
      {Object.entries(operation.responses).map(([status, response]) => (
        <section key={status}>
          <PageHead level={2} title={status} note={response.description} />
          {status.startsWith('2') && <SchemaFields document={document} schema={Object.values(response.content ?? {})[0]?.schema} />}
        </section>
      ))}
    </Peek>
  );
}
