/// <reference types="vite/client" />
declare module 'virtual:theme-variables.css';
declare module '@fontsource-variable/archivo/wght.css';
declare module '@fontsource-variable/geist-mono/wght.css';
declare module '@fontsource/newsreader/latin-500.css';
declare module '@fontsource/newsreader/latin-ext-500.css';
