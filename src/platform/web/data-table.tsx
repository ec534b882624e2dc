import type { ReactNode } from 'react'
import styles from './data-table.module.css'

type Column<Item> = {
  readonly title: string
  readonly shown: (item: Item) => ReactNode
  /** Numbers and amounts stand at the end, tabular. */
  readonly align?: 'end' | undefined
}

type DataTableProps<Item> = {
  /** Read out with the table; not seen, since the card has its title. */
  readonly caption: string
  readonly columns: readonly Column<Item>[]
  readonly rows: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** Cells of a last row, such as a sum: as many as columns. */
  readonly total?: readonly ReactNode[] | undefined
}

/** Rows and columns; on a narrow window it scrolls inside its card. The first column heads its row. */
export const DataTable = <Item,>({
  caption,
  columns,
  rows,
  keyOf,
  total,
}: DataTableProps<Item>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section className={styles['scroll']} aria-label={caption} tabIndex={0}>
    <table className={styles['table']}>
      <caption className="reader-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, align }) => (
            <th key={title} scope="col" data-align={align}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, index) => (
              <Cell key={column.title} isHead={index === 0} align={column.align}>
                {column.shown(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
      {total && (
        <tfoot>
          <tr>
            {columns.map((column, index) => (
              <td key={column.title} data-align={column.align}>
                {total[index]}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  </section>
)

type CellProps = {
  readonly isHead: boolean
  readonly align: 'end' | undefined
  readonly children: ReactNode
}

const Cell = ({ isHead, align, children }: CellProps) =>
  isHead ? (
    <th scope="row" data-align={align}>
      {children}
    </th>
  ) : (
    <td data-align={align}>{children}</td>
  )
