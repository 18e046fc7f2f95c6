import { CopyButton } from './CopyButton';
import classes from './CodeBlock.module.css';

/** Text to be copied as it stands: a command, a document, an upstream's message in full. */
export function CodeBlock({ code, label, tall = false }: { code: string; label?: string; tall?: boolean }) {
  return (
    <div className={classes.block}>
      <pre className={classes.code} data-tall={tall || undefined} tabIndex={0} aria-label={label}>
        {code}
      </pre>
      <div className={classes.copy}>
        <CopyButton text={code} />
      </div>
    </div>
  );
}
