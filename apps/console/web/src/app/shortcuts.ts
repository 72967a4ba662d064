import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { ALL_PLACES } from './places.js';

/** How long `g` waits for its second key, milliseconds. */
const CHORD_MS = 1200;

interface Handlers {
  onSearch: () => void;
  onHelp: () => void;
}

/** `/` searches, `?` shows the keys, `g` and a letter goes to a view. None of them while someone types. */
export function useShortcuts({ onSearch, onHelp }: Handlers): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    let pressedG = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = Date.now() - pressedG < CHORD_MS ? ALL_PLACES.find(({ key }) => key === event.key) : undefined;
      pressedG = event.key === 'g' ? Date.now() : 0;
      if (place) navigate(place.path);
      else if (event.key === '/') onSearch();
      else if (event.key === '?') onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, onSearch, onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}
