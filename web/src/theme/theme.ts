import { createTheme } from '@mantine/core';

/** System fonts only: nothing is fetched, and Chinese is set in the system's own face. */
const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const mono = 'ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace';

/** Lists of choices scroll by themselves: a scroll area of its own cannot be reached by keys. */
const choices = { withScrollArea: false, size: 'xs' };
const list = { dropdown: { maxHeight: 264, overflowY: 'auto' } };
const small = { defaultProps: { size: 'xs' } };

export const theme = createTheme({
  primaryColor: 'rail',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    rail: ['#eef3fb', '#dce6f5', '#b9cdea', '#93b1de', '#7299d4', '#5a88cd', '#4573bb', '#30609f', '#28538c', '#1d4377'],
    // The library's greys, moved to the console's own neutrals.
    dark: ['#e3e6e9', '#c1c6cc', '#9ba4ae', '#79828c', '#3b4147', '#2a2e33', '#1f2226', '#17191c', '#121416', '#0d0f10'],
  },
  autoContrast: true,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: { fontFamily: sans, fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '28px' }, h2: { fontSize: '15px', lineHeight: '24px' }, h3: { fontSize: '13px', lineHeight: '20px' } } },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '2px', sm: '4px', md: '6px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  // Plain settings by name: naming the components themselves would load all of them at once.
  components: {
    Button: small,
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Text: { defaultProps: { size: 'sm' } },
    TextInput: small,
    Autocomplete: { defaultProps: choices, styles: list },
    PasswordInput: small,
    NumberInput: small,
    Textarea: small,
    Select: { styles: list, defaultProps: { ...choices, allowDeselect: false, checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: choices, styles: list },
    TagsInput: { defaultProps: choices, styles: list },
    Checkbox: small,
    Switch: small,
    SegmentedControl: small,
    Badge: { defaultProps: { variant: 'default', size: 'sm' }, styles: { root: { textTransform: 'none', fontWeight: 500 } } },
    Alert: { defaultProps: { variant: 'light' } },
    Drawer: { styles: { title: { fontWeight: 600, fontSize: 15 } } },
    Modal: { styles: { title: { fontWeight: 600, fontSize: 15 } }, defaultProps: { transitionProps: { duration: 0 }, centered: true } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, transitionProps: { duration: 0 }, events: { hover: true, focus: true, touch: false } } },
    Table: { defaultProps: { verticalSpacing: 4, horizontalSpacing: 8, fz: 'sm' } },
    Tabs: { styles: { tab: { fontSize: 13, padding: '8px 12px' } } },
    Skeleton: { defaultProps: { radius: 'xs' } },
  },
});
