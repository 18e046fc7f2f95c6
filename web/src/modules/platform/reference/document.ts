/** What this screen reads of an OpenAPI document. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  additionalProperties?: boolean | Schema;
}

interface Media {
  schema?: Schema;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface OperationBody {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Media> };
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
  'x-switchyard-access'?: string;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, OperationBody>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Operation extends OperationBody {
  method: string;
  path: string;
  access: string;
  module: string;
}

/** Every operation of the document in its order. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      access: operation['x-switchyard-access'] ?? 'anyone',
      module: operation.tags?.[0] ?? '',
    })),
  );
}

/** The schema that a reference points to, with its name. */
export function resolve(document: OpenApiDocument, schema: Schema): { schema: Schema; name: string | null } {
  const name = schema.$ref?.split('/').at(-1);
  const found = name ? document.components?.schemas?.[name] : undefined;
  return found && name ? { schema: found, name } : { schema, name: null };
}

/** A short word for a schema: `string`, `Flag[]`, `integer?`. */
export function typeName(document: OpenApiDocument, schema: Schema | undefined): string {
  if (!schema) return 'any';
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'any';
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((choice) => typeName(document, choice)).filter((name) => name !== '').join(' | ') + (choices.some((c) => c.type === 'null') ? '?' : '');
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type ?? 'any']).filter((type) => type !== 'null');
  const optional = Array.isArray(schema.type) && schema.type.includes('null') ? '?' : '';
  return types.map((type) => (type === 'array' ? `${typeName(document, schema.items)}[]` : type)).join(' | ') + optional;
}

/** The fields of an object, or of the objects in a list. */
export function fieldsOf(document: OpenApiDocument, schema: Schema): { name: string; schema: Schema; required: boolean }[] {
  const whole = resolve(document, schema).schema;
  const list = Array.isArray(whole.type) ? whole.type.includes('array') : whole.type === 'array';
  const object = list && whole.items ? resolve(document, whole.items).schema : whole;
  return Object.entries(object.properties ?? {}).map(([name, field]) => ({ name, schema: field, required: object.required?.includes(name) ?? false }));
}

/** A call of the operation in curl; the key stays a variable. */
export function curlOf(operation: Operation, origin: string): string {
  const lines = [`curl ${operation.method === 'GET' ? '' : `-X ${operation.method} `}"${origin}${operation.path}"`];
  if (operation.access !== 'anyone') lines.push('-H "Authorization: Bearer $KEY"');
  const type = Object.keys(operation.requestBody?.content ?? {})[0];
  if (type) lines.push(`-H "Content-Type: ${type}"`, type.includes('json') ? "-d '{}'" : '--data-binary @file');
  return lines.join(' \\\n  ');
}
