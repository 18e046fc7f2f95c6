import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './Tile.module.css';

/** One figure with its name; it opens the rows behind it. */
export function Tile({ name, value, note, to, tone }: { name: string; value: string; note?: ReactNode; to: string; tone?: 'bad' | undefined }) {
  return (
    <Link to={to} className={classes.tile} data-tone={tone}>
      <span className={classes.name}>{name}</span>
      <span className={classes.value}>{value}</span>
      <span className={classes.note}>{note}</span>
    </Link>
  );
}
