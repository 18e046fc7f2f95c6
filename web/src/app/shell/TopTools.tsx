import { JobTray } from './JobTray';
import { LanguageMenu } from './LanguageMenu';
import { Notices } from './Notices';
import { ThemeButton } from './ThemeButton';
import { TimeRangeMenu } from './TimeRangeMenu';
import { UserMenu } from './UserMenu';
import classes from './TopBar.module.css';

/** The menus of the top bar; they come after the screen itself. */
export default function TopTools({ onKeys }: { onKeys(): void }) {
  return (
    <>
      <TimeRangeMenu />
      <span className={classes.tools}>
        <JobTray />
        <Notices />
        <span className={classes.wide}>
          <LanguageMenu />
          <ThemeButton />
        </span>
        <UserMenu onKeys={onKeys} />
      </span>
    </>
  );
}
