import { Skeleton } from '@mantine/core';
import classes from './DataTable.module.css';

/** Rows in waiting, so that nothing jumps when the real ones come. */
export function SkeletonRows({ columns, count = 10 }: { columns: number; count?: number }) {
  return (
    <div className={classes.skeletons} aria-hidden>
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className={classes.skeleton}>
          {Array.from({ length: Math.min(columns, 6) }, (_, column) => (
            <Skeleton key={column} height={10} width={`${12 + ((row * 7 + column * 11) % 14)}%`} />
          ))}
        </div>
      ))}
    </div>
  );
}
