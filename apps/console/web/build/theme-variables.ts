import { convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from '@mantine/core';
import type { Plugin } from 'vite';
import { theme } from '../src/theme/theme.js';

const ID = 'virtual:theme-variables.css';
const RESOLVED = '\0theme-variables.css';

/**
 * Writes the variables of the theme into a style sheet when the page is built. Mantine would otherwise put them into a
 * `<style>` element at run time, and the content security policy would have to allow inline styles.
 */
export function themeVariables(): Plugin {
  return {
    name: 'theme-variables',
    resolveId: (id) => (id === ID ? RESOLVED : undefined),
    load: (id) => {
      if (id !== RESOLVED) return undefined;
      const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      return convertCssVariables({
        variables: variables.variables,
        dark: { ...variables.dark, '--mantine-color-scheme': 'dark' },
        light: { ...variables.light, '--mantine-color-scheme': 'light' },
      });
    },
  };
}
