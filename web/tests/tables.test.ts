import fc from 'fast-check';
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useSelection } from '@/ui/table/useSelection';
import { viewOf, withView } from '@/ui/table/views';
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

describe('saved views', () => {
  it('keep filters, columns, sort and range, but not what is open at the moment', () => {
    expect(viewOf('?status=failed&open=1&sort=-at&columns=at,model&from=-7d&tab=money&live=1')).toBe('columns=at%2Cmodel&from=-7d&sort=-at&status=failed');
    expect(viewOf('?sort=-at&status=failed')).toBe(viewOf('?status=failed&sort=-at&open=9'));
  });

  it('are one to a name, in order', () => {
    const views = [{ name: 'b', search: 'x=1' }].reduce(withView, withView([], { name: 'a', search: '' }));
    expect(withView(views, { name: 'b', search: 'x=2' })).toEqual([{ name: 'a', search: '' }, { name: 'b', search: 'x=2' }]);
  });
});

describe('chosen rows', () => {
  const keyOf = (row: { id: string }) => row.id;
  const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

  it('are chosen one by one, or from the last to here', () => {
    const { result } = renderHook(() => useSelection(rows, keyOf));
    act(() => result.current.selection.toggle('d'));
    act(() => result.current.selection.reach('b', rows.map(keyOf)));
    expect(result.current.selected.map(keyOf)).toEqual(['b', 'c', 'd']);
    act(() => result.current.selection.toggle('c'));
    expect([...result.current.selection.chosen]).toEqual(['b', 'd']);
  });

  it('are only those that are listed: a filter hides no victim', () => {
    const { result, rerender } = renderHook(({ listed }) => useSelection(listed, keyOf), { initialProps: { listed: rows } });
    act(() => result.current.selection.set(['a', 'b']));
    rerender({ listed: rows.slice(1) });
    expect(result.current.selected.map(keyOf)).toEqual(['b']);
  });
});
