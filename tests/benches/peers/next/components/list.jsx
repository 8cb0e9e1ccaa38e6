import Link from 'next/link';
import { Picture } from './picture';

export function List({ title, cards }) {
  return (
    <main className="page">
      <h1>{title}</h1>
      <ul className="cards">
        {cards.map((card, at) => (
          <li className="card" key={card.url}>
            {card.picture && <Picture picture={card.picture} eager={at === 0} />}
            <div>
              <h2>
                <Link href={card.url}>{card.title}</Link>
              </h2>
              {card.lede && <p>{card.lede}</p>}
              <p className="facts">
                <time dateTime={card.moment}>{card.date}</time>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}
