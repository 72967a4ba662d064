import { harmless } from '../text/harmless.js';
import { Icon } from './icon.js';
import css from './outside-link.module.css';

/** An address out of someone else's data. Followed only where it is the web's, and told nothing of where from. */
export function OutsideLink({ href }: { href: string }) {
  const words = <bdi className={css.words}>{harmless(href, 120)}</bdi>;
  if (!/^https?:\/\//i.test(href)) return words;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={css.link}>
      {words}
      <Icon name="link" size={12} />
    </a>
  );
}
