/** Strokes on a grid of 16, drawn for this page. */
const STROKES = {
  overview: 'M1.5 8h2.8l1.6-4.5 2.6 9 2.3-6.5 1.2 2H14.5',
  ledger: 'M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  items: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  failures: 'M8 2.2 14.3 13.3H1.7zM8 6.5v3.2M8 11.4v.4',
  redrives: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.6h-2.6',
  reprocess: 'M3 6.2A5.2 5.2 0 0 1 12.6 5M13 9.8A5.2 5.2 0 0 1 3.4 11M12.8 2.3V5.1H10M3.2 13.7v-2.8H6',
  kafka: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11M5 2.5v2M9 7v2M12 11.5v2',
  sources: 'M3.2 12.8a9.6 9.6 0 0 1 9.6-9.6M3.2 12.8a5.6 5.6 0 0 1 5.6-5.6M3.2 12.8h.1',
  channels: 'M8 8h.1M5.2 10.8a4 4 0 0 1 0-5.6M10.8 5.2a4 4 0 0 1 0 5.6M3 13a7 7 0 0 1 0-10M13 3a7 7 0 0 1 0 10',
  audit: 'M4 2.5h6l2.5 2.5v8.5H4zM9.5 2.5V5.5h3M6.2 8.5h4M6.2 11h4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4l3.4 3.4',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  light:
    'M8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1',
  dark: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
  user: 'M8 7.8a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM2.8 13.8a5.3 5.3 0 0 1 10.4 0',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  check: 'M3 8.5l3.2 3.2L13 5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  right: 'M6 3.5L10.5 8 6 12.5',
  down: 'M3.5 6L8 10.5 12.5 6',
  up: 'M3.5 10L8 5.5l4.5 4.5',
  play: 'M4.5 3v10l8-5z',
  pause: 'M5 3v10M11 3v10',
  stop: 'M3.5 3.5h9v9h-9z',
  edit: 'M10.6 2.9l2.5 2.5-7.6 7.6H3v-2.5zM9 4.5L11.5 7',
  discard: 'M2.8 4.5h10.4M6 4.5v-2h4v2M4.3 4.5l.6 9h6.2l.6-9M6.7 7v4M9.3 7v4',
  download: 'M8 2.5v8M4.8 7.4L8 10.5l3.2-3.1M2.8 13.5h10.4',
  link: 'M9 2.8h4.2V7M13 3L7.5 8.5M11 9.5v3.7H2.8V5h3.7',
  key: 'M5.2 12.8a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM7 8.4l5.5-5.6M10.4 5l1.8 1.8',
} as const;

export type IconName = keyof typeof STROKES;

/** Says nothing to a screen reader: the words beside it do. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={STROKES[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
