import { useFormat } from '@/i18n/useFormat';

/** A moment in local time (UTC on hover), in full or as a distance from now. */
export function Time({ at, ago = false, clock = false }: { at: string | null | undefined; ago?: boolean; clock?: boolean }) {
  const format = useFormat();
  if (!at) return <span className="dim">–</span>;
  const text = ago ? format.ago(at) : clock ? format.time(at) : format.dateTime(at);
  return (
    <time dateTime={at} title={ago || clock ? `${format.dateTime(at)} · ${format.utc(at)}` : format.utc(at)}>
      {text}
    </time>
  );
}
