/** The mark: two tracks that meet at a switch. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" strokeLinecap="round" aria-hidden>
      <path d="M3 22H29" stroke="var(--sy-text)" strokeWidth="3" />
      <path d="M3 9H8.5C15 9 14.5 22 21 22" stroke="var(--sy-accent)" strokeWidth="3" />
      <circle cx="21" cy="22" r="3" fill="var(--sy-surface)" stroke="var(--sy-text)" strokeWidth="2" />
    </svg>
  );
}
