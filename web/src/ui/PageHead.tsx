import type { ReactNode } from 'react';

/** Title of a screen, or of a part of it, with its actions. */
export function PageHead({ title, note, level = 1, children }: { title: string; note?: ReactNode; level?: 1 | 2; children?: ReactNode }) {
  return (
    <header className="page-head">
      {level === 1 ? <h1>{title}</h1> : <h2>{title}</h2>}
      {note && <span className="dim">{note}</span>}
      <span className="spring" />
      {children}
    </header>
  );
}
