import type { ReactNode } from 'react';

/** One column of a list. Headers arrive translated. */
export interface Column<T> {
  id: string;
  header: string;
  /** Width as a grid track: `120px`, `minmax(160px, 1fr)`. */
  width: string;
  align?: 'right';
  cell(row: T): ReactNode;
  /** What the column sorts by; without it the column cannot be sorted. */
  sort?(row: T): string | number | null | undefined;
  /** What an export writes; by default what it sorts by. */
  text?(row: T): string | number | null | undefined;
  /** Not shown until asked for. */
  hidden?: boolean;
}

export interface Sort {
  id: string;
  descending: boolean;
}

/** Least width of a whole row: below it the list scrolls sideways instead of squeezing every column. */
export function leastWidth(columns: readonly Pick<Column<never>, 'width'>[]): number {
  return columns.reduce((sum, { width }) => sum + Number(/(\d+)px/.exec(width)?.[1] ?? 0), 16);
}

/** `name` or `-name`, as it stands in the address. */
export function readSort(text: string | null): Sort | null {
  if (!text) return null;
  return text.startsWith('-') ? { id: text.slice(1), descending: true } : { id: text, descending: false };
}

/** Ascending, then descending, then as it came. */
export function nextSort(current: string | null, id: string): string | null {
  const sort = readSort(current);
  if (sort?.id !== id) return id;
  return sort.descending ? null : `-${id}`;
}

/** Compares values of one column; what is missing comes last in either direction. */
export function compare(a: string | number | null | undefined, b: string | number | null | undefined, descending: boolean): number {
  if (a == null || b == null) return a == null ? (b == null ? 0 : 1) : -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  return descending ? -order : order;
}

/** Rows as CSV; a leading formula character is defused so that a spreadsheet does not run it. */
export function toCsv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const writable = columns.filter((column) => column.text ?? column.sort);
  const line = (values: (string | number | null | undefined)[]) => values.map(csvCell).join(',');
  return [line(writable.map((c) => c.header)), ...rows.map((row) => line(writable.map((c) => (c.text ?? c.sort)?.(row))))].join('\r\n');
}

function csvCell(value: string | number | null | undefined): string {
  if (value == null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
