import { Skeleton } from '@mantine/core';

/** A screen in waiting. */
export function ScreenSkeleton() {
  return (
    <div className="page" aria-busy>
      <Skeleton height={20} width={180} mt={6} />
      <Skeleton height={96} />
      <Skeleton height={280} />
    </div>
  );
}
