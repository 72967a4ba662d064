import { createTheme, type MantineColorsTuple } from '@mantine/core';

const wire: MantineColorsTuple = [
  '#e2f6f4',
  '#c4ebe7',
  '#98dbd4',
  '#66c9bf',
  '#45bbb0',
  '#1f9e94',
  '#0e827a',
  '#0a6c66',
  '#07544f',
  '#043a37',
];

const night: MantineColorsTuple = [
  '#e3ebea',
  '#c0cccb',
  '#a0afae',
  '#66787a',
  '#33444a',
  '#26343a',
  '#182326',
  '#11191b',
  '#0d1416',
  '#0a0f11',
];

const slate: MantineColorsTuple = [
  '#f5f8f7',
  '#edf1f0',
  '#e1e7e6',
  '#d0d9d8',
  '#bac6c5',
  '#9caaa9',
  '#65736f',
  '#4b5b5a',
  '#34403f',
  '#15201f',
];

/**
 * What Mantine's components take over. The page is cool and neutral while all is well; warm colours mean trouble and
 * nothing else, so that someone across the room can tell by hue alone.
 */
export const theme = createTheme({
  primaryColor: 'wire',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { wire, dark: night, gray: slate },
  fontFamily: "'Archivo Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'Geist Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: { fontFamily: "'Archivo Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: {
        withArrow: true,
        openDelay: 150,
        multiline: true,
        maw: 340,
        events: { hover: true, focus: true, touch: true },
      },
    },
    // The guard against scrolling behind a dialog works by an inline style sheet, which the policy forbids.
    Modal: { defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.5 } } },
    Drawer: { defaultProps: { lockScroll: false } },
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
  },
});
