import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, leastWidth, nextSort, readSort, toCsv, type Column } from '@/ui/table/columns';

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
interface Row { name: string; n: number | null }
const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', width: 'minmax(120px, 1fr)', cell: (r) => r.name, sort: (r) => r.name },
  { id: 'n', header: 'N', width: '80px', cell: (r) => r.n, sort: (r) => r.n },
  { id: 'actions', header: 'Actions', width: '40px', cell: () => null },
];

describe('tables', () => {
  it('sort up, down, and back as it came', () => {
    expect([nextSort(null, 'n'), nextSort('n', 'n'), nextSort('-n', 'n'), nextSort('-n', 'name')]).toEqual(['n', '-n', null, 'name']);
    expect(readSort('-n')).toEqual({ id: 'n', descending: true });
  });

  it('put what is missing last, whichever way they sort', () => {
    console.info(`seed ${seed}`);
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: null })), fc.boolean(), (values, descending) => {
        const sorted = [...values].sort((a, b) => compare(a, b, descending));
        const present = sorted.filter((v) => v !== null);
        expect(sorted.slice(present.length).every((v) => v === null)).toBe(true);
        expect(present).toEqual(values.filter((v) => v !== null).sort((a, b) => (descending ? b - a : a - b)));
      }),
      { numRuns: 200, seed },
    );
  });

  it('export what can be read, quoted, and with formulas defused', () => {
    const csv = toCsv(columns, [{ name: 'a,"b"', n: 1 }, { name: '=HYPERLINK("x")', n: null }]);
    expect(csv.split('\r\n')).toEqual(['Name,N', '"a,""b""",1', '"\'=HYPERLINK(""x"")",']);
  });

  it('know their least width', () => {
    expect(leastWidth(columns)).toBe(16 + 120 + 80 + 40);
  });
});
