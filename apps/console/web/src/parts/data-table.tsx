import { Checkbox } from '@mantine/core';
import {
  type ColumnDef,
  type RowData,
  type RowSelectionState,
  type SortingState,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import css from './data-table.module.css';
import { Icon } from './icon.js';

const features = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});

export interface Column<T extends RowData> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** What the column is sorted by; a column without it can't be sorted. */
  sortBy?: (row: T) => string | number | undefined;
  align?: 'start' | 'end';
  /** Takes what room is left. Other columns are as wide as what they hold. */
  grows?: boolean;
  /** The cell that names the row: first, without a label, where the table becomes a list of cards. */
  leads?: boolean;
}

interface DataTableProps<T extends RowData> {
  /** Says what the table holds, to those who can't see it. */
  label: string;
  columns: Column<T>[];
  rows: readonly T[];
  idOf: (row: T) => string;
  /** Where a row leads. Its leading cell should hold the link for those without a mouse. */
  hrefOf?: (row: T) => string | undefined;
  selection?: { selected: ReadonlySet<string>; onSelect: (ids: Set<string>) => void };
  empty: ReactNode;
  toneOf?: (row: T) => 'warn' | 'bad' | undefined;
}

/** A table that sorts, selects, is walked with the arrow keys, and becomes a list of cards on a narrow screen. */
export function DataTable<T extends RowData>({
  label,
  columns,
  rows,
  idOf,
  hrefOf,
  selection,
  empty,
  toneOf,
}: DataTableProps<T>) {
  const [sorting, setSorting] = useState<SortingState>([]);
  const [, navigate] = useLocation();
  const definitions = useMemo(() => columns.map((column) => definitionOf(column)), [columns]);
  const rowSelection = useMemo<RowSelectionState>(
    () => Object.fromEntries([...(selection?.selected ?? [])].map((id) => [id, true])),
    [selection?.selected],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: idOf,
    state: { sorting, rowSelection },
    onSortingChange: setSorting,
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(rowSelection) : update;
      selection?.onSelect(new Set(Object.keys(next).filter((id) => next[id])));
    },
  });
  if (rows.length === 0) return <>{empty}</>;

  const byId = new Map(columns.map((column) => [column.id, column]));
  const open = (event: MouseEvent, row: T): void => {
    const href = hrefOf?.(row);
    const isControl = (event.target as HTMLElement).closest('a, button, input, label') !== null;
    const isSelectingText = window.getSelection()?.toString() !== '';
    if (href !== undefined && !isControl && !isSelectingText) navigate(href);
  };
  return (
    <div className={css.scroll}>
      <table className={css.table} aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className={css.check}>
                <Checkbox
                  aria-label="Select all shown"
                  checked={table.getIsAllRowsSelected()}
                  indeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </th>
            )}
            {table.getHeaderGroups()[0]!.headers.map(({ column }) => {
              const { header, align, grows } = byId.get(column.id)!;
              const sorted = column.getIsSorted();
              return (
                <th
                  key={column.id}
                  data-align={align}
                  data-grows={grows || undefined}
                  aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
                >
                  {column.getCanSort() ? (
                    <button type="button" className={css.sort} onClick={column.getToggleSortingHandler()}>
                      {header}
                      <span className={css.sortMark} data-sorted={sorted || undefined}>
                        <Icon name={sorted === 'asc' ? 'up' : 'down'} size={11} />
                      </span>
                    </button>
                  ) : (
                    header
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-tone={toneOf?.(row.original)}
              data-opens={hrefOf?.(row.original) !== undefined || undefined}
              data-selected={row.getIsSelected() || undefined}
              onClick={(event) => open(event, row.original)}
            >
              {selection && (
                <td className={css.check}>
                  <Checkbox
                    aria-label="Select"
                    checked={row.getIsSelected()}
                    onChange={row.getToggleSelectedHandler()}
                  />
                </td>
              )}
              {row.getAllCells().map((cell) => {
                const column = byId.get(cell.column.id)!;
                return (
                  <td
                    key={cell.id}
                    data-label={column.leads ? undefined : column.header}
                    data-align={column.align}
                    data-grows={column.grows || undefined}
                    data-leads={column.leads || undefined}
                  >
                    {column.cell(row.original)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function definitionOf<T extends RowData>({ id, header, sortBy }: Column<T>): ColumnDef<typeof features, T> {
  return {
    id,
    header,
    accessorFn: (row: T) => sortBy?.(row),
    enableSorting: sortBy !== undefined,
    sortFn: 'basic',
    sortUndefined: 'last',
  };
}

/** Arrow keys move between the rows' first links, as in a list. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = (event.target as HTMLElement).closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const link = next?.querySelector<HTMLElement>('a[href]');
  if (!link) return;
  event.preventDefault();
  link.focus();
}
