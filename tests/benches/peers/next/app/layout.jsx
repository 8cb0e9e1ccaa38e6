import Link from 'next/link';
import { site } from '../lib/articles';
import './style.css';

export const metadata = { title: site.title };

export default function Layout({ children }) {
  return (
    <html lang={site.language}>
      <body>
        <header className="banner">
          <Link className="masthead" href="/">
            <strong>{site.title}</strong>
            <span>{site.tagline}</span>
          </Link>
          <nav aria-label="Sections">
            <ul className="sections">
              {site.sections.map((it) => (
                <li key={it.url}>
                  <Link href={it.url}>{it.title}</Link>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        {children}
      </body>
    </html>
  );
}
