import Link from 'next/link';
import { Picture } from '../../../components/picture';
import { articles, site } from '../../../lib/articles';

export const dynamicParams = false;

export const generateStaticParams = () => articles.map(({ section, slug }) => ({ section, slug }));

async function find(params) {
  const { section, slug } = await params;
  return articles.find((it) => it.section === section && it.slug === slug);
}

export async function generateMetadata({ params }) {
  const { title, lede } = await find(params);
  return { title: `${title} – ${site.title}`, description: lede };
}

export default async function Article({ params }) {
  const article = await find(params);
  return (
    <main className="page">
      <article>
        <h1>{article.title}</h1>
        {article.lede && <p className="lede">{article.lede}</p>}
        <ul className="byline">
          {article.byline.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
          <li>
            <time dateTime={article.moment}>{article.date}</time>
          </li>
        </ul>
        {article.picture && (
          <figure>
            <Picture picture={article.picture} eager />
            <figcaption>{article.caption}</figcaption>
          </figure>
        )}
        <div className="prose" dangerouslySetInnerHTML={{ __html: article.body }} />
        <ul className="tags">
          {article.tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      </article>
      <aside className="related">
        <h2>More in this section</h2>
        <ul className="cards">
          {article.related.map((card) => (
            <li className="card" key={card.url}>
              {card.picture && <Picture picture={card.picture} />}
              <div>
                <h3>
                  <Link href={card.url}>{card.title}</Link>
                </h3>
                <p className="facts">
                  <time dateTime={card.moment}>{card.date}</time>
                </p>
              </div>
            </li>
          ))}
        </ul>
      </aside>
    </main>
  );
}
